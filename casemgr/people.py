"""Who may see a case: the same rule as ``Case.objects.visible_to``, asked from the other side."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from access.models import Membership, User
from casemgr.models import Case


def who_see(case: Case) -> QuerySet[User]:
    """The people who may see the case: its team and the auditors, as far as they are cleared."""
    return _cleared(case).filter(Q(is_auditor=True) | Exists(_memberships(case)))


def who_work_on(case: Case) -> QuerySet[User]:
    """The people to whom work on the case can be given: those of its team who may see it."""
    return _cleared(case).filter(Exists(_memberships(case)), is_auditor=False)


def _cleared(case: Case) -> QuerySet[User]:
    return User.objects.filter(
        is_active=True,
        is_superuser=False,
        is_administrator=False,
        cleared_markings__contains=case.markings,
    )


def _memberships(case: Case) -> QuerySet[Membership]:
    return Membership.objects.filter(user=OuterRef("pk"), team=case.team_id)
