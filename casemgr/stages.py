"""The stages of a case: one table of transitions, and what each of them asks.

A guard returns what is missing, in words, one line a thing; an empty list opens the way. There
is no other place that decides whether a case may move.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from access.policy import Verb
from casemgr.clock import decision_day
from casemgr.models import (
    Case,
    CaseElement,
    ConsiderationAnswer,
    Link,
    PrerequisiteMet,
    Stage,
    StaleMark,
    TrackedFlag,
)
from casemgr.pins import current_pin
from casemgr.signoff import SignOff, sign_offs
from casemgr.words import AnswerState, CaseKind, Severity, Stance, StepState
from designations.words import ElementKind, PrerequisiteKind

Guard = Callable[[Case], list[str]]

# Judged by law, by steps taken or by the finding alone; evidence is not asked of them.
_WITHOUT_EVIDENCE = (
    ElementKind.LEGAL,
    ElementKind.PROCESS,
    ElementKind.EXCEPTION,
    ElementKind.EXPLANATION,
    ElementKind.USABILITY,
)


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from a stage to another, the verb of the access policy it needs, its guards."""

    source: Stage
    target: Stage
    guards: tuple[Guard, ...] = ()
    verb: Verb = Verb.ADVANCE


def relied_on(case: Case) -> QuerySet[CaseElement]:
    """The leaves of the version pinned today on which the case relies."""
    leaves = CaseElement.objects.filter(
        case=case, pin=current_pin(case, decision_day()), element__join=""
    ).select_related("element")
    if case.asserts is not None:
        leaves = leaves.filter(element__code__in=case.asserts)
    return leaves.order_by("element__position", "pk")


def pinned(case: Case) -> list[str]:
    """The case says under which law it is brought."""
    if current_pin(case, decision_day()) is None:
        return ["No version of an authority is pinned: pin one."]
    return []


def supported(case: Case) -> list[str]:
    """Every leaf that is judged by evidence has some."""
    supports = Link.objects.as_of(decision_day()).filter(
        case_element__case=case, stance=Stance.SUPPORTS
    )
    having = set(supports.values_list("case_element", flat=True))
    carries = dict(CaseElement.objects.filter(case=case).values_list("pk", "carries"))
    return [
        f"{leaf.element.code}: no supporting evidence is linked. Link some, or stop relying on it."
        for leaf in relied_on(case).exclude(element__kind__in=_WITHOUT_EVIDENCE)
        if having.isdisjoint(_carried(leaf.pk, carries))
    ]


def _carried(pk: int, carries: Mapping[int, int | None]) -> Iterator[int]:
    """The element and those of earlier pins that it carries, however many."""
    at: int | None = pk
    while at is not None:
        yield at
        at = carries[at]


def found_and_signed(case: Case) -> list[str]:
    """Every leaf has a finding, signed by someone else than its author on today's record."""
    leaves = [leaf for leaf in relied_on(case) if leaf.element.kind != ElementKind.PROCESS]
    states = sign_offs(case)
    words = {
        SignOff.NO_FINDING: "no finding is written. Write it, citing the evidence.",
        SignOff.UNSIGNED: "the finding is not signed by anyone but its author.",
        SignOff.STALE: "the record changed since the finding was signed. Read it again and sign.",
    }
    return [
        f"{leaf.element.code}: {words[state]}"
        for leaf in leaves
        if (state := states.get(leaf.pk, SignOff.NO_FINDING)) in words
    ]


def considered(case: Case) -> list[str]:
    """Every consideration of the authority is answered."""
    pin = current_pin(case, decision_day())
    if pin is None:
        return []
    answered = (
        ConsiderationAnswer.objects.live()
        .filter(pin__case=case)
        .filter(state__in=(AnswerState.ANSWERED, AnswerState.IRRELEVANT))
        .values_list("consideration__code", flat=True)
    )
    missing = pin.version.considerations.exclude(code__in=answered).order_by("position")
    return [
        f"{row.code}: this consideration is not answered. {row.text}".strip() for row in missing
    ]


def steps_taken(case: Case) -> list[str]:
    """Every step that comes before the decision is taken; publication follows it."""
    pin = current_pin(case, decision_day())
    if pin is None:
        return []
    met = (
        PrerequisiteMet.objects.live()
        .filter(pin__case=case, state=StepState.MET)
        .values_list("prerequisite__code", flat=True)
    )
    missing = (
        pin.version.prerequisites.exclude(code__in=met)
        .exclude(kind=PrerequisiteKind.PUBLICATION)
        .order_by("position")
    )
    return [f"{row.code}: this step is not yet met. {row.text}".strip() for row in missing]


def assessed(case: Case) -> list[str]:
    """The flags speak of the record as it is now."""
    if not case.assessments.exists():
        return ["The case has never been assessed: run an assessment."]
    if StaleMark.objects.filter(case=case).exists():
        return ["The record changed and is being assessed again: wait a moment and repeat."]
    return []


def no_open_weakness(case: Case) -> list[str]:
    """No fatal or serious flag that nobody accepted or disputed."""
    flags = (
        TrackedFlag.objects.unresolved()
        .undisposed(decision_day())
        .filter(case=case, severity__in=(Severity.FATAL, Severity.SERIOUS))
    )
    return [
        f"{flag.element_code or 'case'}: {flag.severity} flag {flag.doctrine}. {flag.statement} "
        "Cure it, or have counsel accept or dispute it with a reason."
        for flag in flags
    ]


def under_petition(case: Case) -> list[str]:
    """A delisting case exists for the designee: delisting is decided on its own elements."""
    found = Case.objects.filter(kind=CaseKind.DELISTING, designee=case.designee)
    if case.designee_id is None or not found.exclude(pk=case.pk).exists():
        return ["No delisting case is open for this designee: open one; it has its own elements."]
    return []


_READY = (pinned, assessed, found_and_signed, considered, steps_taken, no_open_weakness)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Stage.DRAFT, Stage.EVIDENCE_BUILDING, (pinned,)),
    Transition(Stage.EVIDENCE_BUILDING, Stage.LEGAL_REVIEW, (pinned, assessed, supported)),
    Transition(Stage.LEGAL_REVIEW, Stage.READY, _READY),
    Transition(Stage.READY, Stage.DECIDED, _READY, Verb.DECIDE),
    Transition(Stage.DECIDED, Stage.DELISTING_REVIEW, (under_petition,)),
    # Back: nothing is asked but the reason every action gives.
    Transition(Stage.EVIDENCE_BUILDING, Stage.DRAFT),
    Transition(Stage.LEGAL_REVIEW, Stage.EVIDENCE_BUILDING),
    Transition(Stage.READY, Stage.LEGAL_REVIEW),
    Transition(Stage.READY, Stage.EVIDENCE_BUILDING),
    # The listing stands after its review.
    Transition(Stage.DELISTING_REVIEW, Stage.DECIDED, verb=Verb.DECIDE),
    # Given up, or put away.
    *(
        Transition(stage, Stage.DECLINED, verb=Verb.DECIDE)
        for stage in (Stage.DRAFT, Stage.EVIDENCE_BUILDING, Stage.LEGAL_REVIEW, Stage.READY)
    ),
    Transition(Stage.DECIDED, Stage.CLOSED),
    Transition(Stage.DECLINED, Stage.CLOSED),
    Transition(Stage.DELISTING_REVIEW, Stage.CLOSED),
)

_TABLE: Mapping[tuple[str, str], Transition] = {
    (row.source.value, row.target.value): row for row in TRANSITIONS
}


def transition(source: str, target: str) -> Transition | None:
    """The way from one stage to another, or None where there is none."""
    return _TABLE.get((source, target))


def next_stages(case: Case) -> Iterator[tuple[Transition, list[str]]]:
    """Each way out of the case's stage with what is still missing for it."""
    for row in TRANSITIONS:
        if row.source == case.stage:
            yield row, missing_for(case, row)


def missing_for(case: Case, way: Transition) -> list[str]:
    """Everything the guards of this way still ask, in their order."""
    return [line for guard in way.guards for line in guard(case)]
