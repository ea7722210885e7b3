"""A hypothetical change as people state it: one kind, and the few fields that kind takes."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

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

Hypothesis = Mapping[str, Any]
"""``kind`` and what that kind needs; ``add-evidence`` describes the item in further fields."""

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
"""What each kind of change must name."""


def change_of(stated: Hypothesis, record: Record, number: int) -> Change:
    """The change the engine takes; raises ValidationError naming what the record does not hold."""
    kind = stated["kind"]
    _require(kind, stated, record)
    if kind == "add-evidence":
        return _added(stated, record, number)
    if kind == "strike-source":
        return StrikeSource(source=stated["source_key"])
    if kind == "strike-item":
        return StrikeItem(item=stated["item"])
    if kind == "mend-item":
        return MendItem(item=stated["item"])
    if kind == "answer-consideration":
        return AnswerConsideration(code=stated["code"])
    if kind == "answer-contrary":
        return AnswerContrary(element=stated["element"], item=stated["item"])
    if kind == "take-step":
        return TakeStep(step=Step(code=stated["code"], state=StepState.MET))
    if kind == "write-finding":
        return WriteFinding(finding=_finding(stated["element"], record))
    return ChooseAuthority(authority=_authority(stated["authority"]))


def _require(kind: str, stated: Hypothesis, record: Record) -> None:
    law = record.authority
    held = {
        "element": {element.code for element in law.elements if not element.is_group},
        "item": set(record.items),
        "source_key": set(record.sources),
        "code": {each.code for each in law.considerations}
        | {each.code for each in law.prerequisites},
    }
    wrong = {
        name: f"The record holds no {name} {stated[name]!r}."
        for name in NEEDS[kind]
        if name in held and stated[name] not in held[name]
    }
    if wrong:
        raise ValidationError(wrong)


def _added(stated: Hypothesis, record: Record, number: int) -> AddEvidence:
    key = f"HYPOTHETICAL-{number}"
    return AddEvidence(
        item=Item(
            key=key,
            kind=EvidenceKind(stated["evidence_kind"]),
            source=key,
            dated_on=PartialDate.of(record.as_of) if record.as_of else None,
            hand=Hand(stated["hand"]),
            reliability=Reliability(stated["reliability"]),
            credibility=stated["credibility"],
            integrity=Integrity.INTACT,
        ),
        source=Source(key=key, role=SourceRole(stated["role"])),
        links=(
            Link(
                element=stated["element"],
                item=key,
                stance=Stance(stated["stance"]),
                directness=Directness(stated["directness"]),
                attribution=Attribution(stated["attribution"]),
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
        raise ValidationError({"authority": missing}) from error
    return version.as_dataclass()
