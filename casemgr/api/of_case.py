"""What every view about one case shares: the case of the address, its pin and elements today."""

from typing import ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import ValidationError

from access.api.views import ScopedViewSet
from casemgr.clock import decision_day
from casemgr.models import Case, CaseElement, Pin
from casemgr.pins import current_pin
from designations.api.shapes import Shaped, Within


class WithinCase(Shaped, Within, ScopedViewSet, abstract=True):
    """Rows of one case."""

    parents = Case.objects.select_related("team", "designee")
    parent_path = "case"
    parent_kwarg = "case_key"
    lookup_value_converter = "int"
    cursor_ordering: ClassVar[tuple[str, ...]] = ("pk",)

    def pin(self) -> Pin:
        """The pin in force today, else the one that comes; raises ValidationError without any."""
        return pin_of(self.parent)

    def element(self, code: str, field: str = "element") -> CaseElement:
        """The element of this code under today's pin; raises ValidationError naming ``field``."""
        found = elements_of(self.parent).filter(element__code=code).first()
        if found is None:
            raise ValidationError({field: [f"The version pinned has no element {code!r}."]})
        return found

    def element_of_address(self) -> CaseElement:
        """The element whose code stands in the address; raises Http404."""
        elements = elements_of(self.parent)
        found: CaseElement = get_object_or_404(elements, element__code=self.kwargs["code"])
        return found


def pin_of(case: Case) -> Pin:
    """The pin in force today, else the first; raises ValidationError for a case without."""
    pin = current_pin(case, decision_day()) or current_pin(case, None)
    if pin is None:
        raise ValidationError("No version of an authority is pinned: pin one first.")
    return pin


def elements_of(case: Case) -> QuerySet[CaseElement]:
    """The elements under today's pin."""
    return CaseElement.objects.filter(pin=pin_of(case)).select_related(
        "case__team", "element__parent", "assignee"
    )
