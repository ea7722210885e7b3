"""One case from its rows: as its file would state it, or as it stands under one version."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from casemgr.apa import record as apa
from casemgr.assembly.case_rows import CaseRows, ever_had_effect, had_effect
from casemgr.models import CaseElement, DefectKind, Finding, FindingRevision, Link, Pin
from casemgr.models.finding import FindingText
from casemgr.models.treatment import OfCaseOrElement
from casemgr.words import (
    AnswerState,
    Attribution,
    BearsOn,
    CaseKind,
    Difference,
    Directness,
    MilestoneKind,
    Reasoning,
    Stance,
    StepState,
)
from designations.models import Designee
from designations.words import DesigneeType, UsPresence
from evidence.words import Interest, Order, RelativeTo

Fact = TypeVar("Fact", bound=OfCaseOrElement)


def stated_case(rows: CaseRows) -> apa.Case:
    """The case as a docket file states it: everything under every pin, named by code.

    What ended and has no end in the file's format is left out; a finding written anew under a
    later version stands for the earlier one.
    """
    pins = rows.pins
    elements = list(rows.elements.values())
    findings = {
        rows.elements[pk].element.code: _finding(rows.elements[pk], finding)
        for pk, finding in sorted(rows.findings.items(), key=lambda pair: pair[1].pk)
    }
    return _case(
        rows,
        authority=_name(pins[0]) if pins else "",
        later_pins=tuple(
            apa.LaterPin(authority=_name(pin), from_=pin.entered)
            for pin in pins[1:]
            if pin.entered is not None
        ),
        no_evidence=_no_evidence(elements),
        asserts=_codes(rows.case.asserts),
        links=[_link(rows.elements[row.case_element_id], row) for row in rows.all_links()],
        findings=list(findings.values()),
        day=None,
        known=None,
    )


def case_under(rows: CaseRows, pin: Pin, day: date | None) -> apa.Case:
    """The case as the engine judges it under ``pin``, with what its elements carry.

    ``day`` None reads everything that nothing has ended.
    """
    elements = rows.of_pin(pin)
    known = {row.element.code for row in elements}
    links: list[tuple[int, apa.Link]] = []
    findings: list[apa.Finding] = []
    for element in elements:
        chain = rows.carried(element)
        for origin in chain:
            links += [(row.pk, _link(element, row)) for row in rows.links.get(origin.pk, ())]
        worded = [text for origin in chain if (text := _wording(rows, origin, day)) is not None]
        findings += [
            replace(_finding(element, text), same_as=_same_as(rows, text, day))
            for text in worded[-1:]
        ]
    return _case(
        rows,
        authority=_name(pin),
        later_pins=(),
        no_evidence=_no_evidence(elements),
        asserts=_codes(
            None
            if rows.case.asserts is None
            else [code for code in rows.case.asserts if code in known]
        ),
        links=[link for _, link in sorted(links, key=lambda pair: pair[0])],
        findings=findings,
        day=day,
        known=known,
    )


def _case(
    rows: CaseRows,
    *,
    authority: str,
    later_pins: tuple[apa.LaterPin, ...],
    no_evidence: tuple[str, ...],
    asserts: tuple[str, ...] | None,
    links: list[apa.Link],
    findings: list[apa.Finding],
    day: date | None,
    known: set[str] | None,
) -> apa.Case:
    case = rows.case
    answers = {
        row.consideration.code: apa.ConsiderationAnswer(
            code=row.consideration.code,
            state=AnswerState(row.state),
            text=row.text,
            on=row.day,
        )
        for row in rows.answers
        if had_effect(row, day)
    }
    steps = {
        row.prerequisite.code: apa.Step(
            code=row.prerequisite.code, state=StepState(row.state), on=row.day, what=row.what
        )
        for row in rows.steps
        if had_effect(row, day)
    }
    return apa.Case(
        key=case.key,
        authority=authority,
        kind=CaseKind(case.kind),
        title=case.title,
        designee=designee(case.designee),
        as_of=case.as_of_stated,
        later_pins=later_pins,
        milestones=tuple(
            apa.Milestone(kind=MilestoneKind(row.kind), on=row.day)
            for row in rows.milestones
            if had_effect(row, day)
        ),
        decided_on=case.decision_day,
        decided=case.decided,
        asserts=asserts,
        no_evidence=no_evidence,
        depends_on=tuple(
            row.on_case.key + (f"/{row.on_element.element.code}" if row.on_element else "")
            for row in rows.dependencies
        ),
        links=tuple(links),
        findings=tuple(findings),
        answers=tuple(answers.values()),
        steps=tuple(steps.values()),
        comparators=tuple(
            apa.ComparatorCase(
                name=row.name,
                same_conduct=row.same_conduct,
                outcome=row.outcome,
                explained=row.explained,
                explanation=row.explanation,
                element=_code(row),
                entered_on=row.entered,
                ended_on=row.ended_from,
            )
            for row in _concerning(rows.comparators, known)
            if ever_had_effect(row)
        ),
        prior_position=tuple(
            apa.PriorPosition(
                what=row.what, reliance_addressed=row.reliance_addressed, element=_code(row)
            )
            for row in _concerning(rows.prior_positions, known)
            if had_effect(row, day)
        ),
        record=_record_state(rows, day, known),
    )


def _record_state(rows: CaseRows, day: date | None, known: set[str] | None) -> apa.RecordState:
    defects = [row for row in _concerning(rows.defects, known) if had_effect(row, day)]
    return apa.RecordState(
        left_out=tuple(
            apa.LeftOut(item=row.what, reason=row.reason, element=_code(row))
            for row in defects
            if row.kind == DefectKind.LEFT_OUT
        ),
        cited_but_absent=tuple(
            row.what for row in defects if row.kind == DefectKind.CITED_BUT_ABSENT
        ),
    )


def designee(row: Designee | None) -> apa.Designee | None:
    """The designee as a docket file states it."""
    if row is None:
        return None
    return apa.Designee(
        key=row.key,
        name=row.name,
        type=DesigneeType(row.type),
        us_presence=UsPresence(row.us_presence) if row.us_presence else None,
    )


def _link(element: CaseElement, row: Link) -> apa.Link:
    answer = None
    if row.answer_state:
        answer = apa.LinkAnswer(
            state=AnswerState(row.answer_state), text=row.answer_text, on=row.answered
        )
    return apa.Link(
        element=element.element.code,
        item=row.item.key,
        stance=Stance(row.stance),
        directness=Directness(row.directness) if row.directness else None,
        attribution=Attribution(row.attribution) if row.attribution else None,
        interest=Interest(row.interest),
        bears_on=BearsOn(row.bears_on) if row.bears_on else None,
        why=row.why,
        answer=answer,
        entered_on=row.entered,
        ended_on=row.ended_from,
    )


def _wording(rows: CaseRows, element: CaseElement, day: date | None) -> FindingText | None:
    """The wording that stood on ``day``, if earlier wordings were read; else the current one."""
    revisions: Sequence[FindingRevision] = rows.revisions.get(element.pk, ())
    current: Finding | None = rows.findings.get(element.pk)
    if not revisions or day is None:
        return current
    stood = [row for row in revisions if row.written_on is None or row.written_on <= day]
    return stood[-1] if stood else None


def _same_as(rows: CaseRows, wording: FindingText, day: date | None) -> tuple[str, ...]:
    """CASE/ELEMENT of the other designees of whom the same words stood on ``day``."""
    if isinstance(wording, FindingRevision):
        number, finding = wording.number, wording.finding
    elif isinstance(wording, Finding):
        number, finding = wording.revision, wording
    else:
        return ()
    places = rows.elsewhere.get((finding.case_element_id, number), ())
    return tuple(sorted({each.place for each in places if each.stood(day)}))


def _finding(element: CaseElement, row: FindingText) -> apa.Finding:
    return apa.Finding(
        element=element.element.code,
        text=row.text,
        on=row.day,
        relative=(
            apa.Relative(to=RelativeTo(row.relative_to), order=Order(row.relative_order))
            if row.relative_to
            else None
        ),
        cites=None if row.cites is None else tuple(row.cites),
        reasoning=Reasoning(row.reasoning) if row.reasoning else None,
        quoted_standard=row.quoted_standard,
        applied=(
            apa.AppliedVersion(
                version=row.applied_version, difference=Difference(row.applied_difference)
            )
            if row.applied_difference
            else None
        ),
        defines=tuple((term, meaning) for term, meaning in row.defines),
        defines_none=row.defines_none,
        predictive=row.predictive,
        relies_on_deference=row.relies_on_deference,
        alone_sufficient=row.alone_sufficient,
    )


def _no_evidence(elements: Iterable[CaseElement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.element.code for row in elements if row.no_evidence))


def _codes(codes: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if codes is None else tuple(codes)


def _name(pin: Pin) -> str:
    return f"{pin.version.authority.slug}@{pin.version.label}"


def _code(row: OfCaseOrElement) -> str | None:
    return row.case_element.element.code if row.case_element else None


def _concerning(rows: Iterable[Fact], known: set[str] | None) -> list[Fact]:
    """Facts of the case as a whole and of elements it has under this version."""
    return [row for row in rows if known is None or _code(row) is None or _code(row) in known]
