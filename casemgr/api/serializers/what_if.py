"""A hypothetical change as it is sent: one kind, and the few fields that kind takes."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from casemgr.apa.change import (
    AddEvidence,
    AnswerConsideration,
    AnswerContrary,
    Change,
    ChooseAuthority,
    MendItem,
    StrikeItem,
    StrikeSource,
    TakeStep,
    WriteFinding,
)
from casemgr.apa.record import Finding, Item, Link, Record, Source, Step
from casemgr.words import Attribution, Directness, Reasoning, Stance, StepState
from designations.days import PartialDate
from designations.library.model import Authority
from designations.models import AuthorityVersion
from evidence.words import EvidenceKind, Hand, Integrity, Reliability, SourceRole

MOST_CHANGES = 50
NEEDS: Mapping[str, tuple[str, ...]] = {
    "add-evidence": ("element",),
    "strike-source": ("source_key",),
    "strike-item": ("item",),
    "mend-item": ("item",),
    "answer-consideration": ("code",),
    "answer-contrary": ("element", "item"),
    "write-finding": ("element",),
    "take-step": ("code",),
    "choose-authority": ("authority",),
}


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


def change_of(sent: Mapping[str, Any], record: Record, number: int) -> Change:
    """The change the engine takes; raises ValidationError naming what the record does not hold."""
    kind = sent["kind"]
    _require(kind, sent, record)
    if kind == "add-evidence":
        return _added(sent, record, number)
    if kind == "strike-source":
        return StrikeSource(source=sent["source_key"])
    if kind == "strike-item":
        return StrikeItem(item=sent["item"])
    if kind == "mend-item":
        return MendItem(item=sent["item"])
    if kind == "answer-consideration":
        return AnswerConsideration(code=sent["code"])
    if kind == "answer-contrary":
        return AnswerContrary(element=sent["element"], item=sent["item"])
    if kind == "take-step":
        return TakeStep(step=Step(code=sent["code"], state=StepState.MET))
    if kind == "write-finding":
        return WriteFinding(finding=_finding(sent["element"], record))
    return ChooseAuthority(authority=_authority(sent["authority"]))


def _require(kind: str, sent: Mapping[str, Any], record: Record) -> None:
    law = record.authority
    held = {
        "element": {element.code for element in law.elements if not element.is_group},
        "item": set(record.items),
        "source_key": set(record.sources),
        "code": {each.code for each in law.considerations}
        | {each.code for each in law.prerequisites},
    }
    wrong = {
        name: f"The record holds no {name} {sent[name]!r}."
        for name in NEEDS[kind]
        if name in held and sent[name] not in held[name]
    }
    if wrong:
        raise serializers.ValidationError(wrong)


def _added(sent: Mapping[str, Any], record: Record, number: int) -> AddEvidence:
    key = f"HYPOTHETICAL-{number}"
    return AddEvidence(
        item=Item(
            key=key,
            kind=EvidenceKind(sent["evidence_kind"]),
            source=key,
            dated_on=PartialDate.of(record.as_of) if record.as_of else None,
            hand=Hand(sent["hand"]),
            reliability=Reliability(sent["reliability"]),
            credibility=sent["credibility"],
            integrity=Integrity.INTACT,
        ),
        source=Source(key=key, role=SourceRole(sent["role"])),
        links=(
            Link(
                element=sent["element"],
                item=key,
                stance=Stance(sent["stance"]),
                directness=Directness(sent["directness"]),
                attribution=Attribution(sent["attribution"]),
            ),
        ),
    )


def _finding(code: str, record: Record) -> Finding:
    supports = (link for link in record.case.links if link.element == code)
    return Finding(
        element=code,
        text=f"Reasons specific to {code}.",
        cites=tuple(sorted({link.item for link in supports})) or None,
        reasoning=Reasoning.EXPLAINED,
    )


def _authority(name: str) -> Authority:
    try:
        version = AuthorityVersion.objects.named(name)
    except AuthorityVersion.DoesNotExist as error:
        missing = f"There is no authority {name!r} in the library: give slug@version."
        raise serializers.ValidationError({"authority": missing}) from error
    return version.as_dataclass()
