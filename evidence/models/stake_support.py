"""What a stake in an entity rests on."""

from django.db import models

from access.models.checked import CheckedModel
from designations.models import OwnershipStake
from evidence.models.item import EvidenceItem


class StakeSupport(CheckedModel):
    """The item says that the owner holds this stake; whoever sees the item may know that."""

    stake = models.ForeignKey(OwnershipStake, on_delete=models.PROTECT, related_name="supports")
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="stakes")

    class Meta:
        ordering = ("stake", "item")
        constraints = (
            models.UniqueConstraint(
                fields=("stake", "item"),
                name="evidence_stakesupport_once",
                violation_error_message="This item supports this stake already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} for {self.stake_id}"
