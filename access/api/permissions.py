"""The policy table, asked on every request of the API; deny unless allowed."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from access.models import ApiToken, Team, User
from access.policy import Verb, may, roles_that_may, scope_for
from access.words import Standing

if TYPE_CHECKING:
    from rest_framework.views import APIView


STANDARD_VERBS: Mapping[str, Verb] = {
    "list": Verb.READ,
    "retrieve": Verb.READ,
    "metadata": Verb.READ,
    "create": Verb.CREATE,
    "partial_update": Verb.CHANGE,
    "destroy": Verb.REMOVE,
}
"""What the standard actions of a viewset do."""


class PolicyPermission(BasePermission):
    """Allows what access.policy lists for the view's ``resource`` and the request's verb.

    A view without a resource is refused to everyone. A verb that someone may do only in some
    teams is checked again when the object, and so its team, is known.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether any standing of the user may do this to this kind of thing."""
        resource = getattr(view, "resource", "")
        verb = verb_of(view)
        if verb is None:
            # No such method here; let the view answer 405, to those who are signed in.
            return bool(request.user and request.user.is_authenticated)
        standings = request.user.standings() if isinstance(request.user, User) else ()
        require(request, resource, verb, standings)
        return True

    def has_object_permission(self, request: Request, view: "APIView", obj: Any) -> bool:
        """Whether a standing in the team that owns ``obj`` may do it.

        Reading needs no more than sight of the row, which get_queryset has decided.
        """
        verb = verb_of(view)
        if verb is None or verb is Verb.READ:
            return True
        team_of = getattr(view, "team_of", None)
        if team_of is None:
            return False
        team = team_of(obj)
        if team is not None:
            require_in(request, getattr(view, "resource", ""), verb, team)
        return True


def verb_of(view: "APIView") -> Verb | None:
    """The verb of what is being run; None when the method is not offered here at all.

    A viewset maps its actions, a plain view its methods (``verbs = {"POST": Verb.RUN}``); what
    neither states is standard or refused. Raises PermissionDenied for a verb left unstated.
    """
    stated: Mapping[str, Verb] = getattr(view, "verbs", {})
    if hasattr(view, "action_map"):
        name = getattr(view, "action", None)
        if name is None:
            return None
        verb = stated.get(name) or STANDARD_VERBS.get(name)
    else:
        name = view.request.method or ""
        if not hasattr(view, name.lower()):
            return None
        verb = stated.get(name) or (Verb.READ if name in SAFE_METHODS else None)
    if verb is None:
        raise PermissionDenied("What this does is not stated in its verbs, so no one may do it.")
    return verb


def require(
    request: Request, resource: str, verb: Verb, standings: Iterable[Standing | str]
) -> None:
    """Raise unless one of ``standings`` may, and the token's scopes allow it.

    NotAuthenticated (401) for an anonymous request, PermissionDenied (403) otherwise; the
    refusal names who may.
    """
    if isinstance(request.user, AnonymousUser) or request.user is None:
        raise NotAuthenticated
    if not may({Standing(standing) for standing in standings}, resource, verb):
        raise PermissionDenied(
            f"To {verb} this ({resource}) is for: {roles_that_may(resource, verb)}."
        )
    scope = scope_for(resource, verb)
    if isinstance(request.auth, ApiToken) and scope not in request.auth.scopes:
        raise PermissionDenied(f"This token lacks the scope {scope!s}, which is needed to {verb}.")


def require_in(request: Request, resource: str, verb: Verb, team: Team | str) -> None:
    """Raise unless the user may do ``verb`` toward what ``team`` owns (see require)."""
    standings = request.user.standings_in(team) if isinstance(request.user, User) else ()
    require(request, resource, verb, standings)
