"""How long a case stood in each stage."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from access.models.checked import CheckedModel
from casemgr.clock import end_of
from casemgr.models.case import Case, Stage


class StageSpellQuerySet(models.QuerySet["StageSpell"]):
    """Named queries over spells."""

    def present(self) -> "StageSpellQuerySet":
        """The one in which each case stands now."""
        return self.filter(ended_at__isnull=True)

    def at_end_of(self, day: date) -> "StageSpellQuerySet":
        """The one in which each case stood when ``day`` ended where decisions are taken."""
        end = end_of(day)
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=end), began_at__lt=end)


class StageSpell(CheckedModel):
    """A case stood in ``stage`` from ``began_at`` until ``ended_at``; empty: it still does.

    Written by the database whenever the stage of a case is written (casemgr.ledger.spells), by
    whatever way, and by nothing else. The first spell begins at noon UTC of the day that the case
    states for it: the day it was opened, or decided when it came in decided. What happened to a
    case before it came into this service is not known here.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="spells")
    stage = models.CharField(max_length=20, choices=Stage.choices)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StageSpellQuerySet.as_manager()

    class Meta:
        ordering = ("case", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(ended_at__isnull=True),
                name="casemgr_stagespell_one_present",
                violation_error_message="A case stands in one stage at a time.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")),
                name="casemgr_stagespell_order",
                violation_error_message="A spell begins before it ends.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.stage} since {self.began_at:%Y-%m-%d}"
