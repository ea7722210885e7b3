"""The saved views of a list page: those kept, the one that is open, and the field to keep one.

A list includes ``casemgr/_saved_views.html`` with what ``saved_views_of`` gives, and first asks
``default_address`` whether the reader wants it opened with one. The list of evidence stands below
this app and cannot ask: ``of_evidence`` gives it the same.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from access.back import by_htmx
from access.models import User
from access.policy import Verb, may
from casemgr.actions.saved_views import filters_of
from casemgr.list_pages import LIST_PAGES
from casemgr.models import SavedView
from casemgr.web.forms.saved_views import SaveViewForm


def saved_views_of(
    user: User, page: str, request: HttpRequest, form: SaveViewForm | None = None
) -> dict[str, Any]:
    """Context for ``casemgr/_saved_views.html``, in one query; ``page`` as in LIST_PAGES."""
    here = filters_of(request.GET.urlencode())
    rows = SavedView.objects.visible_to(user).of_page(page).select_related("owner", "team")
    return {
        "saved_views": [
            {"row": row, "mine": row.owner_id == user.pk, "current": row.query == here}
            for row in rows
        ],
        "saved_views_path": request.path,
        "save_view_form": form
        or SaveViewForm(user, initial={"page": page, "query": here}, prefix="view"),
    }


def default_address(user: User, page: str, request: HttpRequest) -> str:
    """Where to send a reader who opened the list without filters; empty: stay."""
    if request.GET or by_htmx(request):
        return ""
    view = SavedView.objects.filter(owner=user, page=page, is_default=True).first()
    return f"{request.path}?{view.query}" if view is not None and view.query else ""


def of_evidence(request: HttpRequest) -> Mapping[str, Any]:
    """Context processor: the saved views of the list of evidence, on that page alone."""
    match, user = request.resolver_match, getattr(request, "user", None)
    if match is None or match.url_name != LIST_PAGES["evidence"].url_name:
        return {}
    if not isinstance(user, User) or not may(user.standings(), "saved-view", Verb.READ):
        return {}
    return saved_views_of(user, "evidence", request)
