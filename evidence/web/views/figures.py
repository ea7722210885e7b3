"""Data and figures of an item: declare a file, compute, follow, keep a result."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.models import User
from access.policy import Verb
from evidence.actions import declare_dataset, head_and_match, remove_dataset
from evidence.figures import TABLES
from evidence.jobs.keeping import NotNowError
from evidence.models import Dataset, EvidenceItem, Exhibit, Figure, Job
from evidence.recompute import start_figure, start_figures, start_overlap
from evidence.web.door import reader_of, require, visible_item
from evidence.web.figures import computation_of, csv_of, documented
from evidence.web.forms.figures import FileForm, MatchForm, written


@login_required
@require_http_methods(["GET", "POST"])
def dataset_page(request: HttpRequest, key: str) -> HttpResponse:
    """Say which file holds which table, then which of its columns is which; then compute."""
    user, item = _opened(request, key, "dataset", Verb.CREATE)
    asked = request.GET if "exhibit" in request.GET else None
    chosen = FileForm(asked, item=item, initial={"exhibit": request.GET.get("file")})
    context: dict[str, Any] = {"item": item, "form": chosen, "tables": documented()}
    if asked is None or not chosen.is_valid():
        return render(request, "evidence/dataset.html", context, status=422 if asked else 200)
    exhibit = get_object_or_404(
        Exhibit.objects.select_related("item", "blob"), item=item, pk=chosen.cleaned_data["exhibit"]
    )
    table, form_of = chosen.cleaned_data["table"], chosen.cleaned_data["format"]
    try:
        head, columns = head_and_match(exhibit, table, form_of, user)
    except ValidationError as error:
        chosen.refuse(error)
        return render(request, "evidence/dataset.html", context, status=422)
    form = MatchForm(request.POST or None, table=table, head=head, columns=columns)
    if form.is_valid():
        try:
            dataset = declare_dataset(
                exhibit,
                table,
                format=form_of,
                columns=form.columns,
                stated=form.stated,
                actor=user,
                reason="declared on the page of the item",
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"The rows of {exhibit} are read as {dataset.table}.")
            _start(request, partial(start_figures, item), user)
            return _back(item)
    context |= {"form": form, "head": head, "exhibit": exhibit, "table": table}
    context |= {"found": len(columns), "columns": TABLES[table].columns}
    return render(request, "evidence/columns.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def dataset_removed(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Read a file as a table no longer."""
    user, item = _opened(request, key, "dataset", Verb.REMOVE)
    dataset = get_object_or_404(Dataset.objects.select_related("item"), item=item, pk=number)
    remove_dataset(dataset, actor=user, reason="removed on the page of the item")
    messages.success(
        request,
        "The file is no longer read as a dataset. The file and what was computed are kept; "
        "declare it again to undo this.",
    )
    return _back(item)


@login_required
@require_POST
def figures_asked(request: HttpRequest, key: str) -> HttpResponse:
    """Compute every figure of the item anew and compare."""
    user, item = _opened(request, key, "figure", Verb.RUN)
    _start(request, partial(start_figures, item), user)
    return _back(item)


@login_required
@require_POST
def figure_asked(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Compute one figure with parameters of one's own."""
    user, item = _opened(request, key, "figure", Verb.RUN)
    try:
        parameters = written(name, request.POST)
    except KeyError as error:
        raise Http404 from error
    _start(request, partial(start_figure, item, name, parameters), user)
    return _back(item)


@login_required
@require_safe
def figure_as_sql(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The query of a result, to run it elsewhere."""
    item = visible_item(reader_of(request), key)
    kept = Figure.objects.visible_to(reader_of(request))
    figure = get_object_or_404(kept, item=item, pk=number)
    answer = HttpResponse(figure.sql, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def overlap_asked(request: HttpRequest, key: str) -> HttpResponse:
    """Compute which means the accounts of this item and of another one share."""
    user, item = _opened(request, key, "figure", Verb.RUN)
    other = EvidenceItem.objects.visible_to(user).filter(key=request.POST.get("other", "")).first()
    if other is None:
        messages.error(request, "No item of that key: choose one of the list.")
        return _back(item)
    _start(request, partial(start_overlap, item, other), user)
    return _back(item)


@login_required
@require_safe
def figures_progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far the newest computation is, as a part of the page."""
    user = reader_of(request)
    item = visible_item(user, key)
    context = {"item": item, "computation": computation_of(item, user), "asked_again": True}
    return render(request, "evidence/_figures_now.html", context)


@login_required
@require_safe
def figure_as_csv(request: HttpRequest, key: str, number: int) -> StreamingHttpResponse:
    """The rows of a result, to keep."""
    item = visible_item(reader_of(request), key)
    figure = get_object_or_404(Figure.objects.visible_to(reader_of(request)), item=item, pk=number)
    answer = StreamingHttpResponse(
        csv_of(figure), content_type="text/csv; charset=utf-8; header=present"
    )
    answer["Content-Disposition"] = f'attachment; filename="{item.key}-{figure.name}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _start(request: HttpRequest, start: Callable[..., Job], user: User) -> None:
    try:
        start(actor=user, reason="asked for on the page of the item")
    except NotNowError:
        messages.warning(
            request,
            "A computation for this item is under way: compute again when it has ended.",
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])


def _opened(request: HttpRequest, key: str, resource: str, verb: Verb) -> tuple[User, EvidenceItem]:
    user = reader_of(request)
    item = visible_item(user, key)
    require(user, resource, verb, item.owner_team)
    return user, item


def _back(item: EvidenceItem) -> HttpResponse:
    return redirect(f"{reverse('evidence-item', args=[item.key])}#data")
