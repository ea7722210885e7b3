"""Logging many items from one sheet: checked first, then entered as it was checked."""

import csv
import re
from pathlib import PurePath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from access.models import User
from access.optional_cache import cache
from access.policy import Verb
from evidence.actions.many import RowRefusedError, enter_many
from evidence.sheets.columns import columns, columns_of
from evidence.sheets.entries import CheckedSheet, Entry, check_sheet
from evidence.sheets.reading import MOST_BYTES, MOST_ROWS, SheetError
from evidence.web.door import allowed, reader_of, require
from evidence.web.forms.many import SheetForm
from evidence.words import EvidenceKind

_KEPT_SECONDS = 3600
_GONE = "The sheet is kept for an hour between checking and entering. Choose it again."


@login_required
@require_http_methods(["GET", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Choose a sheet; read what each row would become; enter all of them, or none."""
    user = reader_of(request)
    require(user, "evidence", Verb.CREATE)
    form = SheetForm(request.POST or None, request.FILES or None, user=user)
    sheet = _checked(request, form, user) if form.is_bound and form.is_valid() else None
    if sheet is None or request.POST.get("then") != "enter":
        return _shown(request, form, sheet)
    try:
        items = enter_many(
            sheet,
            actor=user,
            may=lambda entry: _may(user, entry),
            leave_out_known=request.POST.get("leave_out") == "on",
        )
    except RowRefusedError as error:
        form.add_error(None, f"{error} Nothing was logged.")
        return _shown(request, form, sheet)
    if not items:
        form.add_error(None, "Every row is in the record already: nothing was logged.")
        return _shown(request, form, sheet)
    cache.delete(_place(user, sheet.sha256))
    many_or_one = "1 item is" if len(items) == 1 else f"{len(items)} items are"
    messages.success(
        request,
        f"{many_or_one} logged from {sheet.filename}: the newest below. Each can be withdrawn.",
    )
    return redirect(reverse("evidence-list"))


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty sheet with the columns of a kind."""
    require(reader_of(request), "evidence", Verb.CREATE)
    said = request.GET.get("kind", "")
    wanted = columns_of(EvidenceKind(said)) if said in set(EvidenceKind) else columns().values()
    answer = HttpResponse(content_type="text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = f'attachment; filename="{said or "evidence"}-template.csv"'
    answer.write("\ufeff")  # by this Excel knows UTF-8
    csv.writer(answer).writerow([column.name for column in wanted])
    return answer


def _checked(request: HttpRequest, form: SheetForm, user: User) -> CheckedSheet | None:
    """The sheet sent, or the one that was checked before; the form says why there is none."""
    upload = form.cleaned_data["file"]
    if upload is not None and upload.size > MOST_BYTES:
        form.add_error("file", f"The file is larger than {MOST_BYTES:,} bytes: divide it.")
        return None
    kept = None if upload else cache.get(_place(user, request.POST.get("sha256", "")))
    if upload is None and kept is None:
        said = _GONE if request.POST.get("sha256") else "Choose a file."
        form.add_error("file", said)
        return None
    name, content = kept or (PurePath(upload.name).name, upload.read())
    kind = form.cleaned_data["kind"]
    try:
        sheet = check_sheet(
            content,
            name,
            user,
            team=form.cleaned_data["team"],
            kind=EvidenceKind(kind) if kind else None,
            closely=request.POST.get("then") != "enter",
        )
    except SheetError as error:
        form.add_error("file", str(error))
        return None
    cache.set(_place(user, sheet.sha256), (name, content), _KEPT_SECONDS)
    return sheet


def _place(user: User, sha256: str) -> str:
    return f"evidence-sheet:{user.pk}:{re.sub('[^0-9a-f]', '', sha256)[:64]}"


def _may(user: User, entry: Entry) -> bool:
    return entry.team is not None and allowed(user, "evidence", Verb.CREATE, entry.team)


def _shown(request: HttpRequest, form: SheetForm, sheet: CheckedSheet | None) -> HttpResponse:
    context = {
        "form": form,
        "sheet": sheet,
        "columns": list(columns().values()),
        "kinds": list(EvidenceKind),
        "most_rows": MOST_ROWS,
    }
    return render(request, "evidence/many.html", context, status=422 if form.errors else 200)
