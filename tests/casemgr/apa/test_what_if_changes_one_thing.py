"""What-if: each hypothetical change alters what it names and nothing beside it."""

from dataclasses import replace

import pytest

from casemgr.apa.change import (
    AddEvidence,
    AnswerConsideration,
    AnswerContrary,
    Change,
    ChooseAuthority,
    Explain,
    MendItem,
    StrikeItem,
    StrikeSource,
    TakeStep,
    WriteFinding,
    changed,
)
from casemgr.apa.record import (
    ComparatorCase,
    ConsiderationAnswer,
    Derivation,
    Grading,
    LeftOut,
    LinkAnswer,
    PriorPosition,
    Record,
    RecordState,
)
from casemgr.words import AnswerState, BearsOn, Stance, StepState
from evidence.words import DerivationKind, Integrity, Reliability, Translation
from tests.casemgr.apa.builders import (
    answered,
    authority,
    element,
    finding,
    item,
    link,
    sound,
    source,
    step,
    with_case,
    with_item,
)


def after(given: Record, *changes: Change) -> Record:
    return changed(given, changes)


def linked(given: Record) -> list[str]:
    return [each.item for each in given.case.links]


def test_an_item_is_added_with_its_source_and_its_links() -> None:
    new, said = item("E-9", "S-9"), source("S-9")
    found = after(sound(), AddEvidence(item=new, source=said, links=(link("E-9"),)))
    assert found.items == {**sound().items, "E-9": new}
    assert found.sources == {**sound().sources, "S-9": said}
    assert linked(found) == ["E-1", "E-2", "E-9"]
    assert after(sound(), AddEvidence(item=new, links=())).sources == sound().sources


def test_one_item_is_struck_and_the_rest_stays() -> None:
    found = after(sound(), StrikeItem(item="E-1"))
    assert linked(found) == ["E-2"]
    assert found.items == sound().items


def test_a_source_is_struck_with_all_that_retells_it_and_not_what_analyzes_it() -> None:
    def of(kind: DerivationKind, **where: str) -> tuple[Derivation, ...]:
        return (Derivation(kind=kind, **where),)

    given = sound(
        items=(
            item("E-1", "S-1"),
            item("E-2", "S-2", derived_from=of(DerivationKind.COPIES, item="E-1")),
            item("E-3", "S-3", derived_from=of(DerivationKind.RELAYS, item="E-2")),
            item("E-4", "S-4", derived_from=of(DerivationKind.RELAYS, source="S-1")),
            item("E-5", "S-5", derived_from=of(DerivationKind.ANALYZES, item="E-1")),
            item("E-6", "S-6", derived_from=of(DerivationKind.ANALYZES, source="S-1")),
            item("E-7", "S-7"),
        ),
        links=tuple(link(f"E-{n}") for n in range(1, 8)),
    )
    assert linked(after(given, StrikeSource(source="S-1"))) == ["E-5", "E-6", "E-7"]


def test_a_consideration_is_answered_once_and_the_others_keep_their_answers() -> None:
    given = sound(answers=(answered("C-1", AnswerState.UNANSWERED), answered("C-2")))
    found = after(given, AnswerConsideration(code="C-1", text="weighed"))
    assert found.case.answers == (
        answered("C-2"),
        ConsiderationAnswer(code="C-1", state=AnswerState.ANSWERED, text="weighed"),
    )
    (_, said) = after(given, AnswerConsideration(code="C-1")).case.answers
    assert said.text == "answered"


def test_only_what_cuts_against_or_speaks_of_motive_is_answered() -> None:
    against = link("E-1", stance=Stance.CONTRADICTS)
    motive = link("E-1", stance=Stance.CONTEXT, bears_on=BearsOn.MOTIVE)
    elsewhere = link("E-1", "X-2", stance=Stance.CONTRADICTS)
    other = link("E-2", stance=Stance.CONTRADICTS)
    given = with_case(sound(), links=(link("E-1"), against, motive, elsewhere, other))
    answer = LinkAnswer(state=AnswerState.ANSWERED, text="weighed")
    found = after(given, AnswerContrary(element="X-1", item="E-1", text="weighed"))
    assert found.case.links == (
        link("E-1"),
        replace(against, answer=answer),
        replace(motive, answer=answer),
        elsewhere,
        other,
    )
    found = after(given, AnswerContrary(element="X-1", item="E-1"))
    assert found.case.links[1].answer == LinkAnswer(state=AnswerState.ANSWERED, text="answered")


def test_a_finding_takes_the_place_of_those_on_its_element() -> None:
    given = sound(findings=(finding("X-1", "E-1"), finding("X-1", "E-2"), finding("X-2", "E-1")))
    new = finding("X-1", "E-1", "E-2")
    assert after(given, WriteFinding(finding=new)).case.findings == (finding("X-2", "E-1"), new)


def test_a_step_is_taken_in_place_of_what_was_said_of_it() -> None:
    given = sound(steps=(step("P-1", StepState.LATE), step("P-2", StepState.NOT_MET)))
    found = after(given, TakeStep(step=step("P-1")))
    assert found.case.steps == (step("P-2", StepState.NOT_MET), step("P-1"))


def test_another_authority_leaves_behind_what_hangs_on_codes_it_lacks() -> None:
    given = with_case(
        sound(),
        links=(link("E-1"), link("E-2", "X-2")),
        findings=(finding("X-1", "E-1"), finding("X-2", "E-2")),
    )
    law = authority(element("X-2"), element("X-3"), slug="other")
    found = after(given, ChooseAuthority(authority=law))
    assert (found.authority, found.case.authority) == (law, "other@1")
    assert (found.case.links, found.case.findings) == (
        (link("E-2", "X-2"),),
        (finding("X-2", "E-2"),),
    )


@pytest.mark.parametrize(
    ("before", "then"), [(None, None), (Translation.NONE, Translation.CERTIFIED)]
)
def test_an_item_is_mended_in_all_it_lacks(
    before: Translation | None, then: Translation | None
) -> None:
    poor = with_item(
        sound(),
        reliability=Reliability.F,
        credibility=6,
        graded=False,
        gradings=(Grading(reliability=Reliability.E),),
        integrity=Integrity.GAP,
        translation=before,
    )
    found = after(poor, MendItem(item="E-1"))
    mended = found.items["E-1"]
    assert (mended.reliability, mended.credibility, mended.graded) == (Reliability.B, 2, None)
    assert (mended.gradings, mended.integrity, mended.translation) == ((), Integrity.INTACT, then)
    assert found.items["E-2"] == poor.items["E-2"]


def explainable() -> Record:
    return sound(
        comparators=(ComparatorCase(name="A"), ComparatorCase(name="B")),
        prior_position=(PriorPosition(what="A"), PriorPosition(what="B")),
        record=RecordState(
            left_out=(LeftOut(item="A"), LeftOut(item="B")), cited_but_absent=("A", "B")
        ),
    )


def test_explaining_reaches_whatever_the_subject_names() -> None:
    case = after(explainable(), Explain(subject="A")).case
    assert [each.explained for each in case.comparators] == [True, None]
    assert [each.reliance_addressed for each in case.prior_position] == [True, None]
    assert [each.reason for each in case.record.left_out] == ["logged", ""]
    assert case.record.cited_but_absent == ("B",)


def test_changes_are_made_in_their_order() -> None:
    twice = (AnswerConsideration(code="C-1", text="one"), AnswerConsideration(code="C-1"))
    assert [each.text for each in after(sound(), *twice).case.answers] == ["answered"]
    assert after(sound()) == sound()
