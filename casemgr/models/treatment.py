"""How the decision deals with what it had to deal with.

Considerations answered, steps taken, like cases told apart, earlier positions, and known gaps
of the record.
"""

from django.db import models
from django.db.models import Q

from casemgr.models.case import Case
from casemgr.models.pin import CaseElement, Pin
from casemgr.words import AnswerState, StepState
from designations.models import (
    AuthorityVersion,
    Consideration,
    DatedRow,
    Prerequisite,
    StatedDate,
)
from designations.models.stated_dates import precision_check, precision_field


class ConsiderationAnswer(DatedRow):
    """What the decision says to a consideration of the authority."""

    pin = models.ForeignKey(Pin, on_delete=models.PROTECT, related_name="answers")
    version = models.ForeignKey(AuthorityVersion, on_delete=models.PROTECT, related_name="+")
    consideration = models.ForeignKey(
        Consideration, on_delete=models.PROTECT, related_name="answers"
    )
    state = models.CharField(
        max_length=24, choices=AnswerState.choices(), default=AnswerState.ANSWERED.value
    )
    text = models.TextField(blank=True)
    on = models.DateField(null=True, blank=True)
    on_precision = precision_field()

    day = StatedDate("on")

    class Meta(DatedRow.Meta):
        ordering = ("pk",)
        constraints = (
            *DatedRow.Meta.constraints,
            precision_check("on", "casemgr_considerationanswer_on_precision"),
            models.CheckConstraint(
                condition=Q(state__in=[word.value for word in AnswerState]),
                name="casemgr_considerationanswer_state_known",
                violation_error_message=(
                    "state is answered, irrelevant-to-element, unanswered or not-stated."
                ),
            ),
            models.UniqueConstraint(
                fields=("pin", "consideration"),
                condition=Q(ended_on__isnull=True),
                name="casemgr_considerationanswer_one_live",
                violation_error_message=(
                    "This consideration already has an answer: end that one to replace it."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.consideration_id}: {self.state}"


class PrerequisiteMet(DatedRow):
    """State of a procedural step: who owes it, by when, and whether it was taken."""

    pin = models.ForeignKey(Pin, on_delete=models.PROTECT, related_name="steps")
    version = models.ForeignKey(AuthorityVersion, on_delete=models.PROTECT, related_name="+")
    prerequisite = models.ForeignKey(Prerequisite, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(
        max_length=12, choices=StepState.choices(), default=StepState.MET.value
    )
    on = models.DateField(null=True, blank=True)
    on_precision = precision_field()
    what = models.TextField(blank=True)
    office = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    item = models.ForeignKey(
        "evidence.EvidenceItem",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="steps_shown",
    )

    day = StatedDate("on")

    class Meta(DatedRow.Meta):
        ordering = ("pk",)
        verbose_name_plural = "prerequisites met"
        constraints = (
            *DatedRow.Meta.constraints,
            precision_check("on", "casemgr_prerequisitemet_on_precision"),
            models.CheckConstraint(
                condition=Q(state__in=[word.value for word in StepState]),
                name="casemgr_prerequisitemet_state_known",
                violation_error_message=(
                    "state is met, partial, late, not-met, pending or not-stated."
                ),
            ),
            models.UniqueConstraint(
                fields=("pin", "prerequisite"),
                condition=Q(ended_on__isnull=True),
                name="casemgr_prerequisitemet_one_live",
                violation_error_message=(
                    "This step already has a state: end that row to replace it."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.prerequisite_id}: {self.state}"


class OfCaseOrElement(DatedRow):
    """A fact of the case as a whole or of one of its elements."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)ss")
    case_element = models.ForeignKey(
        CaseElement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text="Empty: the case as a whole.",
    )

    class Meta(DatedRow.Meta):
        abstract = True
        ordering = ("pk",)


class ComparatorCase(OfCaseOrElement):
    """Another matter that a challenger would hold beside this one."""

    name = models.TextField()
    same_conduct = models.BooleanField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    explained = models.BooleanField(null=True, blank=True)
    explanation = models.TextField(blank=True)

    class Meta(OfCaseOrElement.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.name


class PriorPosition(OfCaseOrElement):
    """An earlier position of the agency from which the decision departs."""

    what = models.TextField()
    reliance_addressed = models.BooleanField(null=True, blank=True)

    class Meta(OfCaseOrElement.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.what


class DefectKind(models.TextChoices):
    """How the record falls short of what was before the agency."""

    LEFT_OUT = "left-out", "left out"
    CITED_BUT_ABSENT = "cited-but-absent", "cited but absent"


class RecordDefect(OfCaseOrElement):
    """A known gap of the administrative record.

    ``what`` names an item by its key, or in words: what is absent has no row to point at.
    """

    kind = models.CharField(max_length=16, choices=DefectKind.choices)
    what = models.TextField()
    reason = models.TextField(blank=True)

    class Meta(OfCaseOrElement.Meta):
        abstract = False
        constraints = (
            *OfCaseOrElement.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=DefectKind.values),
                name="casemgr_recorddefect_kind_known",
                violation_error_message="kind is left-out or cited-but-absent.",
            ),
            models.CheckConstraint(
                condition=Q(kind=DefectKind.LEFT_OUT) | Q(reason="", case_element__isnull=True),
                name="casemgr_recorddefect_reason_of_left_out",
                violation_error_message=(
                    "Only what was left out has a reason and an element; what is cited but "
                    "absent is named alone."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"
