"""Who owns whom, as far as it is known: the input of fifty-percent rules."""

from django.db import models
from django.db.models import F, Q

from designations.models.dated import DatedRow
from designations.models.designee import Designee
from designations.models.stated_dates import StatedPeriod, precision_check, precision_field


class OwnershipStake(DatedRow):
    """One owner's share in one owned entity, between a least and a most percentage.

    A share known exactly has equal ends; one of which nothing is known runs from 0 to 100. Held
    over ``held`` (both ends inclusive); entered in the file over ``entered_on``, ``ended_on``.
    """

    owner = models.ForeignKey(Designee, on_delete=models.PROTECT, related_name="stakes_held")
    owned = models.ForeignKey(Designee, on_delete=models.PROTECT, related_name="stakes_in")
    pct_min = models.DecimalField(max_digits=7, decimal_places=4, default=0)
    pct_max = models.DecimalField(max_digits=7, decimal_places=4, default=100)
    held_start = models.DateField(null=True, blank=True)
    held_start_precision = precision_field()
    held_end = models.DateField(null=True, blank=True)
    held_end_precision = precision_field()

    held = StatedPeriod("held")

    class Meta(DatedRow.Meta):
        ordering = ("owned", "owner", "pk")
        constraints = (
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(pct_min__gte=0, pct_min__lte=F("pct_max"), pct_max__lte=100),
                name="designations_ownershipstake_percentages",
                violation_error_message=(
                    "Percentages run from 0 to 100, and pct_min cannot exceed pct_max."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(owner=F("owned")),
                name="designations_ownershipstake_two_parties",
                violation_error_message="Nobody owns a stake in itself: owner and owned differ.",
            ),
            models.CheckConstraint(
                condition=Q(held_end__isnull=True)
                | Q(held_start__isnull=True)
                | Q(held_end__gte=F("held_start")),
                name="designations_ownershipstake_held_order",
                violation_error_message="held_end lies before held_start.",
            ),
            precision_check("held_start", "designations_ownershipstake_start_precision", "first"),
            precision_check("held_end", "designations_ownershipstake_end_precision"),
        )

    def __str__(self) -> str:
        return f"{self.owner_id} in {self.owned_id}: {self.pct_min}-{self.pct_max} %"
