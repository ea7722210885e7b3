"""When a version of an authority has effect, and who says so."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from designations.days import Period
from designations.library.model import VersionStatus as StatusText
from designations.models.dated import DatedQuerySet, DatedRow
from designations.models.stated_dates import StatedPeriod, precision_check, precision_field
from designations.words import VersionState


class VersionStatusQuerySet(DatedQuerySet):
    """Named queries over the status of versions by date."""

    def covering(self, day: date) -> Self:
        """Statuses whose range holds ``day``."""
        return self.filter(
            Q(period_start__isnull=True) | Q(period_start__lte=day),
            Q(period_end__isnull=True) | Q(period_end__gte=day),
        )


class VersionStatus(DatedRow):
    """Whether a version has effect in a range of days, and who says so.

    Two times meet here: the range in which the state holds (``period``, both ends inclusive) and
    the days on which this was the agency's knowledge (``entered_on``, ``ended_on``). Statuses of
    one version known at one time do not overlap. One row besides them ``states_range``: the
    version's own first and last day in force, over which a stated status wins.
    """

    version = models.ForeignKey(
        "designations.AuthorityVersion", on_delete=models.PROTECT, related_name="statuses"
    )
    state = models.CharField(max_length=20, choices=VersionState.choices())
    period_start = models.DateField(null=True, blank=True)
    period_start_precision = precision_field()
    period_end = models.DateField(null=True, blank=True)
    period_end_precision = precision_field()
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)
    verified = models.BooleanField(default=False)
    states_range = models.BooleanField(default=False, editable=False)

    objects = VersionStatusQuerySet.as_manager()  # type: ignore[misc]

    period = StatedPeriod("period")

    class Meta(DatedRow.Meta):
        ordering = ("version", "period_start", "pk")
        verbose_name_plural = "version statuses"
        constraints = (
            *DatedRow.Meta.constraints,
            precision_check("period_start", "designations_versionstatus_start_precision", "first"),
            precision_check("period_end", "designations_versionstatus_end_precision"),
            models.CheckConstraint(
                condition=Q(period_end__isnull=True)
                | Q(period_start__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="designations_versionstatus_period_order",
                violation_error_message="The period of a status ends before it begins.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[word.value for word in VersionState]),
                name="designations_versionstatus_state_known",
                violation_error_message="state is none of the known states of a version.",
            ),
            models.UniqueConstraint(
                fields=("version",),
                condition=Q(states_range=True, ended_on__isnull=True),
                name="designations_versionstatus_one_range",
                violation_error_message="A version has one range in force at a time.",
            ),
            # int8range over the foreign key stands in for btree_gist, which the embedded
            # PostgreSQL does not carry.
            ExclusionConstraint(
                name="designations_versionstatus_no_overlap",
                expressions=[
                    (
                        Func(
                            F("version_id"),
                            F("version_id"),
                            Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (
                        Func(
                            F("period_start"),
                            F("period_end"),
                            Value("[]"),
                            function="daterange",
                        ),
                        "&&",
                    ),
                    (
                        Func(
                            F("entered_on"),
                            F("ended_on"),
                            Value("[)"),
                            function="daterange",
                        ),
                        "&&",
                    ),
                ],
                condition=Q(states_range=False),
                violation_error_message=(
                    "Another status of this version covers some of these days: "
                    "end that row or shorten the range."
                ),
            ),
        )
        indexes = (models.Index(fields=("version", "period_start")),)

    def __str__(self) -> str:
        return f"{self.version_id}: {self.state}"

    def as_dataclass(self) -> StatusText:
        """The frozen form of the library file."""
        return StatusText(
            state=VersionState(self.state),
            period=self.period or Period(),
            note=self.note,
            source=self.source,
            verified=self.verified,
        )
