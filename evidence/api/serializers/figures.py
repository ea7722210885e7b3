"""Shapes of datasets, figures and what they say of claims."""

from typing import Any

from rest_framework import serializers

from designations.api.fields import NamedField, WordField
from evidence.api.serializers.items import StatedNumberField
from evidence.figures import CATALOG
from evidence.models import (
    ClaimCheck,
    Dataset,
    DatasetFormat,
    DatasetTable,
    EvidenceItem,
    Figure,
    Job,
)
from evidence.words import ClaimState, Comparator


class DatasetSerializer(serializers.ModelSerializer[Dataset]):
    """A file whose rows are one of the documented tables."""

    exhibit = serializers.IntegerField(source="exhibit_id", read_only=True)

    class Meta:
        model = Dataset
        fields = (
            "id", "exhibit", "table", "format", "columns", "stated", "state", "problems",
            "declared_at",
        )  # fmt: skip


class FileOfTableSerializer(serializers.Serializer[Any]):
    """Which file holds which table."""

    exhibit = serializers.IntegerField(min_value=1, help_text="Id of a file of the item.")
    table = serializers.ChoiceField(choices=DatasetTable.choices)
    format = serializers.ChoiceField(
        choices=DatasetFormat.choices,
        required=False,
        default="",
        help_text="Told by the end of the file's name where it is left out.",
    )


class MatchSerializer(serializers.Serializer[Any]):
    """How a file begins, and which of its columns is which as far as names tell."""

    head = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    columns = serializers.DictField(
        child=serializers.CharField(),
        help_text="Documented column to the file's: a proposal. As it was matched for the same "
        "source before, where the file has all those columns.",
    )
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="Required columns that were not found."
    )


class NewDatasetSerializer(FileOfTableSerializer):
    """Which file holds which table, and what its columns are called."""

    columns = serializers.DictField(
        child=serializers.CharField(max_length=200),
        required=False,
        default=dict,
        help_text="The file's name for each documented column that it calls otherwise.",
    )
    stated = serializers.DictField(
        child=serializers.CharField(max_length=200),
        required=False,
        default=dict,
        help_text="What holds of every row, for columns of words that the file does not have, "
        "such as the provider.",
    )


class AskedFigureSerializer(serializers.Serializer[Any]):
    """One figure with parameters of one's own; nothing given: every figure at its defaults."""

    figure = serializers.ChoiceField(
        choices=[figure.name for figure in CATALOG if figure.parameters], required=False
    )
    parameters = serializers.DictField(
        required=False, default=dict, help_text="Those that differ from the figure's defaults."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Parameters are of a figure."""
        if attrs["parameters"] and "figure" not in attrs:
            raise serializers.ValidationError({"figure": "Say which figure takes the parameters."})
        return attrs


class OverlapSerializer(serializers.Serializer[Any]):
    """Which other item's accounts to compare with."""

    other = NamedField(
        queryset=EvidenceItem.objects.none(),
        help_text="Key of an item whose accounts were read; you see it, and the team of this item "
        "does.",
    )

    def get_fields(self) -> dict[str, Any]:
        """With the items the user may see to choose from."""
        fields: dict[str, Any] = super().get_fields()
        request = self.context.get("request")
        if request is not None and request.user.is_authenticated:
            fields["other"].queryset = EvidenceItem.objects.visible_to(request.user)
        return fields


class FigureSummarySerializer(serializers.ModelSerializer[Figure]):
    """A result, without its rows."""

    class Meta:
        model = Figure
        fields = (
            "id", "name", "parameters", "inputs", "inputs_digest", "others", "engine", "columns",
            "row_count", "result_digest", "computed_at",
        )  # fmt: skip


class FigureSerializer(FigureSummarySerializer):
    """A result with the query that gave it and its rows, the first 5 000 of them."""

    rows = serializers.ListField(child=serializers.ListField())

    class Meta(FigureSummarySerializer.Meta):
        fields = (*FigureSummarySerializer.Meta.fields, "sql", "rows")  # type: ignore[assignment]


class ComputationSerializer(serializers.ModelSerializer[Job]):
    """How far the computation of an item's figures is, and what could not be computed."""

    done = serializers.IntegerField(help_text="Steps that ended well, of `total`.")
    failed = serializers.IntegerField()
    failures = serializers.SerializerMethodField(help_text="Step to what went wrong.")
    compared = serializers.SerializerMethodField(
        help_text="Results that are `new`, the `same` as kept, or that `differs` from it."
    )

    class Meta:
        model = Job
        fields = (
            "key", "state", "total", "done", "failed", "failures", "compared", "asked_at",
            "started_at", "ended_at",
        )  # fmt: skip

    def get_failures(self, job: Job) -> dict[str, str]:
        """What could not be read or computed, and why."""
        return {key: said for part in job.parts.all() for key, said in part.failures.items()}

    def get_compared(self, job: Job) -> dict[str, int]:
        """How the results compare with those kept before."""
        counts: dict[str, int] = {}
        for part in job.parts.all():
            for how, number in part.tally.items():
                counts[how] = counts.get(how, 0) + number
        return counts


class ClaimCheckSerializer(serializers.ModelSerializer[ClaimCheck]):
    """What holding a claim against the data showed."""

    comparator = WordField(Comparator)
    value = StatedNumberField(max_digits=30, decimal_places=6, allow_null=True)
    tolerance = StatedNumberField(max_digits=9, decimal_places=6, allow_null=True)
    found = StatedNumberField(max_digits=30, decimal_places=6, allow_null=True)
    state = WordField(ClaimState)
    figure = serializers.IntegerField(source="figure_id", allow_null=True)

    class Meta:
        model = ClaimCheck
        fields = (
            "metric", "comparator", "value", "tolerance", "measure", "figure", "found", "state",
            "why", "checked_at",
        )  # fmt: skip
