"""Gap-to-ready: which work it proposes for which fault, in which words."""

import pytest

from casemgr.apa.assess import assess
from casemgr.apa.gap import Cure, Gap, gap_to
from casemgr.apa.record import ComparatorCase, PriorPosition, Record, RecordState
from casemgr.words import BearsOn, Grade, Reasoning, Stance, StepState
from designations.words import ElementKind, PrerequisiteKind, Settledness
from evidence.words import Integrity, Reliability, SourceRole
from tests.casemgr.apa.builders import (
    authority,
    consideration,
    day,
    element,
    finding,
    item,
    link,
    prerequisite,
    sound,
    source,
    step,
    with_case,
    with_item,
)
from tests.casemgr.apa.flags import beside

EVIDENCE = (
    "Obtain one independent, disinterested, first-hand item about the designee that shows "
    "X-1 itself."
)
VOTE = prerequisite(kind=PrerequisiteKind.VOTE)


def mended(first: str) -> str:
    return f"Grade {first}, acquire its original and have it translated where foreign."


def motive() -> Record:
    sources = (source("S-1"), source("S-2"), source("S-9", SourceRole.DECIDING_AUTHORITY))
    said = link("E-9", stance=Stance.CONTEXT, bears_on=BearsOn.MOTIVE)
    return beside(sound(sources=sources), (item("E-9", "S-9"), said))


WORK = [
    (with_case(sound(), links=(link("E-1"),)), "single-origin", EVIDENCE),
    (
        sound(findings=(finding("X-1", "E-1", reasoning=Reasoning.BOILERPLATE),)),
        "conclusory",
        "Write a reasoned finding on X-1 that cites the evidence for it.",
    ),
    (
        sound(law=authority(element(undefined_terms=("control",)))),
        "unexplained-definition",
        "Write a reasoned finding on X-1 that cites the evidence for it.",
    ),
    (
        beside(sound(), (item("E-3"), link("E-3", stance=Stance.CONTRADICTS))),
        "contrary-unaddressed",
        "Answer E-3 on the merits.",
    ),
    (motive(), "pretext", "Answer E-9 on the merits."),
    (
        sound(law=authority(considerations=(consideration(main=True),))),
        "important-aspect",
        "Answer C-1 in the decision.",
    ),
    (
        sound(law=authority(element(settledness=Settledness.UNTESTED))),
        "untested-theory",
        "Put a legal memorandum on the theory of X-1 in the record.",
    ),
    (
        sound(comparators=(ComparatorCase(name="Acme", same_conduct=True, element="X-1"),)),
        "inconsistent-treatment",
        "Explain or address Acme.",
    ),
    (
        sound(prior_position=(PriorPosition(what="review", element="X-1"),)),
        "reliance",
        "Explain or address review.",
    ),
    (
        sound(record=RecordState(cited_but_absent=("E-1",))),
        "record-incomplete",
        "Explain or address E-1.",
    ),
    (
        sound(law=authority(prerequisites=(VOTE,)), steps=(step(state=StepState.LATE),)),
        "prerequisite-missing",
        "Complete P-1 and record its date.",
    ),
]


@pytest.mark.parametrize(("given", "doctrine", "work"), WORK, ids=[each[1] for each in WORK])
def test_one_fault_needs_the_one_work_that_mends_it(
    given: Record, doctrine: str, work: str
) -> None:
    before = assess(given).grade
    target = Grade.STRONG if before is Grade.ADEQUATE else Grade.ADEQUATE
    gap = gap_to(given, target)
    assert (gap.docket, gap.grade, gap.target) == ("CASE-1", before, target)
    assert gap.reached
    assert gap.grade.rank < target.rank <= gap.would_be.rank
    assert [(cure.element, cure.doctrine, cure.work) for cure in gap.cures] == [
        ("X-1", doctrine, work)
    ]
    assert gap.cures[0].effect > 0


def test_a_faulty_item_is_mended_or_joined_by_a_better_one() -> None:
    poor = with_item(sound(), integrity=Integrity.GAP, reliability=Reliability.C)
    gap = gap_to(with_case(poor, links=(link("E-1"),)), Grade.ADEQUATE)
    assert gap.reached
    assert {cure.work for cure in gap.cures} <= {EVIDENCE, mended("E-1")}


def test_a_decided_case_is_measured_as_a_new_decision() -> None:
    lone = with_case(sound(decided_on=day("2026-03-10")), links=(link("E-1"),))
    assert gap_to(lone, Grade.ADEQUATE).reached


def test_what_no_work_can_mend_is_told_as_not_reached() -> None:
    given = with_case(sound(), depends_on=("BELOW",))
    found = gap_to(given, Grade.ADEQUATE, {"BELOW": Grade.WEAK})
    assert found == Gap(
        docket="CASE-1",
        grade=Grade.WEAK,
        target=Grade.ADEQUATE,
        reached=False,
        would_be=Grade.WEAK,
        cures=(),
    )


def test_a_bare_element_of_law_is_mended_by_its_finding() -> None:
    law = authority(element("X-1", ElementKind.EXCEPTION))
    found = gap_to(sound(law=law, links=(), findings=()), Grade.ADEQUATE)
    assert found.cures == (
        Cure(
            element="X-1",
            doctrine="exception-applies",
            work="Write a reasoned finding on X-1 that cites the evidence for it.",
            effect=found.cures[0].effect,
        ),
    )
