"""Keeping the filters of a list under a name."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict

from access.models import Team, User
from access.revision import revise
from casemgr.actions.recorded import recorded
from casemgr.list_pages import LIST_PAGES, PLACE_IN_LIST
from casemgr.models import SavedView


def save_view(
    page: str,
    name: str,
    query: str,
    *,
    actor: User,
    reason: str,
    team: Team | None = None,
    is_default: bool = False,
) -> SavedView:
    """Keep a query of a list page; for oneself, or for a team one works in.

    A new default takes the place of the one before. Raises ValidationError for an unknown page, a
    name already used there, or a team that is not one's own.
    """
    if page not in LIST_PAGES:
        raise ValidationError({"page": f"Write one of: {', '.join(LIST_PAGES)}."})
    _ones_own(team, actor)
    with recorded(actor, reason):
        view = SavedView(
            owner=actor,
            page=page,
            name=" ".join(name.split()),
            query=filters_of(query),
            team=team,
            is_default=is_default,
        )
        _only_default(view)
        view.full_clean()
        view.save(force_insert=True)
    return view


_EDITABLE = frozenset({"name", "query", "team", "is_default"})


def amend_view(
    view: SavedView, expected: int, *, actor: User, reason: str, **changes: Any
) -> SavedView:
    """Change one's view. Raises as ``save_view``, and StaleRevisionError when it has moved."""
    if unknown := sorted(set(changes) - _EDITABLE):
        raise TypeError(f"{', '.join(unknown)} of a view cannot be changed.")
    _owned(view, actor)
    if "team" in changes:
        _ones_own(changes["team"], actor)
    if "query" in changes:
        changes["query"] = filters_of(changes["query"])
    if "name" in changes:
        changes["name"] = " ".join(changes["name"].split())
    with recorded(actor, reason):
        view = SavedView.objects.select_for_update().get(pk=view.pk)
        for name, value in changes.items():
            setattr(view, name, value)
        _only_default(view)
        view.full_clean()
        revise(view, expected, **changes)
    return view


def remove_view(view: SavedView, *, actor: User, reason: str) -> None:
    """Forget one's view. Raises PermissionDenied for another's."""
    _owned(view, actor)
    with recorded(actor, reason):
        SavedView.objects.filter(pk=view.pk).delete()


def filters_of(query: str) -> str:
    """The part of an address's query that narrows and sorts a list.

    >>> filters_of("?stage=ready&after=C-1&grade=")
    'stage=ready'
    """
    read = QueryDict(query.strip().removeprefix("?"), mutable=True)
    for name in list(read):
        values = [value for value in read.getlist(name) if value and "\x00" not in value]
        read.setlist(name, values)
        if name in PLACE_IN_LIST or not values or "\x00" in name:
            del read[name]
    return read.urlencode()


def _owned(view: SavedView, actor: User) -> None:
    if view.owner_id != actor.pk:
        raise PermissionDenied("Only who made a view can change it: save one of your own.")


def _ones_own(team: Team | None, actor: User) -> None:
    if team is not None and team.key not in actor.team_keys():
        raise ValidationError({"team": f"You do not work in {team}: share with a team of yours."})


def _only_default(view: SavedView) -> None:
    if view.is_default:
        others = SavedView.objects.filter(owner=view.owner, page=view.page, is_default=True)
        others.exclude(pk=view.pk).update(is_default=False)
