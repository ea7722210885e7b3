"""Which version of the law a case is judged under, and its elements there."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from access.models.checked import CheckedModel
from casemgr.models.case import Case
from designations.models import AuthorityVersion, DatedRow, Element


class Pin(DatedRow):
    """The case is judged under this version from ``entered_on`` until ``ended_on``.

    Without ``entered_on`` it holds from the beginning. Pins of one case never overlap.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pins")
    version = models.ForeignKey(AuthorityVersion, on_delete=models.PROTECT, related_name="pins")

    class Meta(DatedRow.Meta):
        ordering = ("case", "pk")
        constraints = (
            *DatedRow.Meta.constraints,
            # Targets of the composite foreign keys of what hangs on a pin (migration 0002).
            models.UniqueConstraint(
                fields=("id", "case", "version"), name="casemgr_pin_of_case_and_version"
            ),
            models.UniqueConstraint(fields=("id", "version"), name="casemgr_pin_of_version"),
            # int8range over the foreign key stands in for btree_gist, which the embedded
            # PostgreSQL does not carry.
            ExclusionConstraint(
                name="casemgr_pin_no_overlap",
                expressions=[
                    (Func(F("case_id"), F("case_id"), Value("[]"), function="int8range"), "&&"),
                    (
                        Func(F("entered_on"), F("ended_on"), Value("[)"), function="daterange"),
                        "&&",
                    ),
                ],
                violation_error_message=(
                    "Another version is pinned on some of these days: end that pin first."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} under {self.version_id}"


class CaseElement(CheckedModel):
    """An element of the pinned version, in this case: what evidence and findings hang on.

    ``carries`` names the case element of an earlier pin whose links and finding count here too,
    because the law reads the same there (or counsel said that it comes to the same).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="elements")
    pin = models.ForeignKey(Pin, on_delete=models.PROTECT, related_name="elements")
    version = models.ForeignKey(AuthorityVersion, on_delete=models.PROTECT, related_name="+")
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="case_elements")
    carries = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_by"
    )
    no_evidence = models.BooleanField(
        default=False, help_text="It is stated that nothing was there."
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="elements_assigned",
    )
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pin", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("pin", "element"),
                name="casemgr_caseelement_once",
                violation_error_message="The case already has this element under this version.",
            ),
            models.UniqueConstraint(fields=("id", "case"), name="casemgr_caseelement_of_case"),
            models.CheckConstraint(
                condition=Q(carries__isnull=True) | ~Q(carries=F("id")),
                name="casemgr_caseelement_carries_another",
                violation_error_message="An element cannot carry itself.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}/{self.element_id}"
