"""How far a source is trusted and its statement believed, from one day to another."""

from django.db import models
from django.db.models import Q

from designations.models import DatedRow
from designations.models.closed_lists import one_of
from evidence.models.item import EvidenceItem
from evidence.words import Reliability


class Grading(DatedRow):
    """An Admiralty grading of one item in force for a time.

    ``graded`` false: it is stated that no one assessed the source. An item graded once and for
    all has no row here: its own columns say it. Of several in force the newest counts.
    """

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="gradings")
    reliability = models.CharField(max_length=1, choices=Reliability.choices(), blank=True)
    credibility = models.PositiveSmallIntegerField(null=True, blank=True)
    graded = models.BooleanField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(DatedRow.Meta):
        ordering = ("item", "position", "pk")
        constraints = (
            *DatedRow.Meta.constraints,
            one_of("reliability", Reliability, "evidence_grading_reliability", may_be_empty=True),
            models.CheckConstraint(
                condition=Q(credibility__isnull=True) | Q(credibility__range=(1, 6)),
                name="evidence_grading_credibility_range",
                violation_error_message="credibility runs from 1 to 6; leave it out if not stated.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id}: {self.reliability or '-'}{self.credibility or '-'}"
