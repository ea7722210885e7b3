"""Sources: who says it, how much of the record comes from each, and what is said of them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from access.models import User
from access.policy import Verb
from access.revision import StaleRevisionError
from designations.words import in_plain_words
from evidence.actions import add_source, amend_source
from evidence.descriptors import FACTORS
from evidence.models import Source
from evidence.search.words import cleaned
from evidence.web.door import allowed, reader_of, require, visible_items
from evidence.web.forms.source import SourceForm
from evidence.words import SourceRole

SOURCES_A_PAGE = 50
NEWEST_ITEMS = 50


@login_required
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """Who says it: by name and role, with how many items one sees of each."""
    user = reader_of(request)
    require(user, "source", Verb.READ)
    words, role = cleaned(request.GET.get("q", "")), request.GET.get("role", "")
    sources = Source.objects.visible_to(user)
    if words:
        sources = sources.filter(Q(name__icontains=words) | Q(key=words))
    if role in list(SourceRole):
        sources = sources.filter(role=role)
    of_source = (
        visible_items(user)
        .filter(source=OuterRef("pk"))
        .order_by()
        .values("source")
        .annotate(items=Count("pk"))
        .values("items")
    )
    rows = sources.annotate(seen=Coalesce(Subquery(of_source), 0)).order_by("name", "key")
    context = {
        "page": Paginator(rows, SOURCES_A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "role": role,
        "roles": [(role.value, in_plain_words(role)) for role in SourceRole],
        "may_add": allowed(user, "source", Verb.CREATE),
    }
    return render(request, "evidence/sources.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def source_new(request: HttpRequest) -> HttpResponse:
    """Enter a source."""
    user = reader_of(request)
    require(user, "source", Verb.CREATE)
    form = SourceForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            source = add_source(
                owner_team=form.cleaned_data["owner"],
                actor=user,
                reason="entered a source",
                **form.stated(),
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{source} is entered.")
            return redirect("source-page", source.key)
    return _form(request, form, "Enter a source")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def source_page(request: HttpRequest, key: str) -> HttpResponse:
    """One source with the items that come from it; those who write may change what is said."""
    user = reader_of(request)
    require(user, "source", Verb.READ)
    source = _visible(user, key)
    if request.method == "POST":
        return _changed(request, user, source)
    items = visible_items(user).filter(source=source)
    context = {
        "source": source,
        "items": items.order_by("-recorded_at")[:NEWEST_ITEMS],
        "total": items.count(),
        "may_change": _may_change(user, source),
        **_said_of(source),
        "form": SourceForm(initial=_stated(source), user=user, source=source),
    }
    return render(request, "evidence/source.html", context)


def _said_of(source: Source) -> dict[str, Any]:
    """What is said of the source's quality now, factor by factor, and what was said before."""
    rows = list(source.descriptors.select_related("author").order_by("-position", "-pk"))
    current = next((row for row in rows if row.ended_on is None), None)
    said = current.factors if current else {}
    return {
        "current": current,
        "factors": [{"label": each.label, "said": said.get(each.name, "")} for each in FACTORS],
        "earlier": [row for row in rows if row.ended_on is not None],
    }


def _changed(request: HttpRequest, user: User, source: Source) -> HttpResponse:
    require(user, "source", Verb.CHANGE, source.owner_team)
    form = SourceForm(request.POST, user=user, source=source)
    if form.is_valid():
        try:
            amend_source(
                source,
                form.cleaned_data["revision"] or 0,
                actor=user,
                reason="changed what is said of a source",
                **form.stated(),
            )
        except ValidationError as error:
            form.refuse(error)
        except StaleRevisionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{source.key} is changed; its items are judged anew.")
            return redirect("source-page", source.key)
    return _form(request, form, f"Change {source}")


def _form(request: HttpRequest, form: SourceForm, title: str) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "title": title}
    return render(request, "evidence/source_form.html", context, status=status)


def _visible(user: User, key: str) -> Source:
    sources = Source.objects.visible_to(user).select_related("owner_team")
    return get_object_or_404(sources, key=key)


def _may_change(user: User, source: Source) -> bool:
    return allowed(user, "source", Verb.CHANGE, source.owner_team)


def _stated(source: Source) -> dict[str, object]:
    names = ("revision", "name", "role", "interest", "anonymous", "of_government")
    return {name: getattr(source, name) for name in names}
