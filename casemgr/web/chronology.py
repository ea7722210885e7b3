"""The dates of a case in one line: what happened, what came before the agency, what was done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casemgr.clock import day_of
from casemgr.models import (
    Case,
    Finding,
    Link,
    Milestone,
    PrerequisiteMet,
    Signature,
    StageSpell,
)
from casemgr.words import MilestoneKind
from designations.days import PartialDate
from evidence.models import EvidenceItem

FACTS, RECORD, ACTION = "facts", "record", "action"
KINDS = {
    FACTS: "what happened",
    RECORD: "what came before the agency",
    ACTION: "what the agency did and must do",
}
_MILESTONES = {
    MilestoneKind.VOTE.value: "Vote",
    MilestoneKind.DECISION.value: "Decision",
    MilestoneKind.PUBLICATION.value: "Publication",
    MilestoneKind.EFFECTIVE.value: "Takes effect",
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day, a month or a year; ``until`` where it lasted."""

    on: PartialDate
    kind: str
    what: str
    item: str = ""
    elements: tuple[str, ...] = ()
    until: PartialDate | None = None

    @property
    def kind_in_words(self) -> str:
        """Which of the three it belongs to."""
        return KINDS[self.kind]


def chronology(case: Case, kind: str = "") -> list[Event]:
    """Every dated event of the case, the earliest first; ``kind`` narrows it."""
    events = [each for each in _events(case) if not kind or each.kind == kind]
    return sorted(events, key=lambda event: (event.on.first(), event.on.last(), event.what))


def _events(case: Case) -> Iterator[Event]:
    yield from _of_evidence(case)
    yield from _of_the_action(case)
    yield from _of_the_work(case)


def _of_evidence(case: Case) -> Iterator[Event]:
    codes: dict[int, list[str]] = {}
    links = Link.objects.live().filter(case_element__case=case)
    for item, code in links.values_list("item", "case_element__element__code").order_by("pk"):
        if code not in codes.setdefault(item, []):
            codes[item].append(code)
    rows = EvidenceItem.objects.filter(pk__in=codes).select_related("source").order_by("key")
    for row in rows:
        said, where = row.title or row.summary, tuple(codes[row.pk])
        if row.occurred is not None and (row.occurred.start or row.occurred.end):
            start, end = row.occurred.start, row.occurred.end
            begun = start or end
            if begun is not None:
                until = end if start and end != start else None
                yield Event(begun, FACTS, said, row.key, where, until)
        if row.dated is not None:
            kind = row.kind.replace("-", " ").capitalize()
            head = ", ".join([kind, row.source.name] if row.source else [kind])
            yield Event(row.dated, FACTS, f"{head}: {said}", row.key, where)
        if row.entered is not None:
            yield Event(row.entered, RECORD, f"{row.key} came before the agency", row.key, where)
        if row.withdrawn is not None:
            yield Event(row.withdrawn, RECORD, f"{row.key} was withdrawn", row.key, where)


def _of_the_action(case: Case) -> Iterator[Event]:
    for pin in case.pins.select_related("version__authority"):
        if pin.entered is not None:
            yield Event(pin.entered, ACTION, f"Judged under {pin.version.name} from here on")
    for milestone in Milestone.objects.live().filter(case=case):
        if milestone.day is not None:
            yield Event(milestone.day, ACTION, _MILESTONES[milestone.kind])
    steps = PrerequisiteMet.objects.live().filter(pin__case=case).select_related("prerequisite")
    for step in steps:
        named = f"{step.prerequisite.code}, {step.prerequisite.text}"
        if step.day is not None:
            yield Event(step.day, ACTION, f"{named}: {step.state.replace('-', ' ')}")
        elif step.due_on is not None:
            yield Event(PartialDate.of(step.due_on), ACTION, f"Due: {named}")
    planned = (
        (case.target_decision_on, "Decision planned"),
        (case.target_publication_on, "Publication planned"),
    )
    for day, what in planned:
        if day is not None and not case.is_decided:
            yield Event(PartialDate.of(day), ACTION, what)


def _of_the_work(case: Case) -> Iterator[Event]:
    yield Event(PartialDate.of(case.opened_on), ACTION, "Case opened")
    for spell in StageSpell.objects.filter(case=case).order_by("pk")[1:]:
        day = PartialDate.of(day_of(spell.began_at))
        yield Event(day, ACTION, f"Moved to {spell.get_stage_display()}")
    findings = Finding.objects.filter(case_element__case=case)
    for finding in findings.select_related("case_element__element"):
        if finding.day is not None:
            code = finding.case_element.element.code
            yield Event(finding.day, ACTION, f"Finding on {code} worded", elements=(code,))
    signatures = Signature.objects.filter(revision__finding__case_element__case=case)
    for row in signatures.select_related(
        "signer", "revision__finding__case_element__element"
    ).order_by("pk"):
        code = row.revision.finding.case_element.element.code
        name = row.signer.get_full_name() or row.signer.username
        day = PartialDate.of(day_of(row.signed_at))
        yield Event(day, ACTION, f"{name} signed the finding on {code}", elements=(code,))


def is_ahead(event: Event, today: date) -> bool:
    """Whether it lies ahead."""
    return event.on.first() > today
