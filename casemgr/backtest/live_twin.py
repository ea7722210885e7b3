"""The live twin of a summary: the same file with every silent field filled in well.

Silence is neutral in a summary and a gap in a live file, so agreement on summaries says nothing of
how the engine speaks in daily use. The twin is the bridge: what a summary states stays as it is,
what it leaves unsaid is as good as the agency could have made it, and the whole is judged as a
live, decided case. An element of which the summary states nothing is left out: it has no twin.
"""

from dataclasses import replace

from casemgr.apa.record import (
    Case,
    ConsiderationAnswer,
    Finding,
    Item,
    Link,
    LinkAnswer,
    Record,
    Step,
)
from casemgr.apa.timeline import clock
from casemgr.backtest.folder import Corpus
from casemgr.backtest.ground import Judged, decided_grounds
from casemgr.words import (
    AnswerState,
    Attribution,
    Completeness,
    DecidedBy,
    Directness,
    Reasoning,
    Stance,
    StepState,
)
from designations.days import PartialDate
from designations.library.model import Authority, Element, Prerequisite
from designations.words import ElementKind
from evidence.words import Hand, Integrity, Translation

SOME_DAY = PartialDate.parse("2000")  # where a summary dates nothing, ages are not measured


def judged_as_live(corpus: Corpus) -> Judged:
    """The decided grounds of every file's live twin; those of which it is silent are left out."""
    silent = {
        (ground.precedent, ground.ground)
        for ground in decided_grounds(corpus).grounds
        if ground.decided_by is DecidedBy.SILENT
    }
    twins = tuple(live_twin(record) for record in corpus.records)
    judged = decided_grounds(replace(corpus, records=twins))
    spoken_of = (g for g in judged.grounds if (g.precedent, g.ground) not in silent)
    return Judged(tuple(spoken_of), judged.grades)


def live_twin(record: Record) -> Record:
    """The record as a live file from which nothing is missing but what is stated to be."""
    case, authority = record.case, _with_a_step(record.authority)
    judged_on = clock(record).day
    day = PartialDate.parse(str(judged_on)) if judged_on else SOME_DAY
    return replace(
        record,
        completeness=Completeness.FULL,
        authority=authority,
        items={key: _item(each, day) for key, each in record.items.items()},
        case=replace(
            case,
            decided=True if case.decided is None else case.decided,
            links=tuple(_link(each) for each in case.links),
            findings=(
                *(_finding(each, case, authority) for each in case.findings),
                *(_written(each, case) for each in authority.elements if _unwritten(each, case)),
            ),
            answers=_answers(case, authority),
            steps=_steps(case, authority),
            comparators=tuple(
                replace(each, explained=True) if each.explained is None else each
                for each in case.comparators
            ),
            prior_position=tuple(
                replace(each, reliance_addressed=True) if each.reliance_addressed is None else each
                for each in case.prior_position
            ),
        ),
    )


def _with_a_step(authority: Authority) -> Authority:
    """A process of which the summary names no step has one, and it was taken."""
    named = {prerequisite.element for prerequisite in authority.prerequisites}
    silent = [
        each.code
        for each in authority.elements
        if each.kind is ElementKind.PROCESS and each.code not in named
    ]
    steps = (Prerequisite(code=f"{code}-STEP", element=code) for code in silent)
    return replace(authority, prerequisites=(*authority.prerequisites, *steps))


def _item(item: Item, day: PartialDate) -> Item:
    timed = item.dated_on or item.occurred or item.relative or item.entered_on
    relayed = any(derivation.kind.collapses for derivation in item.derived_from)
    return replace(
        item,
        dated_on=item.dated_on if timed else day,
        body=True,  # nothing is stated of how its parts were sourced: the whole weighs as one
        hand=item.hand or (Hand.SECOND if relayed else Hand.FIRST),
        graded=True if item.graded is None and item.reliability is None else item.graded,
        integrity=item.integrity or Integrity.INTACT,
        summary_given=True if item.summary_given is None else item.summary_given,
        translation=item.translation or Translation.CERTIFIED,
    )


def _link(link: Link) -> Link:
    silent = link.answer is None or link.answer.state is AnswerState.NOT_STATED
    contrary = link.stance is Stance.CONTRADICTS
    return replace(
        link,
        directness=link.directness or Directness.DIRECT,
        attribution=link.attribution or Attribution.DESIGNEE,
        answer=LinkAnswer(state=AnswerState.ANSWERED) if contrary and silent else link.answer,
    )


def _unwritten(element: Element, case: Case) -> bool:
    """Whether the summary speaks of the element and of no finding on it."""
    if element.is_group or any(each.element == element.code for each in case.findings):
        return False
    return element.code in {
        *(each.element for each in case.links),
        *(each.element for each in case.comparators),
        *(each.element for each in case.prior_position),
        *(each.element for each in case.record.left_out),
    }


def _written(element: Element, case: Case) -> Finding:
    return Finding(
        element=element.code,
        text=f"Reasons are given on {element.code}; the summary does not repeat them.",
        cites=_linked(element.code, case),
        reasoning=Reasoning.EXPLAINED,
        defines=tuple((term, "as explained") for term in element.undefined_terms),
    )


def _finding(finding: Finding, case: Case, authority: Authority) -> Finding:
    terms = next(e.undefined_terms for e in authority.elements if e.code == finding.element)
    reasoned = finding.reasoning not in (None, Reasoning.NOT_STATED)
    defined = finding.defines or finding.defines_none
    return replace(
        finding,
        cites=_linked(finding.element, case) if finding.cites is None else finding.cites,
        reasoning=finding.reasoning if reasoned else Reasoning.EXPLAINED,
        defines=finding.defines if defined else tuple((term, "as explained") for term in terms),
    )


def _linked(code: str, case: Case) -> tuple[str, ...]:
    return tuple(link.item for link in case.links if link.element == code)


def _answers(case: Case, authority: Authority) -> tuple[ConsiderationAnswer, ...]:
    stated = {a.code: a for a in case.answers if a.state is not AnswerState.NOT_STATED}
    return tuple(
        stated.get(each.code) or ConsiderationAnswer(code=each.code)
        for each in authority.considerations
    )


def _steps(case: Case, authority: Authority) -> tuple[Step, ...]:
    stated = {s.code: s for s in case.steps if s.state is not StepState.NOT_STATED}
    return tuple(stated.get(each.code) or Step(code=each.code) for each in authority.prerequisites)
