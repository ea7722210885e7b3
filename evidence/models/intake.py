"""Where a file stands between its arrival and its place in the record."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from access.models.checked import CheckedModel
from evidence.models.exhibit import Exhibit


class IntakeState(models.TextChoices):
    """Where the intake of a file stands."""

    WAITING = "waiting", "being taken in"
    QUARANTINED = "quarantined", "in quarantine"
    WHOLE = "whole", "taken in"


class IntakeStep(models.TextChoices):
    """What is done next with a file that waits, in this order."""

    INSPECT = "inspect", "inspection"
    SCAN = "scan", "scan for malware"
    DRAW = "draw", "drawing of its small picture"
    READ = "read", "reading of its text"
    OCR = "ocr", "reading of its scanned pages"
    COMPARE = "compare", "comparison of its text"


_BEFORE_IT_IS_SHOWN = (IntakeStep.INSPECT, IntakeStep.SCAN)


class IntakeQuerySet(models.QuerySet["Intake"]):
    """Named queries over intakes."""

    def free(self) -> Self:
        """Files that wait and that no living worker has in hand."""
        unheld = Q(leased_until=None) | Q(leased_until__lt=Now())
        return self.filter(unheld, state=IntakeState.WAITING)

    def put_off(self) -> Self:
        """Files whose next step could not be done so far, for a reason that is not theirs."""
        return self.filter(state=IntakeState.WAITING, put_off_times__gt=0)


class Intake(CheckedModel):
    """The intake of one exhibit: the next step, and the reason if it was set aside.

    The row is the queue as well: a worker holds it by its ``claim`` until ``leased_until``, which
    it moves on while it works. What a step found is written in the transaction that moves
    ``step`` on, so a step that was cut off is done again and one that ended is not.
    """

    exhibit = models.OneToOneField(
        Exhibit, primary_key=True, on_delete=models.PROTECT, related_name="intake"
    )
    state = models.CharField(
        max_length=12, choices=IntakeState.choices, default=IntakeState.WAITING
    )
    step = models.CharField(max_length=10, choices=IntakeStep.choices, default=IntakeStep.INSPECT)
    kind = models.CharField(
        max_length=20, blank=True, help_text="What the bytes are (evidence.intake.kinds)."
    )
    finding = models.CharField(
        max_length=20, blank=True, help_text="Why it was set aside (evidence.intake.findings)."
    )
    said = models.TextField(blank=True, help_text="The same in a sentence, of this file.")
    remark = models.TextField(blank=True, help_text="What kept a step from doing all it could.")
    scanned = models.TextField(blank=True, help_text="What a scan for malware came to.")
    put_off = models.TextField(blank=True, help_text="Why the step it waits for is put off.")
    put_off_times = models.PositiveIntegerField(default=0)
    language = models.CharField(
        max_length=10, blank=True, help_text="What its text looks written in; a guess."
    )
    picture_width = models.PositiveSmallIntegerField(null=True, blank=True)
    picture_height = models.PositiveSmallIntegerField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="releases",
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_why = models.TextField(blank=True)
    begun_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(
        default=0, help_text="Times it was taken in hand since a step of it last ended."
    )
    claim = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=IntakeState.values),
                name="evidence_intake_state_known",
                violation_error_message="state is none of the states of an intake.",
            ),
            models.CheckConstraint(
                condition=Q(step__in=IntakeStep.values),
                name="evidence_intake_step_known",
                violation_error_message="step is none of the steps of an intake.",
            ),
            models.CheckConstraint(
                condition=~Q(state=IntakeState.QUARANTINED)
                | (Q(said__regex=r"\S") & Q(finding__regex=r"\S")),
                name="evidence_intake_says_why",
                violation_error_message="A file in quarantine says why.",
            ),
            models.CheckConstraint(
                condition=Q(released_by=None, released_at=None, released_why="")
                | Q(
                    released_by__isnull=False, released_at__isnull=False, released_why__regex=r"\S"
                ),
                name="evidence_intake_release_whole",
                violation_error_message="A release names who, when and why.",
            ),
            models.CheckConstraint(
                condition=Q(picture_width=None, picture_height=None)
                | Q(picture_width__gt=0, picture_height__gt=0),
                name="evidence_intake_picture_sized",
                violation_error_message="A picture has a width and a height.",
            ),
            models.CheckConstraint(
                condition=Q(put_off="", put_off_times=0)
                | Q(put_off__regex=r"\S", put_off_times__gt=0),
                name="evidence_intake_put_off_says_why",
                violation_error_message="A step that is put off says why.",
            ),
        )
        indexes = (
            models.Index(
                fields=("begun_at", "exhibit"),
                condition=~Q(state=IntakeState.WHOLE),
                name="evidence_intake_open",
            ),
        )
        triggers = (pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.exhibit_id}: {self.get_state_display()}"

    @property
    def withheld(self) -> bool:
        """Whether the bytes may not be handed out: in quarantine."""
        return self.state == IntakeState.QUARANTINED

    @property
    def unseen(self) -> bool:
        """Whether nobody has looked yet at what a browser would be shown."""
        return self.state == IntakeState.WAITING and self.step in _BEFORE_IT_IS_SHOWN

    @property
    def pictured(self) -> bool:
        """Whether there is a small picture that may be shown."""
        return self.picture_width is not None and not self.withheld and not self.unseen
