"""The docket: its page and its files."""

from tempfile import SpooledTemporaryFile
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from access.policy import Verb, may
from casemgr.clock import decision_day
from casemgr.docketing.export import as_csv, exported_rows, write_workbook
from casemgr.docketing.narrow import cases_asked_for, ordered
from casemgr.docketing.page import read_docket_page
from casemgr.docketing.query import DocketQuery
from casemgr.web.docket import columns_of, narrowings_of, options_for
from casemgr.web.of_case import reader_of
from casemgr.web.saved_views import default_address, saved_views_of

_IN_MEMORY = 4 * 1024 * 1024
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def docket_page(request: HttpRequest) -> HttpResponse:
    """The cases one may see, narrowed and sorted as the address says."""
    user = reader_of(request)
    if not may(user.standings(), "case", Verb.READ):
        return render(request, "casemgr/no_cases.html", status=403)
    if address := default_address(user, "docket", request):
        return redirect(address)
    asked = DocketQuery.read(request.GET)
    options = options_for(user, decision_day())
    context: dict[str, Any] = {
        "docket": read_docket_page(user, asked, decision_day()),
        "asked": asked,
        "options": options,
        "several_teams": len(options.teams) > 1,
        "columns": columns_of(asked, len(options.teams) > 1),
        "narrowings": narrowings_of(asked, options),
        "today": decision_day(),
        "may_change": may(user.standings(), "case", Verb.CHANGE),
        "may_move": may(user.standings(), "case", Verb.ADVANCE),
    }
    context |= saved_views_of(user, "docket", request)
    return render(request, "casemgr/docket.html", context)


@login_required
@require_safe
def docket_csv(request: HttpRequest) -> HttpResponseBase:
    """Every case that fits, as CSV."""
    return _file(request, "csv")


@login_required
@require_safe
def docket_xlsx(request: HttpRequest) -> HttpResponseBase:
    """Every case that fits, as a workbook."""
    return _file(request, "xlsx")


def _file(request: HttpRequest, kind: str) -> HttpResponseBase:
    user, today = reader_of(request), decision_day()
    if not may(user.standings(), "status", Verb.READ):
        return render(request, "casemgr/no_cases.html", status=403)
    asked = DocketQuery.read(request.GET)
    rows = exported_rows(ordered(cases_asked_for(user, asked, today), asked, today), today)
    name = f"docket-{today.isoformat()}.{kind}"
    answer: HttpResponseBase
    if kind == "csv":
        content = "text/csv; charset=utf-8; header=present"
        answer = StreamingHttpResponse(as_csv(rows), content_type=content)
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        book: Any = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
        write_workbook(rows, told(asked, today.isoformat()), book)
        book.seek(0)
        answer = FileResponse(book, as_attachment=True, filename=name, content_type=_XLSX)
    answer["Cache-Control"] = "private, no-store"
    return answer


def told(asked: DocketQuery, day: str) -> str:
    """What a file holds, in one line."""
    filters = asked.filters or "all cases one may see"
    return f"Docket of {day}; filters: {filters}"
