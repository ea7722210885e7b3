"""Rows that hold from one day to another, so that a record can be read as of any day."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from access.models.checked import CheckedModel
from designations.models.stated_dates import StatedDate, precision_check, precision_field


class DatedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Named queries over dated rows."""

    def as_of(self, day: date) -> Self:
        """Rows that had effect on ``day``.

        ``entered_on`` not stated means "as long as what it belongs to"; ``ended_on`` is the
        first day without effect.
        """
        return self.filter(
            Q(entered_on__isnull=True) | Q(entered_on__lte=day),
            Q(ended_on__isnull=True) | Q(ended_on__gt=day),
        )

    def live(self) -> Self:
        """Rows that nothing has ended or is due to end."""
        return self.filter(ended_on__isnull=True)


class DatedRow(CheckedModel):
    """A fact of the file that entered on a day and may end on another.

    A correction ends the row and adds one; nothing that the review engine reads is overwritten.
    A row corrected on the day it was entered has effect on no day (``ended_on`` equals
    ``entered_on``). Subclasses with a ``Meta`` of their own must inherit this one and keep its
    constraints: ``constraints = (*DatedRow.Meta.constraints, ...)``.
    """

    entered_on = models.DateField(
        null=True, blank=True, help_text="First day with effect; empty: as long as its item."
    )
    entered_on_precision = precision_field()
    ended_on = models.DateField(null=True, blank=True, help_text="First day without effect.")
    ended_on_precision = precision_field()
    why = models.TextField(blank=True)

    objects = DatedQuerySet.as_manager()

    entered = StatedDate("entered_on")
    ended_from = StatedDate("ended_on")

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(entered_on__isnull=True)
                | Q(ended_on__gte=F("entered_on")),
                name="%(app_label)s_%(class)s_ends_after_entry",
                violation_error_message=(
                    "ended_on lies before entered_on: a row cannot end before it began. "
                    "Give the first day without effect."
                ),
            ),
            precision_check("entered_on", "%(app_label)s_%(class)s_entered_precision"),
            precision_check("ended_on", "%(app_label)s_%(class)s_ended_precision"),
        )
