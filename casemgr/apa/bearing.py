"""From a record to views: what bears on each element, in time, and what is left out and why."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from casemgr.apa.digest import canonical
from casemgr.apa.origins import Provenances
from casemgr.apa.reasoning import reasoning_of, words
from casemgr.apa.record import Finding, Item, Link, Relative, Step
from casemgr.apa.sufficiency import Entry, Yardstick
from casemgr.apa.timeline import entered
from casemgr.apa.view import (
    AnsweredConsideration,
    CaseView,
    ElementView,
    Matters,
    Setting,
    TakenStep,
)
from casemgr.words import AnswerState, BearsOn, Stance, StepState
from designations.days import PartialDate
from designations.library.model import Element, Prerequisite
from designations.words import PrerequisiteKind
from evidence.words import EvidenceKind, Order, RelativeTo

# Steps that lose their point when taken after the decision. Publication follows it by nature.
BEFORE_DECISION = frozenset(
    {PrerequisiteKind.VOTE, PrerequisiteKind.CONSULTATION, PrerequisiteKind.DELEGATION}
)


def element_view(
    setting: Setting,
    element: Element,
    links: Iterable[Link],
    provenances: Provenances,
    matters: Matters,
) -> ElementView:
    """Gather what bears on one leaf element. ``links`` are those of this element only."""
    yardstick = Yardstick(element, setting.live, setting.clock.day, setting.clock.decided_on)
    supports: list[Entry] = []
    struck: list[tuple[Entry, str, str]] = []
    contradicts: list[Entry] = []
    motive: list[Entry] = []
    memoranda: set[str] = set()
    for link in links:
        provenance = provenances[link.item]
        entry = yardstick.entry(link, provenance)
        late = _after_decision(provenance.item, setting)
        if link.bears_on is BearsOn.MOTIVE:
            motive.append(entry)
        elif link.stance is Stance.SUPPORTS:
            if provenance.struck:
                struck.append((entry, provenance.struck, provenance.struck_because))
            elif late:
                struck.append((entry, "post-hoc", "it came after the decision"))
            else:
                supports.append(entry)
        elif link.stance is Stance.CONTRADICTS and not late and not provenance.struck:
            contradicts.append(_answered_in_time(entry, setting))
        if (
            provenance.item.kind is EvidenceKind.LEGAL_MEMORANDUM
            and link.stance is not Stance.CONTRADICTS
            and not late
            and not provenance.struck
        ):
            memoranda.add(link.item)
    finding, late_finding = _findings(setting, element)
    return ElementView(
        setting=setting,
        element=element,
        matters=matters,
        supports=tuple(supports),
        struck=tuple(struck),
        contradicts=tuple(contradicts),
        memoranda=tuple(sorted(memoranda)),
        motive=tuple(motive),
        finding=finding,
        late_finding=late_finding,
        stated_empty=element.code in setting.case.no_evidence,
    )


def case_view(
    setting: Setting, matters: Matters, weak_dependencies: tuple[tuple[str, str], ...]
) -> CaseView:
    """Gather what bears on the case as a whole."""
    return CaseView(
        setting=setting,
        matters=matters,
        copied_findings=_copied(setting),
        weak_dependencies=weak_dependencies,
    )


def all_matters(setting: Setting) -> dict[str | None, Matters]:
    """Considerations, steps, comparators, positions and defects by the element they count on.

    The key None holds those of the case as a whole.
    """
    case, authority = setting.case, setting.authority
    places: dict[str | None, dict[str, list[object]]] = {}

    def put(element: str | None, kind: str, matter: object) -> None:
        places.setdefault(element, {}).setdefault(kind, []).append(matter)

    answers = {answer.code: answer for answer in case.answers}
    for consideration in authority.considerations:
        answer = answers.get(consideration.code)
        state = answer.state if answer else AnswerState.NOT_STATED
        if answer and state is AnswerState.ANSWERED and _late(answer.on, setting):
            state = AnswerState.UNANSWERED
        if state is AnswerState.NOT_STATED and setting.live:
            state = AnswerState.UNANSWERED
        put(
            consideration.element,
            "considerations",
            AnsweredConsideration(consideration, state),
        )
    steps = {step.code: step for step in case.steps}
    for prerequisite in authority.prerequisites:
        put(
            prerequisite.element,
            "steps",
            _taken(prerequisite, steps.get(prerequisite.code), setting),
        )
    for comparator in case.comparators:
        put(comparator.element, "comparators", comparator)
    for position in case.prior_position:
        put(position.element, "prior_positions", position)
    for left in case.record.left_out:
        put(left.element, "left_out", left)
    for absent in case.record.cited_but_absent:
        for place in _where_cited(absent, setting):
            put(place, "absent", absent)
    return {
        element: Matters(**{kind: tuple(found) for kind, found in kinds.items()})  # type: ignore[arg-type]
        for element, kinds in places.items()
    }


def _where_cited(item: str, setting: Setting) -> set[str | None]:
    cited: set[str | None] = {
        finding.element for finding in setting.case.findings if item in (finding.cites or ())
    }
    cited |= {link.element for link in setting.case.links if link.item == item}
    return cited or {None}


def _taken(prerequisite: Prerequisite, step: Step | None, setting: Setting) -> TakenStep:
    state = step.state if step else StepState.NOT_STATED
    said = state is not StepState.NOT_STATED
    decided = setting.clock.decided
    if (
        state is StepState.MET
        and prerequisite.kind in BEFORE_DECISION
        and step is not None
        and _late(step.on, setting)
    ):
        state = StepState.LATE
    if not said and setting.live:
        follows = prerequisite.kind is PrerequisiteKind.PUBLICATION
        state = StepState.NOT_MET if decided and not follows else StepState.PENDING
    elif state is StepState.NOT_MET and setting.live and not decided:
        state = StepState.PENDING
    return TakenStep(prerequisite, state, said)


def _late(on: PartialDate | None, setting: Setting) -> bool:
    decided_on = setting.clock.decided_on
    return on is not None and decided_on is not None and on.last() > decided_on


def _placed_after(relative: Relative | None) -> bool:
    return (
        relative is not None
        and relative.to is RelativeTo.DECISION
        and relative.order is Order.AFTER
    )


def _after_decision(item: Item, setting: Setting) -> bool:
    """Whether the item came after the decision; an undated copy of one that did, did too."""
    if _placed_after(item.relative):
        return True
    items, decided_on = setting.record.items, setting.clock.decided_on
    came = entered(item, items)
    if came is not None:
        return decided_on is not None and came > decided_on
    copied = [items.get(d.item or "") for d in item.derived_from if d.kind.collapses]
    return bool(copied) and all(
        original is not None and _after_decision(original, setting) for original in copied
    )


def _answered_in_time(entry: Entry, setting: Setting) -> Entry:
    answer = entry.link.answer
    if answer is None or not _late(answer.on, setting):
        return entry
    unanswered = replace(answer, state=AnswerState.UNANSWERED)
    return entry._replace(link=replace(entry.link, answer=unanswered))


def _findings(setting: Setting, element: Element) -> tuple[Finding | None, Finding | None]:
    """The newest finding in time, and the newest written after the decision."""
    timely: Finding | None = None
    late: Finding | None = None
    for finding in setting.case.findings:
        if finding.element != element.code:
            continue
        if _placed_after(finding.relative) or _late(finding.on, setting):
            late = _newer(late, finding)
        else:
            timely = _newer(timely, finding)
    if timely is not None and timely.reasoning is None and setting.live:
        timely = replace(timely, reasoning=reasoning_of(timely.text, element.text))
    return timely, late


def _newer(known: Finding | None, found: Finding) -> Finding:
    return found if known is None else max(known, found, key=_age)


def _age(finding: Finding) -> tuple[date, str]:
    """Findings by day; those of one day by their content, never by their place in the file."""
    return (finding.on.last() if finding.on else date.min, canonical(finding))


def _copied(setting: Setting) -> tuple[tuple[str, ...], ...]:
    by_text: dict[str, set[str]] = {}
    for finding in setting.case.findings:
        text = words(finding.text)
        if text:
            by_text.setdefault(text, set()).add(finding.element)
    return tuple(sorted(tuple(sorted(codes)) for codes in by_text.values() if len(codes) > 1))
