"""What a summary leaves unsaid neither helps nor hurts; what a live file leaves unsaid is a gap."""

import pytest

from casemgr.apa.record import AppliedVersion, Record
from casemgr.words import Completeness, DecidedBy, Grade, Reasoning, Stance
from designations.words import ElementKind
from tests.casemgr.apa.builders import (
    authority,
    day,
    element,
    finding,
    item,
    judged,
    link,
    raised,
    record,
)


def summary(kind: ElementKind = ElementKind.FACT, **said: object) -> Record:
    return record(
        law=authority(element("X-1", kind)), completeness=Completeness.SUMMARY, as_of=None, **said
    )


@pytest.mark.parametrize("kind", ElementKind)
def test_a_summarys_silence_is_contestable_and_raises_nothing(kind: ElementKind) -> None:
    silent = judged(summary(kind))
    assert (silent.grade, silent.decided_by, silent.flags) == (
        Grade.CONTESTABLE,
        DecidedBy.SILENT,
        (),
    )


def test_an_unanswered_contradiction_alone_is_no_better_than_silence() -> None:
    contradicted = summary(items=(item("E-1"),), links=(link("E-1", stance=Stance.CONTRADICTS),))
    assert judged(contradicted).grade is Grade.CONTESTABLE


@pytest.mark.parametrize("reasoning", [None, Reasoning.EXPLAINED])
def test_that_something_was_found_is_not_evidence_of_it(reasoning: Reasoning | None) -> None:
    found = judged(summary(findings=(finding("X-1", reasoning=reasoning),)))
    assert (found.grade, found.decided_by) == (Grade.CONTESTABLE, DecidedBy.SILENT)


def test_a_live_process_that_names_no_step_shows_the_gap() -> None:
    law = authority(element("X-1", ElementKind.PROCESS))
    assert raised(record(law=law))["prerequisite-missing"] == "pending serious"
    assert judged(record(law=law)).grade is Grade.CONTESTABLE
    decided = record(law=law, decided_on=day("2026-03-10"))
    assert raised(decided)["prerequisite-missing"] == "serious"
    assert judged(decided).grade is Grade.WEAK


def test_a_wrong_quotation_is_one_fault_and_not_two() -> None:
    wrong = record(
        items=(item("E-1"), item("E-2")),
        links=(link("E-1"), link("E-2")),
        findings=(
            finding(
                "X-1", "E-1", quoted_standard="other words", applied=AppliedVersion(version="x")
            ),
        ),
    )
    assert {"misquoted-standard", "superseded-law"} & set(raised(wrong)) == {"misquoted-standard"}
