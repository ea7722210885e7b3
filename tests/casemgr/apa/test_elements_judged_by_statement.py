"""Elements judged by what is stated, by their steps, by weight: the grade each statement gives."""

from dataclasses import replace
from typing import Any

import pytest

from casemgr.apa.grade import capped, lowest
from casemgr.apa.record import (
    ComparatorCase,
    Link,
    Record,
)
from casemgr.apa.report import Flag
from casemgr.words import (
    Completeness,
    DecidedBy,
    Directness,
    Grade,
    Reasoning,
    Severity,
    Stance,
    StepState,
)
from designations.words import (
    ElementKind,
    PrerequisiteKind,
    Settledness,
    Threshold,
    UsPresence,
)
from evidence.words import EvidenceKind
from tests.casemgr.apa.builders import (
    answered,
    authority,
    consideration,
    day,
    element,
    finding,
    item,
    judged,
    link,
    prerequisite,
    raised,
    record,
    source,
    step,
)

SEVERE = {"fatal": Severity.FATAL, "serious": Severity.SERIOUS, "moderate": Severity.MODERATE}


def flag(severity: str, pending: bool = False) -> Flag:
    return Flag(
        doctrine="thin-record",
        severity=SEVERE.get(severity, Severity.ADVISORY),
        statement="",
        pending=pending,
    )


@pytest.mark.parametrize(
    ("severities", "grade"),
    [
        ("", Grade.STRONG),
        ("advisory", Grade.STRONG),
        ("advisory advisory", Grade.STRONG),
        ("moderate", Grade.ADEQUATE),
        ("moderate moderate", Grade.CONTESTABLE),
        ("moderate moderate moderate", Grade.CONTESTABLE),
        ("serious", Grade.WEAK),
        ("serious moderate moderate", Grade.WEAK),
        ("moderate serious fatal", Grade.UNSUPPORTED),
    ],
)
def test_flags_cap_a_grade(severities: str, grade: Grade) -> None:
    assert capped(Grade.STRONG, map(flag, severities.split())) is grade


def test_a_pending_flag_caps_nothing_and_hides_none_after_it() -> None:
    assert capped(Grade.STRONG, [flag("fatal", True)]) is Grade.STRONG
    assert capped(Grade.STRONG, [flag("fatal", True), flag("serious")]) is Grade.WEAK


def test_a_cap_never_lifts_a_grade() -> None:
    assert capped(Grade.WEAK, [flag("moderate")]) is Grade.WEAK
    assert capped(Grade.UNSUPPORTED, [flag("serious")]) is Grade.UNSUPPORTED


def test_of_no_grades_the_lowest_is_the_best() -> None:
    assert lowest(()) is Grade.STRONG
    assert lowest((Grade.ADEQUATE, Grade.WEAK, Grade.STRONG)) is Grade.WEAK


def stated(
    kind: ElementKind, *, live: bool = False, us: UsPresence | None = None, **given: Any
) -> Record:
    """A record that states things of one element, and no evidence but what is given."""
    law = {k: given.pop(k) for k in ("considerations", "prerequisites", "threshold") if k in given}
    about = {k: given.pop(k) for k in ("settledness", "undefined_terms") if k in given}
    made = record(
        law=authority(element("X-1", kind, **about), **law),
        us_presence=us,
        **{"decided_on": day("2026-03-10"), **given},
    )
    return made if live else replace(made, completeness=Completeness.SUMMARY, as_of=None)


def found(reasoning: Reasoning | None) -> tuple[Any, ...]:
    return (finding("X-1", cites=None, reasoning=reasoning),)


@pytest.mark.parametrize(
    ("reasoning", "grade"),
    [
        (Reasoning.EXPLAINED, Grade.ADEQUATE),
        (Reasoning.PARTLY, Grade.CONTESTABLE),
        (Reasoning.ADOPTS_SOURCE, Grade.WEAK),
        (Reasoning.NOT_STATED, Grade.CONTESTABLE),
        (None, Grade.CONTESTABLE),
    ],
)
def test_an_explanation_is_as_good_as_its_reasons(
    reasoning: Reasoning | None, grade: Grade
) -> None:
    assert judged(stated(ElementKind.EXPLANATION, findings=found(reasoning))).grade is grade


LAW_GRADES = [
    (ElementKind.LEGAL, {"settledness": Settledness.SETTLED}, Grade.ADEQUATE),
    (ElementKind.LEGAL, {"findings": found(Reasoning.EXPLAINED)}, Grade.ADEQUATE),
    (ElementKind.LEGAL, {"findings": found(None)}, Grade.CONTESTABLE),
    (ElementKind.LEGAL, {"settledness": Settledness.CONTESTED}, Grade.WEAK),
    (ElementKind.EXCEPTION, {"findings": found(Reasoning.EXPLAINED)}, Grade.ADEQUATE),
    (ElementKind.EXCEPTION, {"findings": found(None)}, Grade.CONTESTABLE),
    (ElementKind.USABILITY, {"findings": found(Reasoning.EXPLAINED)}, Grade.ADEQUATE),
    (ElementKind.USABILITY, {"settledness": Settledness.SETTLED}, Grade.ADEQUATE),
    (ElementKind.USABILITY, {"findings": found(None)}, Grade.CONTESTABLE),
    (ElementKind.FACT, {"settledness": Settledness.SETTLED}, Grade.ADEQUATE),
]


@pytest.mark.parametrize(("kind", "given", "grade"), LAW_GRADES)
def test_a_question_of_law_is_satisfied_by_being_settled_or_explained(
    kind: ElementKind, given: dict[str, Any], grade: Grade
) -> None:
    assert judged(stated(kind, **given)).grade is grade


def with_memorandum(settledness: Settledness, kind: EvidenceKind) -> Record:
    return stated(
        ElementKind.LEGAL,
        settledness=settledness,
        items=(item("E-1", "S-1", kind=kind),),
        links=(link("E-1", stance=Stance.CONTEXT),),
        sources=(source("S-1"),),
    )


@pytest.mark.parametrize("settledness", [Settledness.CONTESTED, Settledness.UNTESTED])
def test_a_memorandum_makes_a_doubtful_theory_adequate(settledness: Settledness) -> None:
    memo = judged(with_memorandum(settledness, EvidenceKind.LEGAL_MEMORANDUM))
    assert memo.grade is Grade.ADEQUATE
    other = judged(with_memorandum(settledness, EvidenceKind.OTHER))
    assert other.grade is Grade.WEAK


def test_an_answered_matter_satisfies_an_element_of_fact_on_which_nothing_is_weighed() -> None:
    law = {"considerations": (consideration(),)}
    assert judged(stated(ElementKind.FACT, answers=(answered(),), **law)).grade is Grade.ADEQUATE


def process(
    state: StepState | None,
    *more: StepState,
    of: PrerequisiteKind = PrerequisiteKind.VOTE,
    kind: ElementKind = ElementKind.PROCESS,
    **given: Any,
) -> Grade:
    states = [] if state is None else [state, *more]
    return judged(
        stated(
            kind,
            prerequisites=tuple(
                prerequisite(f"P-{n}", kind=of) for n in range(max(1, len(states)))
            ),
            steps=tuple(step(f"P-{n}", each) for n, each in enumerate(states)),
            **given,
        )
    ).grade


NOTICE = PrerequisiteKind.NOTICE


@pytest.mark.parametrize("kind", [ElementKind.PROCESS, ElementKind.FACT])
def test_steps_alone_grade_an_element(kind: ElementKind) -> None:
    assert process(StepState.MET, kind=kind) is Grade.ADEQUATE
    assert process(StepState.MET, StepState.MET, kind=kind) is Grade.ADEQUATE
    assert process(StepState.LATE, kind=kind) is Grade.CONTESTABLE
    assert process(StepState.MET, StepState.NOT_MET, kind=kind) is Grade.WEAK


def test_notice_weighs_by_the_designees_ties() -> None:
    for ties in (UsPresence.PROPERTY, UsPresence.RESIDENT):
        assert process(StepState.LATE, of=NOTICE, us=ties) is Grade.WEAK
    for ties in (None, UsPresence.NONE):
        assert process(StepState.LATE, of=NOTICE, us=ties) is Grade.CONTESTABLE
    assert process(StepState.NOT_MET, of=NOTICE, us=UsPresence.NONE) is Grade.CONTESTABLE
    assert process(StepState.NOT_MET, of=NOTICE, us=None) is Grade.WEAK
    assert process(StepState.NOT_MET, us=UsPresence.NONE) is Grade.WEAK
    full = {"threshold": Threshold.FULL_REVIEW}
    assert process(StepState.LATE, of=NOTICE, us=UsPresence.NONE, **full) is Grade.WEAK
    assert process(StepState.LATE, us=UsPresence.PROPERTY) is Grade.CONTESTABLE


def test_a_live_process_of_which_no_step_is_named_is_a_gap_once_decided() -> None:
    assert judged(stated(ElementKind.PROCESS, live=True)).grade is Grade.WEAK
    undecided = stated(ElementKind.PROCESS, live=True, decided_on=None)
    assert judged(undecided).grade is Grade.CONTESTABLE


def test_an_element_that_rests_on_one_faulty_statement_is_weak() -> None:
    comparators = (
        ComparatorCase(name="another", same_conduct=True, explained=False, element="X-1"),
    )
    bare = stated(ElementKind.LEGAL, comparators=comparators)
    assert raised(bare) == {"inconsistent-treatment": "moderate"}
    assert judged(bare).grade is Grade.WEAK
    explained = replace(bare, case=replace(bare.case, findings=found(Reasoning.EXPLAINED)))
    assert raised(explained) == {"inconsistent-treatment": "moderate"}
    assert judged(explained).grade is Grade.ADEQUATE
    unsaid = replace(bare, case=replace(bare.case, findings=found(None)))
    assert judged(unsaid).grade is Grade.CONTESTABLE


def test_an_explanation_of_which_no_reasons_are_stated_is_the_whole_ground() -> None:
    comparators = (
        ComparatorCase(name="another", same_conduct=True, explained=False, element="X-1"),
    )
    given = stated(ElementKind.EXPLANATION, comparators=comparators, findings=found(None))
    assert judged(given).grade is Grade.WEAK


def weighing(*links: Link, **given: Any) -> Record:
    keys = sorted({each.item for each in links})
    return record(
        items=tuple(item(key, f"S-{key}") for key in keys),
        links=links,
        sources=tuple(source(f"S-{key}") for key in keys),
        findings=(finding("X-1", *keys),),
        **given,
    )


CIRCUMSTANCE = {"directness": Directness.CIRCUMSTANTIAL}


def test_weight_beside_the_threshold_gives_the_grade() -> None:
    assert judged(weighing(link("E-1"), link("E-2"))).grade is Grade.STRONG
    middle = weighing(link("E-1"), link("E-2", **CIRCUMSTANCE))
    assert judged(middle).grade is Grade.STRONG  # 1.5 is past twice .67
    preponderance = authority(threshold=Threshold.PREPONDERANCE)
    assert judged(weighing(link("E-1"), link("E-2", **CIRCUMSTANCE), law=preponderance)).grade is (
        Grade.ADEQUATE
    )
    beyond = authority(threshold=Threshold.BEYOND_REASONABLE_DOUBT)
    assert judged(weighing(link("E-1"), link("E-2"), law=beyond)).grade is Grade.CONTESTABLE
    assert judged(weighing(link("E-1"), link("E-2", **CIRCUMSTANCE), law=beyond)).grade is (
        Grade.WEAK
    )


def test_a_reasoned_prediction_below_the_threshold_is_contestable_and_not_weak() -> None:
    law = authority(
        element("X-1", ElementKind.FORWARD), threshold=Threshold.BEYOND_REASONABLE_DOUBT
    )
    links = (link("E-1"), link("E-2", **CIRCUMSTANCE))
    plain = weighing(*links, law=law)
    predicted = replace(
        plain,
        case=replace(plain.case, findings=(finding("X-1", "E-1", "E-2", predictive=True),)),
    )
    assert raised(predicted)["thin-record"] == "moderate"
    assert judged(predicted).grade is Grade.CONTESTABLE
    assert judged(plain).grade is Grade.WEAK


def test_what_was_stated_is_told_from_what_was_weighed() -> None:
    assert judged(weighing(link("E-1"), link("E-2"))).decided_by is DecidedBy.WEIGHED
    empty = stated(ElementKind.FACT, no_evidence=("X-1",))
    assert judged(empty).decided_by is DecidedBy.STATED
    assert judged(stated(ElementKind.FACT, live=True)).decided_by is DecidedBy.WEIGHED
    against = weighing(link("E-1"), link("E-2"), link("E-2", stance=Stance.CONTRADICTS))
    assert judged(against).decided_by is DecidedBy.STATED
    assert judged(stated(ElementKind.FACT)).decided_by is DecidedBy.SILENT
