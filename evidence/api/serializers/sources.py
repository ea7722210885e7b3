"""Shapes of sources."""

from typing import Any

from rest_framework import serializers

from access.models import Team
from designations.api.fields import KeyField, NamedField, TextField, WordField
from evidence.models import Source
from evidence.words import Interest, SourceRole


class SourceSerializer(serializers.ModelSerializer[Source]):
    """Who says it."""

    role = WordField(SourceRole)
    interest = WordField(Interest)
    owner_team = serializers.SlugRelatedField[Team](
        slug_field="key", read_only=True, allow_null=True
    )

    class Meta:
        model = Source
        fields = (
            "key", "name", "role", "anonymous", "of_government", "interest", "owner_team",
            "revision",
        )  # fmt: skip


class SourceChangesSerializer(serializers.Serializer[Any]):
    """What may be changed of a source."""

    name = TextField(required=False)
    role = WordField(SourceRole, required=False)
    anonymous = serializers.BooleanField(required=False)
    of_government = TextField(required=False, max_length=10, help_text="ISO country code.")
    interest = WordField(
        Interest,
        required=False,
        help_text="Does it gain by the finding; by default an affected party does, no one else.",
    )


class NewSourceSerializer(SourceChangesSerializer):
    """What a source is entered with."""

    key = KeyField()
    name = TextField()
    owner_team = NamedField(
        queryset=Team.objects.all(),
        required=False,
        allow_null=True,
        help_text="A team of yours; without one every team sees and uses the source.",
    )
