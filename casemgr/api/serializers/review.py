"""Shapes of what the review engine found, and of the managers' status. Attorney work product."""

from typing import Any

from rest_framework import serializers

from casemgr.models import Assessment, DispositionState, FlagDisposition, TrackedFlag
from casemgr.words import Grade, Severity
from designations.api.fields import TextField, WordField


class AssessmentSerializer(serializers.ModelSerializer[Assessment]):
    """An assessment in figures; the row of the highest ``seq`` is the current one."""

    grade = WordField(Grade)

    class Meta:
        model = Assessment
        fields = (
            "seq", "as_of", "grade", "posture", "fatal_flags", "serious_flags", "pending_flags",
            "engine_version", "input_digest", "assessed_at",
        )  # fmt: skip


class WholeAssessmentSerializer(AssessmentSerializer):
    """With the checklist that was stored."""

    checklist = serializers.SerializerMethodField()

    class Meta(AssessmentSerializer.Meta):
        fields = (*AssessmentSerializer.Meta.fields, "checklist")  # type: ignore[assignment]

    def get_checklist(self, row: Assessment) -> dict[str, Any]:
        """The checklist as it was stored."""
        return row.read_checklist()


class DispositionSerializer(serializers.ModelSerializer[FlagDisposition]):
    """Counsel's word on a flag."""

    by = serializers.CharField(source="by.username")

    class Meta:
        model = FlagDisposition
        fields = ("state", "reason", "by", "until")


class FlagSerializer(serializers.ModelSerializer[TrackedFlag]):
    """One weakness over time."""

    element = serializers.CharField(source="element_code", help_text="Empty: the case as a whole.")
    severity = WordField(Severity)
    disposition = serializers.SerializerMethodField()

    class Meta:
        model = TrackedFlag
        fields = (
            "fingerprint", "element", "doctrine", "severity", "pending", "statement", "subject",
            "first_raised_on", "raised_on", "cleared_on", "disposition",
        )  # fmt: skip

    def get_disposition(self, row: TrackedFlag) -> dict[str, Any] | None:
        """The one that holds: live, and given on the element as it is now."""
        live = [
            each
            for each in row.dispositions.all()
            if each.ended_on is None and each.element_digest == row.element_digest
        ]
        return DispositionSerializer(live[-1]).data if live else None


class NewDispositionSerializer(serializers.Serializer[Any]):
    """What counsel says to a flag."""

    state = serializers.ChoiceField(choices=DispositionState.choices)
    reason = TextField()
    until = serializers.DateField(required=False, allow_null=True)


class OldestFlagSerializer(serializers.Serializer[Any]):
    """The weakness that has waited longest."""

    fingerprint = serializers.CharField()
    doctrine = serializers.CharField()
    severity = serializers.CharField()
    element = serializers.CharField(allow_blank=True)
    statement = serializers.CharField(allow_blank=True)
    raised_on = serializers.DateField()


class OldestFlagOfAllSerializer(OldestFlagSerializer):
    """With the case it belongs to."""

    case = serializers.CharField()


class CaseStatusSerializer(serializers.Serializer[Any]):
    """One case as a manager sees it."""

    case = serializers.CharField()
    title = serializers.CharField()
    designee = serializers.CharField()
    team = serializers.CharField()
    authority = serializers.CharField()
    stage = serializers.CharField()
    stage_since = serializers.DateField(
        allow_null=True, help_text="The day it entered its stage, or came in standing there."
    )
    days_in_stage = serializers.IntegerField(allow_null=True)
    grade = serializers.CharField(help_text="not-assessed, or a grade.")
    fatal_flags = serializers.IntegerField()
    serious_flags = serializers.IntegerField()
    pending_flags = serializers.IntegerField()
    oldest_serious_flag = OldestFlagSerializer(allow_null=True)
    days_unresolved = serializers.IntegerField(allow_null=True)
    lead = serializers.CharField()
    assignees = serializers.ListField(child=serializers.CharField())
    package = serializers.CharField()
    opened_on = serializers.DateField()
    next_deadline = serializers.DateField(allow_null=True)


class StatusSerializer(serializers.Serializer[Any]):
    """The figures, and the cases behind them."""

    handling = serializers.CharField()
    as_of = serializers.DateField()
    cases = serializers.IntegerField(help_text="How many in all; ``rows`` is bounded by limit.")
    by_stage = serializers.DictField(child=serializers.IntegerField())
    by_grade = serializers.DictField(child=serializers.IntegerField())
    by_stage_and_grade = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField())
    )
    oldest_serious_flag = OldestFlagOfAllSerializer(allow_null=True)
    overdue = serializers.IntegerField()
    rows = CaseStatusSerializer(many=True)
