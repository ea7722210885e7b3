"""What the review engine found, when, and on which record. Attorney work product."""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from access.models.checked import CheckedModel
from casemgr.models.case import Case
from casemgr.models.protection import append_only
from casemgr.words import Grade


class Snapshot(CheckedModel):
    """A record as the engine read it, under the SHA-256 of its canonical JSON. Append-only."""

    digest = models.CharField(max_length=64, primary_key=True, db_collation="C")
    record = models.JSONField()
    taken_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("taken_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="casemgr_snapshot_digest_form",
                violation_error_message="digest is a SHA-256 in hexadecimal.",
            ),
        )
        triggers = (append_only(),)

    def __str__(self) -> str:
        return self.digest


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Named queries over assessments."""

    def current(self) -> "AssessmentQuerySet":
        """The newest of each case."""
        newest = (
            Assessment.objects.filter(case=models.OuterRef("case"))
            .order_by("-seq")
            .values("seq")[:1]
        )
        return self.filter(seq=models.Subquery(newest))


class Assessment(CheckedModel):
    """The engine's output on a case; the row of the highest ``seq`` is the current one.

    ``checklist`` is the JSON that the checklist endpoint streams, byte for byte;
    ``output_digest`` covers it without the day and the input digest, so that a day on which
    nothing moved stores nothing. Append-only.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    seq = models.PositiveIntegerField()
    input_digest = models.CharField(max_length=64, db_collation="C")
    output_digest = models.CharField(max_length=64, db_collation="C")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="assessments")
    engine_version = models.CharField(max_length=40)
    as_of = models.DateField(null=True, blank=True)
    grade = models.CharField(max_length=12, choices=Grade.choices())
    posture = models.CharField(max_length=20)
    fatal_flags = models.PositiveIntegerField(default=0)
    serious_flags = models.PositiveIntegerField(default=0)
    pending_flags = models.PositiveIntegerField(default=0)
    checklist = models.TextField()
    assessed_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ("case", "-seq")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "seq"),
                name="casemgr_assessment_seq",
                violation_error_message="This case already has an assessment of this number.",
            ),
            models.CheckConstraint(
                condition=Q(grade__in=[word.value for word in Grade]),
                name="casemgr_assessment_grade_known",
                violation_error_message="grade is none of the five grades.",
            ),
        )
        indexes = (models.Index(fields=("case", "-seq"), name="casemgr_assessment_newest"),)
        triggers = (append_only(),)

    def __str__(self) -> str:
        return f"{self.case_id} #{self.seq}: {self.grade}"

    def read_checklist(self) -> dict[str, Any]:
        """The checklist as values; endpoints stream the text instead."""
        read: dict[str, Any] = json.loads(self.checklist)
        return read


class GradeDay(CheckedModel):
    """The grade of a case at the end of a day: a trend cannot be filled in later."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="grade_days")
    on = models.DateField()
    grade = models.CharField(max_length=12, choices=Grade.choices())
    fatal_flags = models.PositiveIntegerField(default=0)
    serious_flags = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("case", "on")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "on"),
                name="casemgr_gradeday_once",
                violation_error_message="The grade of this case on this day is already kept.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.on}: {self.grade}"


class StaleMark(CheckedModel):
    """Something this case depends on changed. Inserted and deleted, never updated.

    ``change_seq`` is the change that says so; null for a mark set by hand or by the calendar.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stale_marks")
    change_seq = models.BigIntegerField(null=True, blank=True)
    marked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.case_id} by change {self.change_seq}"
