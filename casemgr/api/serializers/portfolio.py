"""Shapes of portfolio runs. Attorney work product."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from access.models import Team, User
from casemgr.reassess.portfolio import Outcome, outcome_of
from casemgr.work_product import HANDLING
from designations.api.fields import NamedField, TextField
from evidence.models import Job, JobState


class PortfolioRunSerializer(serializers.ModelSerializer[Job]):
    """A run in figures: how far it is, who asked for it and why."""

    team = serializers.SlugRelatedField[Team](slug_field="key", read_only=True, allow_null=True)
    state = serializers.ChoiceField(choices=JobState.choices)
    asked_by = serializers.SlugRelatedField[User](slug_field="key", read_only=True)
    done = serializers.IntegerField(help_text="Cases assessed.")
    failed = serializers.IntegerField(help_text="Cases that could not be assessed.")

    class Meta:
        model = Job
        fields = (
            "key", "team", "state", "total", "done", "failed", "asked_by", "reason", "asked_at",
            "started_at", "ended_at",
        )  # fmt: skip


class MoveSerializer(serializers.Serializer[Any]):
    """So many cases had one grade before the run, and another or the same after it."""

    before = serializers.CharField(help_text="not-assessed, or a grade.")
    after = serializers.CharField()
    cases = serializers.IntegerField()


class FailureSerializer(serializers.Serializer[Any]):
    """A case that could not be assessed, and why."""

    case = serializers.CharField()
    error = serializers.CharField()


class WholePortfolioRunSerializer(PortfolioRunSerializer):
    """With what it found so far; complete once the run is finished."""

    handling = serializers.SerializerMethodField()
    changed = serializers.SerializerMethodField(help_text="Cases whose grade changed.")
    first = serializers.SerializerMethodField(help_text="Cases assessed for the first time.")
    grades = serializers.SerializerMethodField()
    failures = serializers.SerializerMethodField(help_text="Of the cases that you may see.")

    class Meta(PortfolioRunSerializer.Meta):
        fields = (  # type: ignore[assignment]
            "handling", *PortfolioRunSerializer.Meta.fields, "changed", "first", "grades",
            "failures",
        )  # fmt: skip

    _found: tuple[int, Outcome] | None = None

    def get_handling(self, row: Job) -> str:
        """The stamp."""
        return HANDLING

    def get_changed(self, row: Job) -> int:
        """Cases whose grade changed."""
        return self._outcome(row).changed

    def get_first(self, row: Job) -> int:
        """Cases assessed for the first time."""
        return self._outcome(row).first

    @extend_schema_field(MoveSerializer(many=True))
    def get_grades(self, row: Job) -> list[dict[str, Any]]:
        """Grade before and after, counted, unchanged ones among them."""
        return list(MoveSerializer(self._outcome(row).moves, many=True).data)

    @extend_schema_field(FailureSerializer(many=True))
    def get_failures(self, row: Job) -> list[dict[str, Any]]:
        """Cases that could not be assessed."""
        return [{"case": case, "error": error} for case, error in self._outcome(row).failures]

    def _outcome(self, row: Job) -> Outcome:
        if self._found is None or self._found[0] != row.pk:
            self._found = (row.pk, outcome_of(row, self.context["request"].user))
        return self._found[1]


class NewPortfolioRunSerializer(serializers.Serializer[Any]):
    """Whose cases, and why."""

    team = NamedField(queryset=Team.objects.none())
    reason = TextField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Teams are those of the caller."""
        fields = super().get_fields()
        request = self.context.get("request")
        if request is not None:
            field: Any = fields["team"]
            field.queryset = Team.objects.visible_to(request.user)
        return fields


class PortfolioReasonSerializer(serializers.Serializer[Any]):
    """Why the run is stopped or taken up again."""

    reason = TextField()
