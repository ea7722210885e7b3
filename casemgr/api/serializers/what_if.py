"""A hypothetical change as it is sent: one kind, and the few fields that kind takes."""

from typing import Any

from rest_framework import serializers

from casemgr.review.hypotheses import NEEDS
from casemgr.words import Attribution, Directness, Stance
from evidence.words import EvidenceKind, Hand, Reliability, SourceRole

MOST_CHANGES = 50


class ChangeSerializer(serializers.Serializer[Any]):
    """One change. ``add-evidence`` describes an item that is not there yet."""

    kind = serializers.ChoiceField(sorted(NEEDS))
    element = serializers.CharField(required=False, help_text="Code of the element.")
    item = serializers.CharField(required=False, help_text="Key of an item of the record.")
    source_key = serializers.CharField(required=False, help_text="Key of a source of the record.")
    code = serializers.CharField(required=False, help_text="Code of a consideration or a step.")
    authority = serializers.CharField(required=False, help_text="slug@version")
    stance = serializers.ChoiceField(Stance.choices(), default=Stance.SUPPORTS)
    directness = serializers.ChoiceField(Directness.choices(), default=Directness.DIRECT)
    attribution = serializers.ChoiceField(Attribution.choices(), default=Attribution.DESIGNEE)
    evidence_kind = serializers.ChoiceField(EvidenceKind.choices(), default=EvidenceKind.OTHER)
    role = serializers.ChoiceField(SourceRole.choices(), default=SourceRole.OTHER)
    hand = serializers.ChoiceField(Hand.choices(), default=Hand.FIRST)
    reliability = serializers.ChoiceField(Reliability.choices(), default=Reliability.B)
    credibility = serializers.IntegerField(min_value=1, max_value=6, default=2)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Each kind takes its own fields."""
        missing = [name for name in NEEDS[attrs["kind"]] if name not in attrs]
        if missing:
            wanted = f"A change of kind {attrs['kind']} needs this."
            raise serializers.ValidationError(dict.fromkeys(missing, wanted))
        return attrs


class WhatIfSerializer(serializers.Serializer[Any]):
    """Some changes, applied in order to the record as of a day."""

    changes = ChangeSerializer(many=True, allow_empty=False)
    as_of = serializers.DateField(required=False)

    def validate_changes(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A hypothesis, not a second record."""
        if len(value) > MOST_CHANGES:
            raise serializers.ValidationError(f"Send at most {MOST_CHANGES} changes at once.")
        return value
