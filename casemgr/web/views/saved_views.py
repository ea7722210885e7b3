"""Keeping the filters of a list under a name, and forgetting them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from access.policy import Verb, may
from casemgr.actions.saved_views import amend_view, remove_view, save_view
from casemgr.list_pages import LIST_PAGES
from casemgr.models import SavedView
from casemgr.web.forms import refused
from casemgr.web.forms.saved_views import SaveViewForm
from casemgr.web.of_case import reader_of
from evidence.web.door import require


@login_required
@require_safe
def saved_views_page(request: HttpRequest) -> HttpResponse:
    """One's views of every list, to rename, to open by default, to forget."""
    user = reader_of(request)
    if not may(user.standings(), "saved-view", Verb.READ):
        return render(request, "casemgr/no_cases.html", status=403)
    rows = SavedView.objects.filter(owner=user).select_related("team")
    context = {"rows": [(row, _address(row), LIST_PAGES[row.page].title) for row in rows]}
    return render(request, "casemgr/saved_views.html", context)


@login_required
@require_POST
def saved_view_new(request: HttpRequest) -> HttpResponse:
    """Keep the filters of a list, and show the list again."""
    user = reader_of(request)
    require(user, "saved-view", Verb.CREATE)
    form = SaveViewForm(user, request.POST, prefix="view")
    if form.is_valid():
        stated = form.cleaned_data
        try:
            view = save_view(
                stated["page"],
                stated["name"],
                stated["query"],
                team=stated["team"],
                is_default=stated["is_default"],
                actor=user,
                reason="save a view through the page",
            )
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"This list is kept as “{view.name}”.")
            return HttpResponseRedirect(_address(view))
    return render(request, "casemgr/saved_view_new.html", {"form": form}, status=422)


@login_required
@require_POST
def saved_view_default(request: HttpRequest, key: str) -> HttpResponse:
    """Open the list with this view from now on, or no longer."""
    user = reader_of(request)
    require(user, "saved-view", Verb.CHANGE)
    view = get_object_or_404(SavedView, owner=user, key=key)
    amend_view(
        view,
        view.revision,
        is_default=not view.is_default,
        actor=user,
        reason="choose a default view through the page",
    )
    return redirect("saved-views-page")


@login_required
@require_POST
def saved_view_remove(request: HttpRequest, key: str) -> HttpResponse:
    """Forget one's view."""
    user = reader_of(request)
    require(user, "saved-view", Verb.REMOVE)
    view = get_object_or_404(SavedView, owner=user, key=key)
    remove_view(view, actor=user, reason="forget a view through the page")
    messages.success(request, f"“{view.name}” is forgotten.")
    return redirect("saved-views-page")


def _address(view: SavedView) -> str:
    path = reverse(LIST_PAGES[view.page].url_name)
    return f"{path}?{view.query}" if view.query else path
