"""The door of every page of evidence: who asks, whether they may, and which item they mean."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from access.models import Team, User
from access.policy import Verb, may, roles_that_may
from evidence.models import EvidenceItem, descriptors_today


def reader_of(request: HttpRequest) -> User:
    """The person signed in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def require(user: User, resource: str, verb: Verb, team: Team | None = None) -> None:
    """Raise PermissionDenied, saying whom to ask, unless the user may; in ``team`` if given."""
    standings = user.standings() if team is None else user.standings_in(team)
    if not may(standings, resource, verb):
        where = f" of {team}" if team is not None else ""
        raise PermissionDenied(
            f"This is for {roles_that_may(resource, verb)}{where}: ask one of them."
        )


def allowed(user: User, resource: str, verb: Verb, team: Team | None = None) -> bool:
    """Whether the user may; for what a page offers."""
    return may(user.standings() if team is None else user.standings_in(team), resource, verb)


def visible_items(user: User) -> QuerySet[EvidenceItem]:
    """The items a page may show the reader."""
    return EvidenceItem.objects.visible_to(user)


def visible_item(user: User, key: str) -> EvidenceItem:
    """The item, or 404: an item out of one's scope does not exist for one."""
    items = (
        visible_items(user)
        .select_related(
            "source", "owner_team", "supersedes", "fraudulent_accounts", "chip_diversion"
        )
        .prefetch_related(descriptors_today("source"))
    )
    return get_object_or_404(items, key=key)


def teams_where(user: User, resource: str, verb: Verb) -> QuerySet[Team]:
    """The teams in which the user may."""
    keys = [key for key in user.team_keys() if may(user.standings_in(key), resource, verb)]
    return Team.objects.filter(key__in=keys)


def teams_to_log_for(user: User) -> QuerySet[Team]:
    """The teams in which the user may log evidence."""
    return teams_where(user, "evidence", Verb.CREATE)
