"""Which items of evidence a case rests on."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from casemgr.clock import decision_day
from casemgr.models import Case, Link
from evidence.models import EvidenceItem

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from access.models import User


def linked_to(case: Case, user: "User | AnonymousUser") -> QuerySet[EvidenceItem]:
    """The items linked to the case today that the user may see, by key."""
    links = Link.objects.as_of(decision_day()).filter(case_element__case=case)
    seen = EvidenceItem.objects.visible_to(user).filter(pk__in=links.values("item"))
    return seen.select_related("source").order_by("key")
