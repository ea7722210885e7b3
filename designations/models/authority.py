"""Authorities and their dated versions: the legal bases for listing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from access.models.checked import CheckedModel
from designations.days import Period
from designations.frozen_body import rebuild
from designations.library.model import Authority as AuthorityText
from designations.models.stated_dates import (
    StatedDate,
    precision_check,
    precision_field,
)
from designations.models.version_status import VersionStatus
from designations.words import Posture, Threshold, VersionState

_ONE_DAY = timedelta(days=1)
_STATED = (
    *("state", "period_start", "period_end", "states_range"),
    *("version__label", "version__in_force_from", "version__authority__slug"),
)
"""What tells how the state of a version changes, and its name."""


class Origin(models.TextChoices):
    """Where the text of an authority came from."""

    LIBRARY = "library", "authority library"
    DOCKET = "docket", "docket file"


class Authority(CheckedModel):
    """A legal basis for listing, whatever its version.

    An authority that a docket file brings along never mixes with the library's of the same slug.
    """

    slug = models.CharField(max_length=100, db_collation="C")
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.LIBRARY)

    class Meta:
        ordering = ("slug", "origin")
        verbose_name_plural = "authorities"
        constraints = (
            models.UniqueConstraint(
                fields=("slug", "origin"),
                name="designations_authority_slug",
                violation_error_message="There is already an authority of this slug and origin.",
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[A-Za-z0-9][A-Za-z0-9._-]*$"),
                name="designations_authority_slug_form",
                violation_error_message=(
                    "A slug is letters, digits, dots, hyphens and underscores, without @."
                ),
            ),
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values),
                name="designations_authority_origin_known",
                violation_error_message="An authority comes from the library or a docket file.",
            ),
        )

    def __str__(self) -> str:
        return self.slug


class AuthorityVersionQuerySet(models.QuerySet["AuthorityVersion"]):
    """Named queries over versions of the law."""

    def named(self, name: str, origin: str = Origin.LIBRARY) -> "AuthorityVersion":
        """The version that docket files call ``slug@version``; raises DoesNotExist."""
        slug, _, label = name.partition("@")
        return self.get(authority__slug=slug, authority__origin=origin, label=label)

    def state_on(self, day: date) -> Self:
        """Annotates ``state``, the ``VersionState`` of each version on ``day``.

        A stated status wins over the version's own range; where neither covers the day, a
        version that has not begun is prospective and any other superseded.
        """
        said = (
            VersionStatus.objects.live()
            .covering(day)
            .filter(version=models.OuterRef("pk"))
            .order_by("states_range")
        )
        otherwise = models.Case(
            models.When(
                Q(in_force_from__isnull=True) | Q(in_force_from__gt=day),
                then=Value(VersionState.PROSPECTIVE.value),
            ),
            default=Value(VersionState.SUPERSEDED.value),
        )
        return self.annotate(
            state=Coalesce(
                models.Subquery(said.values("state")[:1]),
                otherwise,
                output_field=models.CharField(),
            )
        )

    def in_force_on(self, day: date) -> Self:
        """Versions that have effect on ``day``, by their own terms or for want of an extension."""
        return self.state_on(day).filter(
            state__in=(VersionState.IN_FORCE.value, VersionState.IN_FORCE_BY_DEFAULT.value)
        )

    def upcoming_changes(self, day: date, within_days: int) -> list["UpcomingChange"]:
        """What of the law changes after ``day`` and not later than ``within_days`` after it.

        In order of day; one query, whatever the number of versions.
        """
        rows = VersionStatus.objects.live().filter(version__in=self.order_by().values("pk"))
        said: dict[tuple[str, str, date | None], list[Any]] = {}
        for row in rows.order_by("pk").values_list(*_STATED, named=True):
            version = row.version__authority__slug, row.version__label, row.version__in_force_from
            said.setdefault(version, []).append(row)
        last = day + timedelta(days=within_days)
        changes = [
            UpcomingChange(slug, label, *turn)
            for (slug, label, first), statuses in said.items()
            for turn in _turns(statuses, first, day, last)
        ]
        return sorted(changes, key=lambda change: (change.on, change.name))


@dataclass(frozen=True, slots=True)
class UpcomingChange:
    """A version of the law moves from one state to another on a known day."""

    slug: str
    label: str
    on: date
    before: VersionState
    after: VersionState

    @property
    def name(self) -> str:
        """``slug@version``, as docket files name it."""
        return f"{self.slug}@{self.label}"


def _state_by(statuses: list[Any], first: date | None, day: date) -> VersionState:
    """The state on ``day``, by the rule of ``state_on``, of a version in force from ``first``."""
    covering = [
        row
        for row in statuses
        if (row.period_start is None or row.period_start <= day)
        and (row.period_end is None or row.period_end >= day)
    ]
    if covering:
        return VersionState(min(covering, key=lambda row: row.states_range).state)
    begun = first is not None and first <= day
    return VersionState.SUPERSEDED if begun else VersionState.PROSPECTIVE


def _turns(
    statuses: list[Any], first: date | None, after: date, until: date
) -> Iterator[tuple[date, VersionState, VersionState]]:
    """On which days after ``after`` and up to ``until`` the state changes, and how."""
    days = {row.period_start for row in statuses if row.period_start}
    days |= {row.period_end + _ONE_DAY for row in statuses if row.period_end}
    for day in sorted(day for day in days if after < day <= until):
        before, now = (_state_by(statuses, first, each) for each in (day - _ONE_DAY, day))
        if before != now:
            yield day, before, now


class AuthorityVersion(CheckedModel):
    """One dated version of an authority. What ``body_digest`` covers never changes once used.

    ``body`` is what the digest covers: tree, texts, citations, threshold, posture, first day.
    ``readings`` is what stands outside it: the house's readings (settledness, freshness,
    considerations), titles, notes, sources of verification. Columns and elements are the
    projection of both for queries. The last day in force is data of ``VersionStatus``, so that a
    successor can close an open range.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="versions")
    label = models.CharField(max_length=60, db_collation="C")
    title = models.TextField(blank=True)
    citation = models.TextField(blank=True)
    in_force_from = models.DateField(
        null=True, blank=True, help_text="Empty: prospective, or the first day is not stated."
    )
    in_force_from_precision = precision_field()
    threshold = models.CharField(max_length=30, choices=Threshold.choices())
    posture = models.CharField(max_length=20, choices=Posture.choices())
    body = models.JSONField()
    body_digest = models.CharField(max_length=64, db_collation="C")
    readings = models.JSONField(default=dict, blank=True)
    agency = models.TextField(blank=True)
    decision_maker = models.TextField(blank=True)
    decision_rule = models.TextField(blank=True)
    review = models.TextField(blank=True, help_text="The posture in plain sentences.")
    notice = models.TextField(blank=True)
    delisting = models.TextField(blank=True)
    minimum_consequences = models.PositiveSmallIntegerField(default=0)
    referral_only = models.BooleanField(default=False)
    automatic = models.BooleanField(
        default=False, help_text="Applies by operation of law: no case is opened under it."
    )
    weak_points = ArrayField(models.TextField(), default=list, blank=True)
    depends_on = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    triggers_consideration_of = ArrayField(
        models.CharField(max_length=100), default=list, blank=True
    )
    notes = ArrayField(models.TextField(), default=list, blank=True)
    frozen_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When a case first pinned this version; from then on its text cannot change.",
    )

    objects = AuthorityVersionQuerySet.as_manager()

    in_force_start = StatedDate("in_force_from", "first")

    class Meta:
        ordering = ("authority", "in_force_from", "label")
        constraints = (
            models.UniqueConstraint(
                fields=("authority", "label"),
                name="designations_authorityversion_label",
                violation_error_message="This authority already has a version of this label.",
            ),
            models.UniqueConstraint(
                fields=("authority", "in_force_from"),
                name="designations_authorityversion_first_day",
                violation_error_message="Another version of this authority begins on this day.",
            ),
            precision_check(
                "in_force_from", "designations_authorityversion_from_precision", "first"
            ),
            models.CheckConstraint(
                condition=Q(body_digest__regex=r"^[0-9a-f]{64}$"),
                name="designations_authorityversion_digest_form",
                violation_error_message="body_digest is the SHA-256 of the body in hexadecimal.",
            ),
            models.CheckConstraint(
                condition=Q(threshold__in=[word.value for word in Threshold]),
                name="designations_authorityversion_threshold_known",
                violation_error_message="threshold is none of the known thresholds.",
            ),
            models.CheckConstraint(
                condition=Q(posture__in=[word.value for word in Posture]),
                name="designations_authorityversion_posture_known",
                violation_error_message="posture is none of the known review postures.",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="frozen_text",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__frozen_at__isnull=False),
                # A frozen version may gain notes and verifications, never another text.
                func="""
                    IF TG_OP = 'DELETE' THEN
                        RAISE EXCEPTION 'version % is pinned by a case and cannot be deleted',
                            OLD.label USING ERRCODE = 'restrict_violation';
                    END IF;
                    IF (NEW.authority_id, NEW.label, NEW.citation, NEW.body, NEW.body_digest,
                        NEW.threshold, NEW.posture, NEW.minimum_consequences,
                        NEW.in_force_from, NEW.in_force_from_precision, NEW.frozen_at)
                       IS DISTINCT FROM
                       (OLD.authority_id, OLD.label, OLD.citation, OLD.body, OLD.body_digest,
                        OLD.threshold, OLD.posture, OLD.minimum_consequences,
                        OLD.in_force_from, OLD.in_force_from_precision, OLD.frozen_at)
                    THEN
                        RAISE EXCEPTION 'version % is pinned by a case: add a version', OLD.label
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """``slug@version``, as docket files name it."""
        return f"{self.authority.slug}@{self.label}"

    def state_on_day(self, day: date) -> VersionState:
        """The state on ``day``, by the same rule as ``state_on``; reads prefetched statuses."""
        live = [row for row in self.statuses.all() if row.ended_on is None]
        return _state_by(live, self.in_force_from, day)

    def as_dataclass(self) -> AuthorityText:
        """The frozen form that the loader reads and the review engine takes.

        Statuses and the last day in force come from the status rows that nothing has ended; the
        rows are read from the prefetched ``statuses`` where there are any.
        """
        statuses = [row for row in self.statuses.all() if row.ended_on is None]
        return rebuild(
            self.body,
            self.readings,
            statuses=tuple(row.as_dataclass() for row in statuses if not row.states_range),
            in_force=next((row.period or Period() for row in statuses if row.states_range), None),
        )
