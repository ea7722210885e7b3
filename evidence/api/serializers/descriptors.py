"""Shapes of what is said of a source's quality."""

from typing import Any

from rest_framework import serializers

from designations.api.fields import PartialDateField, TextField
from evidence.descriptors import FACTORS, LONGEST
from evidence.models import SourceDescriptor


class DescriptorSerializer(serializers.ModelSerializer[SourceDescriptor]):
    """What is said of a source's quality, from one day to another. The engine never reads it."""

    author = serializers.CharField(
        source="author.username", allow_null=True, help_text="Who entered it; null: the system."
    )
    in_words = serializers.CharField(read_only=True, help_text="The factors stated, as one text.")
    entered_on = PartialDateField(source="entered", allow_null=True)
    ended_on = PartialDateField(source="ended_from", allow_null=True)

    class Meta:
        model = SourceDescriptor
        fields = (
            "id", *(factor.name for factor in FACTORS),
            "in_words", "author", "why", "recorded_at", "entered_on", "ended_on",
        )  # fmt: skip


def _factor(asks: str) -> TextField:
    return TextField(required=False, max_length=LONGEST, help_text=asks)


class NewDescriptorSerializer(serializers.Serializer[Any]):
    """A descriptor from today on; at least one factor says something."""

    replaces = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        help_text="Id of the descriptor you saw; left out or null: there was none.",
    )
    reason = TextField(help_text="Why it is described so.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """One field a factor, in their order."""
        return {factor.name: _factor(factor.asks) for factor in FACTORS} | super().get_fields()
