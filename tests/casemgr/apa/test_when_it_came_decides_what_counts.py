"""What bears on an element in time: items, answers, steps and findings around the decision."""

from dataclasses import replace
from typing import Any

import pytest

from casemgr.apa import leaves
from casemgr.apa.assess import assess
from casemgr.apa.record import (
    ConsiderationAnswer,
    Derivation,
    LinkAnswer,
    Record,
    RecordState,
    Relative,
)
from casemgr.words import AnswerState, Completeness, Reasoning, Stance, StepState
from designations.words import PrerequisiteKind, Settledness
from evidence.words import DerivationKind, EvidenceKind, Order, RelativeTo
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
    raised_on_case,
    sound,
    step,
    with_case,
)

EVE, DAY, MORROW = day("2026-03-09"), day("2026-03-10"), day("2026-03-11")
DECIDED: dict[str, Any] = {"decided_on": DAY}


def with_third(**said: Any) -> Record:
    """A sound, decided case and a third item that supports."""
    given = sound(items=(item("E-1", "S-1"), item("E-2", "S-2"), item("E-3", **said)), **DECIDED)
    return with_case(given, links=(*given.case.links, link("E-3")))


def counted(given: Record) -> bool:
    return "E-3" in judged(given).supports


@pytest.mark.parametrize(("came", "counts"), [(EVE, True), (DAY, True), (MORROW, False)])
def test_support_counts_when_it_came_by_the_day_of_the_decision(came: Any, counts: bool) -> None:
    given = with_third(entered_on=came)
    assert counted(given) is counts
    assert ("post-hoc" in raised(given)) is not counts


def test_late_support_is_named_with_the_reason() -> None:
    (flag,) = [f for f in judged(with_third(entered_on=MORROW)).flags if f.doctrine == "post-hoc"]
    assert flag.evidence == ("E-3",)


def copy_of(*originals: str) -> dict[str, Any]:
    derived = tuple(Derivation(kind=DerivationKind.COPIES, item=key) for key in originals)
    return {"dated_on": None, "derived_from": derived}


def with_copy(came: Any, *originals: str) -> Record:
    """E-4 is an undated copy; of its possible originals E-3 came on a day, E-5 is after it all."""
    after = Relative(to=RelativeTo.DECISION, order=Order.AFTER)
    given = sound(
        items=(
            item("E-1", "S-1"),
            item("E-2", "S-2"),
            item("E-3", dated_on=None, entered_on=came),
            item("E-5", dated_on=None, relative=after),
            item("E-4", **copy_of(*originals)),
        ),
        **DECIDED,
    )
    return with_case(given, links=(*given.case.links, link("E-4")))


def test_an_undated_copy_of_what_came_after_came_after() -> None:
    assert "E-4" not in judged(with_copy(EVE, "E-5")).supports
    assert "E-4" in judged(with_copy(EVE, "E-3", "E-5")).supports
    assert "E-4" in judged(with_copy(EVE, "E-3")).supports
    assert "E-4" in judged(with_copy(EVE, "E-77")).supports
    assert "E-4" not in judged(with_copy(MORROW, "E-3")).supports


def against(answer: LinkAnswer) -> Record:
    given = sound(**DECIDED)
    contrary = link("E-2", stance=Stance.CONTRADICTS, answer=answer)
    return with_case(given, links=(link("E-1"), *given.case.links, contrary))


@pytest.mark.parametrize(("on", "clear"), [(None, True), (EVE, True), (DAY, True), (MORROW, False)])
def test_an_answer_given_after_the_decision_is_no_answer(on: Any, clear: bool) -> None:
    contrary = raised(against(LinkAnswer(state=AnswerState.ANSWERED, text="weighed", on=on)))
    assert ("contrary-unaddressed" not in contrary) is clear
    law = authority(considerations=(consideration(),))
    answer = ConsiderationAnswer(code="C-1", state=AnswerState.ANSWERED, text="weighed", on=on)
    aspect = raised(sound(law=law, answers=(answer,), **DECIDED))
    assert ("important-aspect" not in aspect) is clear


def test_what_is_stated_unanswered_stays_so_whenever_it_was_said() -> None:
    law = authority(considerations=(consideration(),))
    for on in (None, EVE, MORROW):
        said = replace(answered(state=AnswerState.IRRELEVANT), on=on)
        assert "important-aspect" not in raised(sound(law=law, answers=(said,), **DECIDED))
        said = replace(answered(state=AnswerState.UNANSWERED), on=on)
        assert raised(sound(law=law, answers=(said,), **DECIDED))["important-aspect"] == "moderate"


def stepped(kind: PrerequisiteKind, state: StepState, on: Any, **case: Any) -> dict[str, str]:
    law = authority(prerequisites=(prerequisite(kind=kind),))
    return raised(sound(law=law, steps=(step(state=state, on=on),), **case))


def test_a_vote_after_the_decision_came_too_late_and_a_publication_did_not() -> None:
    assert stepped(PrerequisiteKind.VOTE, StepState.MET, EVE, **DECIDED) == {}
    assert stepped(PrerequisiteKind.VOTE, StepState.MET, DAY, **DECIDED) == {}
    assert "prerequisite-missing" in stepped(
        PrerequisiteKind.VOTE, StepState.MET, MORROW, **DECIDED
    )
    assert stepped(PrerequisiteKind.PUBLICATION, StepState.MET, MORROW, **DECIDED) == {}


def test_a_step_not_taken_is_pending_until_the_decision() -> None:
    missing = "prerequisite-missing"
    kind = PrerequisiteKind.VOTE
    assert stepped(kind, StepState.NOT_MET, None)[missing] == "pending serious"
    assert stepped(kind, StepState.NOT_MET, None, **DECIDED)[missing] == "serious"


def test_a_finding_after_the_decision_does_not_count_and_the_newest_in_time_does() -> None:
    old = finding("X-1", "E-1", on=day("2026-02-01"), reasoning=Reasoning.NONE)
    new = finding("X-1", "E-1", on=DAY)
    late = finding("X-1", "E-1", on=MORROW, reasoning=Reasoning.NONE)
    for findings in ((old, new, late), (late, new, old), (new, late, old)):
        assert "conclusory" not in raised(sound(findings=findings, **DECIDED))
        assert "no-rational-connection" not in raised(sound(findings=findings, **DECIDED))
    assert raised(sound(findings=(late,), **DECIDED))["no-rational-connection"] == "serious"


def test_findings_of_one_day_count_alike_in_any_order_and_an_undated_one_is_the_oldest() -> None:
    bare = finding("X-1", "E-1", on=DAY, reasoning=Reasoning.NONE)
    full = finding("X-1", "E-1", on=DAY)
    one = assess(sound(findings=(bare, full), **DECIDED))
    leaves.forget()  # what is remembered of the first order must not hide the second
    assert assess(sound(findings=(full, bare), **DECIDED)) == one
    undated = replace(bare, on=None)
    assert "conclusory" not in raised(sound(findings=(full, undated), **DECIDED))
    assert "conclusory" not in raised(sound(findings=(undated, full), **DECIDED))


def test_what_is_cited_but_absent_counts_where_it_is_cited() -> None:
    law = authority(element("X-1"), element("X-2"), element("X-3"))
    reasons = "Bulk accounts were opened, as {} asks."
    given = sound(
        law=law,
        findings=tuple(
            finding(code, *cites, text=reasons.format(code))
            for code, cites in (("X-1", ("E-9",)), ("X-2", ("E-1",)), ("X-3", ("E-1",)))
        ),
        links=(
            link("E-1"),
            link("E-2"),
            link("E-1", "X-2"),
            link("E-2", "X-2"),
            link("E-1", "X-3"),
        ),
        record=RecordState(cited_but_absent=("E-9", "E-2")),
    )
    assert raised(given, "X-1")["record-incomplete"] == "serious"
    named = {
        code: {
            key
            for flag in judged(given, code).flags
            if flag.doctrine == "record-incomplete"
            for key in ("E-9", "E-2")
            if key in flag.statement or key in flag.evidence
        }
        for code in ("X-1", "X-2", "X-3")
    }
    assert named == {"X-1": {"E-9", "E-2"}, "X-2": {"E-2"}, "X-3": set()}


def test_what_is_cited_nowhere_counts_on_the_decision() -> None:
    given = sound(record=RecordState(cited_but_absent=("E-9",)))
    assert "record-incomplete" in raised_on_case(given)
    assert "record-incomplete" not in raised(given)


def test_a_memorandum_counts_when_it_came_in_time_and_is_not_against() -> None:
    def theory(stance: Stance = Stance.CONTEXT, **said: Any) -> str:
        given = sound(
            law=authority(element(settledness=Settledness.UNTESTED)),
            items=(
                item("E-1", "S-1"),
                item("E-2", "S-2"),
                item("E-3", kind=EvidenceKind.LEGAL_MEMORANDUM, **said),
            ),
            **DECIDED,
        )
        given = with_case(given, links=(*given.case.links, link("E-3", stance=stance)))
        return raised(given)["untested-theory"]

    assert theory() == "advisory"
    assert theory(Stance.SUPPORTS) == "advisory"
    assert theory(Stance.CONTRADICTS) == "serious"
    assert theory(entered_on=MORROW) == "serious"
    assert theory(withdrawn_on=EVE) == "serious"


def test_the_memorandum_is_named_in_the_flag_it_softens() -> None:
    given = sound(
        law=authority(element(settledness=Settledness.UNTESTED)),
        items=(
            item("E-1", "S-1"),
            item("E-2", "S-2"),
            item("E-3", kind=EvidenceKind.LEGAL_MEMORANDUM),
        ),
    )
    given = with_case(given, links=(*given.case.links, link("E-3", stance=Stance.CONTEXT)))
    (flag,) = [f for f in judged(given).flags if f.doctrine == "untested-theory"]
    assert flag.evidence == ("E-3",)


def test_no_evidence_stated_of_an_element_is_fatal_in_a_summary_too() -> None:
    given = sound(links=(), findings=(), no_evidence=("X-1",))
    summary = replace(given, completeness=Completeness.SUMMARY, as_of=None)
    assert raised(summary)["no-evidence"] == "fatal"
    assert "no-evidence" not in raised(with_case(summary, no_evidence=()))
