"""Numbers that an item asserts."""

from django.db import models
from django.db.models import Q

from access.models.checked import CheckedModel
from designations.models.closed_lists import one_of
from evidence.models.item import EvidenceItem
from evidence.models.stated_number import StatedNumberField
from evidence.words import ClaimState, Comparator


class Claim(CheckedModel):
    """One asserted number. ``value`` null: asserted without a stated number.

    The value keeps the digits it was stated with: 24000 and 24000.0 are different statements.
    ``tolerance`` is the percent by which "about" may be off; null: not stated, and the default of
    the product is said in the check.
    """

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="claims")
    metric = models.CharField(max_length=100)
    comparator = models.CharField(
        max_length=10, choices=Comparator.choices(), default=Comparator.EXACTLY.value
    )
    value = StatedNumberField(null=True, blank=True)
    tolerance = StatedNumberField(null=True, blank=True, help_text='Percent; of "about" alone.')
    check_state = models.CharField(max_length=15, choices=ClaimState.choices(), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("item", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "position"),
                name="evidence_claim_position",
                violation_error_message="Two claims of one item have the same position.",
            ),
            models.CheckConstraint(
                condition=Q(metric__regex=r"\S"),
                name="evidence_claim_metric_present",
                violation_error_message="A claim says what it counts: give a metric.",
            ),
            one_of("comparator", Comparator, "evidence_claim_comparator_known"),
            models.CheckConstraint(
                condition=Q(tolerance__isnull=True)
                | Q(comparator=Comparator.ABOUT.value, tolerance__gte=0, tolerance__lte=100),
                name="evidence_claim_tolerance_of_about",
                violation_error_message=(
                    "A tolerance is a percentage from 0 to 100, and of a number that is claimed as "
                    "about: leave it out, or write about."
                ),
            ),
            one_of("check_state", ClaimState, "evidence_claim_check_known", may_be_empty=True),
        )

    def __str__(self) -> str:
        return f"{self.metric} {self.comparator} {self.value}"

    @property
    def said(self) -> tuple[str, str, str, str]:
        """What is claimed: the same words and the same digits."""
        return (self.metric, self.comparator, str(self.value), str(self.tolerance))
