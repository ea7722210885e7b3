"""Which teams' cases rest on which evidence: casemgr's answer to a question of evidence."""

from collections.abc import Collection, Iterable

from access.models import Team
from casemgr.models import Case, Link


def teams_with_cases_on(item_ids: Collection[int]) -> Iterable[Team]:
    """Teams with a case to which one of the items is or was linked."""
    linked = Link.objects.filter(item__in=item_ids).values("case_element__case")
    return Team.objects.filter(pk__in=Case.objects.filter(pk__in=linked).values("team"))
