"""The list of evidence, and the same as a CSV file."""

import csv
from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from access.policy import Verb
from designations.clock import today
from evidence.search.asked import Asked
from evidence.web.door import allowed, reader_of, require
from evidence.web.listing import csv_rows, read_list


@login_required
@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """Do we have anything on this? Words, facets, order; open one or link many."""
    user = reader_of(request)
    if not allowed(user, "evidence", Verb.READ):
        return render(request, "evidence/not_for_you.html", status=403)
    # The page that came without counts asks for them; without scripts a link does.
    wait = request.headers.get("HX-Target") == "facets" or "counted" in request.GET
    number = request.GET.get("page", "1")
    context = {
        "list": read_list(user, Asked.read(request.GET), number, wait=wait),
        "may_log": allowed(user, "evidence", Verb.CREATE),
        "may_link": allowed(user, "link", Verb.CREATE),
    }
    return render(request, "evidence/list.html", context)


class _Line:
    """What csv writes to: hands each line on."""

    def write(self, line: str) -> str:
        return line


@login_required
@require_safe
def list_as_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Every item that the same question lists, not only those of one page."""
    user = reader_of(request)
    require(user, "evidence", Verb.READ)
    writer = csv.writer(_Line(), lineterminator="\r\n")

    def lines() -> Iterator[str]:
        for row in csv_rows(user, Asked.read(request.GET)):
            yield writer.writerow(row)

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = f'attachment; filename="evidence-{today().isoformat()}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer
