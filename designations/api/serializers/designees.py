"""Shapes of designees and of who owns them."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from designations.api.fields import (
    KeyField,
    NamedField,
    PartialDateField,
    PeriodField,
    TextField,
    WordField,
)
from designations.models import Designee, DesigneeName, Identifier, NameKind, OwnershipStake
from designations.words import DesigneeType, UsPresence


class DesigneeNameSerializer(serializers.ModelSerializer[DesigneeName]):
    """A further name."""

    class Meta:
        model = DesigneeName
        fields = ("name", "kind", "language")


class IdentifierSerializer(serializers.ModelSerializer[Identifier]):
    """The number or code of a register."""

    class Meta:
        model = Identifier
        fields = ("scheme", "value", "country")


class DesigneeSerializer(serializers.ModelSerializer[Designee]):
    """A person or entity that a case would list."""

    type = WordField(DesigneeType)
    us_presence = WordField(UsPresence, allow_null=True, help_text="Null: not stated.")
    names = DesigneeNameSerializer(many=True, read_only=True)
    identifiers = IdentifierSerializer(many=True, read_only=True)

    class Meta:
        model = Designee
        fields = ("key", "name", "type", "us_presence", "notes", "names", "identifiers", "revision")


class DesigneeChangesSerializer(serializers.Serializer[Any]):
    """What may be changed of a designee."""

    name = TextField(required=False, max_length=500)
    type = WordField(DesigneeType, required=False)
    us_presence = WordField(UsPresence, required=False, allow_null=True)
    notes = TextField(required=False)


class NewDesigneeSerializer(serializers.Serializer[Any]):
    """What a designee is entered with."""

    key = KeyField()
    name = TextField(max_length=500)
    type = WordField(DesigneeType, required=False, default=DesigneeType.ENTITY)
    us_presence = WordField(UsPresence, empty=None, required=False, allow_null=True)
    notes = TextField(required=False, default="")


class NewNameSerializer(serializers.Serializer[Any]):
    """A further name to enter."""

    name = TextField(max_length=500)
    kind = serializers.ChoiceField(choices=NameKind.choices, default=NameKind.ALIAS)
    language = TextField(required=False, default="", max_length=35, help_text="BCP 47 tag.")


class NewIdentifierSerializer(serializers.Serializer[Any]):
    """A number or code to enter."""

    scheme = TextField(max_length=40)
    value = TextField(max_length=200)
    country = TextField(required=False, default="", max_length=2, help_text="ISO 3166-1 alpha-2.")


class StakeSerializer(serializers.ModelSerializer[OwnershipStake]):
    """One owner's share in one owned entity, between a least and a most percentage."""

    owner = serializers.SlugRelatedField[Designee](slug_field="key", read_only=True)
    owned = serializers.SlugRelatedField[Designee](slug_field="key", read_only=True)
    held = PeriodField(read_only=True, allow_null=True)
    entered_on = PartialDateField(source="entered", read_only=True, allow_null=True)
    ended_on = PartialDateField(source="ended_from", read_only=True, allow_null=True)

    class Meta:
        model = OwnershipStake
        fields = ("id", "owner", "owned", "pct_min", "pct_max", "held", "entered_on", "ended_on",
                  "why")  # fmt: skip


class NewStakeSerializer(serializers.Serializer[Any]):
    """A share to enter, from today on."""

    owner = NamedField(queryset=Designee.objects.all())
    owned = NamedField(queryset=Designee.objects.all())
    pct_min = serializers.DecimalField(
        max_digits=7, decimal_places=4, min_value=0, max_value=100, default=Decimal(0)
    )
    pct_max = serializers.DecimalField(
        max_digits=7, decimal_places=4, min_value=0, max_value=100, default=Decimal(100)
    )
    held = PeriodField(required=False, allow_null=True)
