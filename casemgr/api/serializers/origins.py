"""Shapes of who says it and who repeats whom."""

from typing import Any

from rest_framework import serializers

from casemgr.apa.corroboration import Side, Spoken, Voice, Way
from casemgr.words import Stance
from evidence.words import DerivationKind, SourceRole


class OriginNodeSerializer(serializers.Serializer[Any]):
    """An origin or an item. What only the one or the other has is null on the other."""

    id = serializers.CharField(help_text="Of this answer only; edges name it.")
    kind = serializers.ChoiceField(choices=["origin", "item"])
    label = serializers.CharField(  # type: ignore[assignment]
        help_text="Origin: as the assessment names it. Item: its key."
    )
    counts = serializers.BooleanField(
        help_text="Origin: something that stands goes back to it. Item: it is weighed here."
    )
    interested = serializers.BooleanField(help_text="It gains by the finding.")
    source = serializers.CharField(  # type: ignore[assignment]
        allow_null=True, help_text="Key of who speaks; origins only."
    )
    role = serializers.ChoiceField(choices=[each.value for each in SourceRole], allow_null=True)
    linked = serializers.BooleanField(
        allow_null=True, help_text="Items only; false: it stands behind one that is linked here."
    )
    left_out = serializers.CharField(allow_null=True, help_text="Items only: why it is left out.")


class OriginEdgeSerializer(serializers.Serializer[Any]):
    """An item comes from another item or from an origin."""

    child = serializers.CharField(help_text="Id of the item.")
    parent = serializers.CharField(  # type: ignore[assignment]
        help_text="Id of the item or origin it comes from."
    )
    kind = serializers.ChoiceField(
        choices=[each.value for each in DerivationKind],
        allow_null=True,
        help_text="Null: the origin says it itself.",
    )
    repeats = serializers.BooleanField(help_text="By this it adds no origin of its own.")


class OriginSideSerializer(serializers.Serializer[Any]):
    """What is said for the element, or against it."""

    origins = serializers.IntegerField(help_text="Independent origins that count.")
    nodes = OriginNodeSerializer(many=True)
    edges = OriginEdgeSerializer(many=True)


class OriginsSerializer(serializers.Serializer[Any]):
    """How many independent voices say it, and who merely repeats whom. Computed, not stored."""

    handling = serializers.CharField()
    case = serializers.CharField()
    element = serializers.CharField()
    supports = OriginSideSerializer()
    contradicts = OriginSideSerializer()


class BesideSerializer(serializers.Serializer[Any]):
    """One element on which the item bears, with what stands beside it on its side."""

    case = serializers.CharField()
    element = serializers.CharField()
    stance = serializers.ChoiceField(choices=[Stance.SUPPORTS.value, Stance.CONTRADICTS.value])
    counts = serializers.BooleanField(help_text="The item itself is weighed there.")
    origins = serializers.IntegerField(help_text="Independent origins on its side in all.")
    confirming = serializers.ListField(
        child=serializers.CharField(), help_text="Keys of items with a voice of their own."
    )
    repeating = serializers.ListField(
        child=serializers.CharField(), help_text="Keys of items that only repeat its origin."
    )


class CorroborationSerializer(serializers.Serializer[Any]):
    """What confirms an item, element by element, in cases the caller sees."""

    handling = serializers.CharField()
    item = serializers.CharField()
    places = BesideSerializer(many=True)
    cases_left_out = serializers.IntegerField(help_text="Cases that were too many to judge.")


def side_json(side: Side) -> dict[str, Any]:
    """One side as nodes and edges."""
    return {
        "origins": side.origins,
        "nodes": [*map(_voice, side.voices), *map(_item, side.items)],
        "edges": list(map(_edge, side.ways)),
    }


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        "id": _id_of(voice.origin),
        "kind": "origin",
        "label": voice.label,
        "counts": voice.counts,
        "interested": voice.interested,
        "source": voice.source,
        "role": voice.role.value if voice.role else None,
        "linked": None,
        "left_out": None,
    }


def _item(item: Spoken) -> dict[str, Any]:
    return {
        "id": item.key,
        "kind": "item",
        "label": item.key,
        "counts": item.linked and not item.left_out,
        "interested": item.interested,
        "source": None,
        "role": None,
        "linked": item.linked,
        "left_out": item.left_out or None,
    }


def _edge(way: Way) -> dict[str, Any]:
    return {
        "child": way.child,
        "parent": way.item if way.item is not None else _id_of(way.voice or ("", "")),
        "kind": way.kind.value if way.kind else None,
        "repeats": way.repeats,
    }


def _id_of(origin: tuple[str, str]) -> str:
    # No key holds a blank, so no origin is taken for an item.
    return " ".join(origin)
