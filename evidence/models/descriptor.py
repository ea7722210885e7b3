"""What is said of a source's quality, from one day to another."""

from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Now

from designations.clock import today
from designations.models import DatedRow
from evidence.descriptors import FACTORS, LONGEST, composed
from evidence.models.source import Source


class SourceDescriptor(DatedRow):
    """The factors of a source's quality as somebody judged them, in force for a time.

    For people: the review engine never reads it. At most one is open; saying it anew ends that
    and adds a row.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="descriptors")
    access_to_fact = models.CharField(max_length=LONGEST, blank=True)
    expertise = models.CharField(max_length=LONGEST, blank=True)
    motivation = models.CharField(max_length=LONGEST, blank=True)
    validation = models.CharField(max_length=LONGEST, blank=True)
    track_record = models.CharField(max_length=LONGEST, blank=True)
    deception = models.CharField(max_length=LONGEST, blank=True)
    currency = models.CharField(max_length=LONGEST, blank=True)
    technical = models.CharField(max_length=LONGEST, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="source_descriptors",
        help_text="Who entered it; empty: the system itself.",
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(DatedRow.Meta):
        ordering = ("source", "position", "pk")
        constraints = (
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=reduce(or_, (Q(**{f"{each.name}__regex": r"\S"}) for each in FACTORS)),
                name="evidence_descriptor_says_something",
                violation_error_message="A descriptor says something of at least one factor.",
            ),
            models.UniqueConstraint(
                fields=("source",),
                condition=Q(ended_on__isnull=True),
                name="evidence_descriptor_one_open",
                violation_error_message=(
                    "A source has one descriptor that nothing has ended: end the earlier one."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"descriptor {self.pk} of {self.source_id}"

    @property
    def factors(self) -> dict[str, str]:
        """What is said, by factor; what is not said is not there."""
        found = {factor.name: getattr(self, factor.name) for factor in FACTORS}
        return {name: words for name, words in found.items() if words.strip()}

    @property
    def in_words(self) -> str:
        """The whole of it as one text."""
        return composed(self.factors)


def descriptors_today(path: str = "") -> "Prefetch[Any]":
    """Fetch with sources at ``path`` what is said of them today, as ``described_today``.

    A list of one row or none, so that a page of items asks the database once.
    """
    rows = SourceDescriptor.objects.as_of(today()).select_related("author")
    return Prefetch(
        f"{path}__descriptors" if path else "descriptors",
        queryset=rows.order_by("source", "-position", "-pk"),
        to_attr="described_today",
    )
