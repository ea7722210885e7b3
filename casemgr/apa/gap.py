"""Gap-to-ready: a small set of cures that lifts a case to a chosen grade, ranked by effect.

Each cure is a hypothetical change (change.py) drawn from a flag that holds the case down. The
search takes the cure with the greatest effect, again and again, until the grade is reached, and
then leaves out every cure that proves unnecessary: no cure of the answer can be left out. A
smaller set may exist; finding it surely would mean trying every combination.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from casemgr.apa.assess import assess
from casemgr.apa.change import (
    AddEvidence,
    AnswerConsideration,
    AnswerContrary,
    Change,
    Explain,
    MendItem,
    TakeStep,
    WriteFinding,
    changed,
)
from casemgr.apa.record import Finding, Item, Link, Record, Source, Step
from casemgr.apa.report import CaseReport, ElementReport, Flag
from casemgr.words import (
    Attribution,
    Directness,
    Grade,
    MilestoneKind,
    Reasoning,
    Stance,
    StepState,
)
from designations.days import PartialDate
from evidence.words import EvidenceKind, Hand, Integrity, Reliability, SourceRole

MOST_CURES = 80
BY_EVIDENCE = frozenset(
    {
        "no-evidence",
        "thin-record",
        "single-origin",
        "interested-source",
        "hearsay-chain",
        "attribution-gap",
        "mental-state",
        "stale",
        "classified-only",
        "unverified-figure",
        "low-reliability",
        "integrity",
        "untranslated",
    }
)
BY_MENDING = frozenset({"low-reliability", "integrity", "untranslated"})
BY_FINDING = frozenset(
    {
        "no-rational-connection",
        "conclusory",
        "misquoted-standard",
        "superseded-law",
        "unexplained-definition",
        "exception-applies",
        "low-reliability",
    }
)
BY_EXPLAINING = frozenset({"reliance", "inconsistent-treatment", "record-incomplete"})
BY_STEP = frozenset({"notice", "prerequisite-missing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """One piece of work, where, and what it lifts: the sum of ranks gained on the way."""

    element: str  # "" for the decision as a whole
    doctrine: str
    work: str
    effect: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What lies between a case and a grade. ``reached`` False: no cure known lifts it so far."""

    docket: str
    grade: Grade
    target: Grade
    reached: bool
    would_be: Grade
    cures: tuple[Cure, ...]


@dataclass(frozen=True, slots=True)
class _Proposal:
    element: str
    doctrine: str
    work: str
    change: Change


def gap_to(
    record: Record, target: Grade = Grade.ADEQUATE, rests_on: Mapping[str, Grade] | None = None
) -> Gap:
    """The cures that lift one case to the target grade.

    What comes after a decision cannot mend it: of a decided case, the gap is that of a new
    decision on a new record.
    """
    record = _undecided(record)
    before = assess(record, rests_on)
    chosen: list[_Proposal] = []
    given, report = record, before
    while report.grade.rank < target.rank and len(chosen) < MOST_CURES:
        best = _best(given, report, target, rests_on, len(chosen))
        if best is None:
            break
        chosen.append(best)
        given = best.change.apply(given)
        report = assess(given, rests_on)
    if report.grade.rank >= target.rank:
        chosen = _necessary(record, chosen, target, rests_on)
        report = assess(changed(record, [each.change for each in chosen]), rests_on)
    return Gap(
        docket=record.case.key,
        grade=before.grade,
        target=target,
        reached=report.grade.rank >= target.rank,
        would_be=report.grade,
        cures=_ranked(record, chosen, target, rests_on),
    )


def _undecided(record: Record) -> Record:
    case = record.case
    milestones = tuple(m for m in case.milestones if m.kind is not MilestoneKind.DECISION)
    return replace(record, case=replace(case, decided=None, decided_on=None, milestones=milestones))


def _best(
    record: Record,
    report: CaseReport,
    target: Grade,
    rests_on: Mapping[str, Grade] | None,
    number: int,
) -> _Proposal | None:
    height, best = _height(report, target), None
    for proposal in _proposals(record, report, target, number):
        lifted = _height(assess(proposal.change.apply(record), rests_on), target)
        if lifted > height:
            height, best = lifted, proposal
    return best


def _height(report: CaseReport, target: Grade) -> tuple[int, int, int]:
    """How near the target a case is: its grade, its path's grades, and the weight of its flags."""
    on_path = [e for e in report.elements if e.code in report.carrying_path]
    flags = [f for e in on_path for f in e.flags] + list(report.flags)
    return (
        min(report.grade.rank, target.rank),
        sum(min(e.grade.rank, target.rank) for e in on_path),
        -sum((4 - f.severity.rank) ** 2 for f in flags if not f.pending and f.severity.rank < 3),
    )


def _proposals(
    record: Record, report: CaseReport, target: Grade, number: int
) -> Iterator[_Proposal]:
    for flag in report.flags:
        yield from _for_flag(record, flag, None, number)
    for element in report.elements:
        if element.code in report.carrying_path and element.grade.rank < target.rank:
            for flag in element.flags:
                yield from _for_flag(record, flag, element, number)
            if element.supports or not element.flags:
                yield _more_evidence(record, element.code, "sufficiency", number)


def _for_flag(
    record: Record, flag: Flag, element: ElementReport | None, number: int
) -> Iterator[_Proposal]:
    doctrine, code = flag.doctrine, element.code if element else ""
    if element is not None and doctrine in BY_EVIDENCE:
        yield _more_evidence(record, code, doctrine, number)
    if doctrine in BY_MENDING:
        for key in flag.evidence:
            if key in record.items:
                work = f"Grade {key}, acquire its original and have it translated where foreign."
                yield _Proposal(code, doctrine, work, MendItem(item=key))
    if doctrine in BY_FINDING and element is not None:
        work = f"Write a reasoned finding on {code} that cites the evidence for it."
        yield _Proposal(code, doctrine, work, WriteFinding(finding=_reasoned(record, element)))
    if doctrine in ("contrary-unaddressed", "pretext"):
        for key in flag.evidence:
            work = f"Answer {key} on the merits."
            yield _Proposal(code, doctrine, work, AnswerContrary(element=code, item=key))
    if doctrine == "important-aspect":
        work = f"Answer {flag.subject} in the decision."
        yield _Proposal(code, doctrine, work, AnswerConsideration(code=flag.subject))
    if doctrine == "untested-theory":
        yield _memorandum(record, code, number)
    if doctrine in BY_EXPLAINING:
        work = f"Explain or address {flag.subject}."
        yield _Proposal(code, doctrine, work, Explain(subject=flag.subject))
    if doctrine in BY_STEP:
        work = f"Complete {flag.subject} and record its date."
        step = Step(code=flag.subject, state=StepState.MET)
        yield _Proposal(code, doctrine, work, TakeStep(step=step))


def _more_evidence(record: Record, code: str, doctrine: str, number: int) -> _Proposal:
    key = f"HYPOTHETICAL-{number + 1}"
    day = PartialDate.of(record.as_of) if record.as_of else None
    change = AddEvidence(
        item=Item(
            key=key,
            kind=EvidenceKind.GOVERNMENT_FINDING,
            source=key,
            dated_on=day,
            hand=Hand.FIRST,
            reliability=Reliability.A,
            credibility=1,
            integrity=Integrity.INTACT,
        ),
        source=Source(key=key, role=SourceRole.OTHER),
        links=(
            Link(
                element=code,
                item=key,
                directness=Directness.DIRECT,
                attribution=Attribution.DESIGNEE,
            ),
        ),
    )
    work = (
        f"Obtain one independent, disinterested, first-hand item about the designee that shows "
        f"{code} itself."
    )
    return _Proposal(code, doctrine, work, change)


def _memorandum(record: Record, code: str, number: int) -> _Proposal:
    key = f"HYPOTHETICAL-{number + 1}"
    day = PartialDate.of(record.as_of) if record.as_of else None
    change = AddEvidence(
        item=Item(key=key, kind=EvidenceKind.LEGAL_MEMORANDUM, dated_on=day),
        links=(Link(element=code, item=key, stance=Stance.CONTEXT),),
    )
    work = f"Put a legal memorandum on the theory of {code} in the record."
    return _Proposal(code, "untested-theory", work, change)


def _reasoned(record: Record, element: ElementReport) -> Finding:
    terms = next(e.undefined_terms for e in record.authority.elements if e.code == element.code)
    return Finding(
        element=element.code,
        text=f"Reasons specific to {element.code}.",
        cites=element.supports or None,
        reasoning=Reasoning.EXPLAINED,
        defines=tuple((term, "a bounded meaning, with reasons") for term in terms),
    )


def _necessary(
    record: Record,
    chosen: list[_Proposal],
    target: Grade,
    rests_on: Mapping[str, Grade] | None,
) -> list[_Proposal]:
    """The chosen cures without those the target is reached without."""
    kept = list(chosen)
    for proposal in reversed(chosen):
        fewer = [each for each in kept if each is not proposal]
        if assess(changed(record, [e.change for e in fewer]), rests_on).grade.rank >= target.rank:
            kept = fewer
    return kept


def _ranked(
    record: Record,
    chosen: list[_Proposal],
    target: Grade,
    rests_on: Mapping[str, Grade] | None,
) -> tuple[Cure, ...]:
    """The cures by effect: how much lower the case stands with all of them but this one."""
    whole = _sum(assess(changed(record, [e.change for e in chosen]), rests_on), target)
    cures = []
    for proposal in chosen:
        others = [each.change for each in chosen if each is not proposal]
        lost = whole - _sum(assess(changed(record, others), rests_on), target)
        cures.append(
            Cure(
                element=proposal.element,
                doctrine=proposal.doctrine,
                work=proposal.work,
                effect=lost,
            )
        )
    return tuple(sorted(cures, key=lambda cure: (-cure.effect, cure.element, cure.work)))


def _sum(report: CaseReport, target: Grade) -> int:
    height = _height(report, target)
    return height[0] + height[1]
