"""Which rows a person sees: the two conditions every ``visible_to(user)`` is made of.

Always ask these functions and never join memberships oneself: they know of auditors,
administrators, inactive accounts, and tokens bound to one team.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from access.models.user import User

NOTHING = Q(pk__in=[])
EVERYTHING = Q()


def in_teams_of(user: User | AnonymousUser, path: str = "team") -> Q:
    """Rows whose team, reached by ``path``, is one of the user's; all teams for an auditor.

    ``path`` is a query path to a Team: ``"team"``, ``"owner_team"``, ``"case__team"``.
    Across a to-many path the query may repeat rows; use ``Exists`` or ``distinct()`` there.
    """
    if not isinstance(user, User):
        return NOTHING
    if user.reads_all_teams():
        return EVERYTHING
    keys = user.team_keys()
    return Q(**{f"{path}__key__in": sorted(keys)}) if keys else NOTHING


def cleared_for(user: User | AnonymousUser, path: str = "markings") -> Q:
    """Rows each of whose markings the user is cleared for; auditors need the markings too."""
    if not isinstance(user, User):
        return NOTHING
    # Unmarked rows are all but a few, and PostgreSQL guesses one in two hundred for "contained by":
    # said apart, it knows how many there are and reads a page off an index instead of sorting.
    unmarked = Q(**{path: []})
    if not user.cleared_markings:
        return unmarked
    return unmarked | Q(**{f"{path}__contained_by": list(user.cleared_markings)})
