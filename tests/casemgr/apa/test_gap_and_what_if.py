"""What would follow from a change, and which changes would lift a case."""

import pytest

from casemgr.apa.assess import assess
from casemgr.apa.brief import NO_ANSWER, brief
from casemgr.apa.change import (
    AddEvidence,
    AnswerConsideration,
    ChooseAuthority,
    StrikeItem,
    StrikeSource,
    changed,
)
from casemgr.apa.gap import gap_to
from casemgr.apa.record import Derivation, Record
from casemgr.words import Grade, Stance
from designations.words import PrerequisiteKind, Settledness
from evidence.words import DerivationKind, SourceRole
from tests.casemgr.apa.builders import (
    authority,
    consideration,
    day,
    element,
    item,
    judged,
    link,
    prerequisite,
    record,
    sound,
    source,
    with_case,
)


def faulty() -> Record:
    """Interested sources, contrary evidence and a main consideration unanswered, no finding."""
    return record(
        items=(item("E-1", "S-1"), item("E-2", "S-1"), item("E-3", "S-3")),
        links=(link("E-1"), link("E-2"), link("E-3", stance=Stance.CONTRADICTS)),
        sources=(source("S-1", SourceRole.AFFECTED_PARTY), source("S-3")),
        law=authority(
            element(settledness=Settledness.UNTESTED, undefined_terms=("affiliated with",)),
            considerations=(consideration(main=True),),
            prerequisites=(prerequisite(kind=PrerequisiteKind.VOTE, element=None),),
        ),
        decided_on=day("2026-03-10"),
    )


@pytest.mark.parametrize("target", [Grade.CONTESTABLE, Grade.ADEQUATE])
def test_the_cures_reach_the_grade_and_none_can_be_left_out(target: Grade) -> None:
    gap = gap_to(faulty(), target)
    assert gap.reached
    assert gap.would_be.rank >= target.rank
    assert all(cure.effect > 0 for cure in gap.cures)
    doctrines = {cure.doctrine for cure in gap.cures}
    assert {"contrary-unaddressed", "important-aspect", "untested-theory"} <= doctrines


def test_a_case_that_is_there_needs_no_cure() -> None:
    assert gap_to(sound(), Grade.ADEQUATE).cures == ()


def test_cures_are_ranked_by_effect() -> None:
    effects = [cure.effect for cure in gap_to(faulty(), Grade.ADEQUATE).cures]
    assert effects == sorted(effects, reverse=True)


def test_what_if_leaves_the_record_as_it_was() -> None:
    given = faulty()
    before = assess(given)
    changed(given, [StrikeItem(item="E-1"), AnswerConsideration(code="C-1")])
    assert assess(given) == before


def test_striking_a_source_strikes_its_copies_too() -> None:
    copied = record(
        items=(
            item("E-1", "S-1"),
            item("E-2", "S-2", derived_from=(Derivation(kind=DerivationKind.COPIES, item="E-1"),)),
            item("E-3", "S-3"),
        ),
        links=(link("E-1"), link("E-2"), link("E-3")),
        sources=(source("S-1"), source("S-2"), source("S-3")),
    )
    left = changed(copied, [StrikeSource(source="S-1")])
    assert [each.item for each in left.case.links] == ["E-3"]


def test_added_evidence_counts_as_if_it_were_there() -> None:
    lone = with_case(sound(), links=(link("E-1"),))
    more = AddEvidence(item=item("E-9", "S-9"), source=source("S-9"), links=(link("E-9"),))
    assert judged(changed(lone, [more])).grade.rank > judged(lone).grade.rank


def test_another_authority_keeps_what_hangs_on_codes_it_has() -> None:
    other = authority(element("X-1"), element("Z-9"), slug="other")
    moved = changed(sound(), [ChooseAuthority(authority=other)])
    report = assess(moved)
    assert report.authority == "other@1"
    assert {each.code: str(each.grade) for each in report.elements} == {
        "X-1": "strong",
        "Z-9": "unsupported",
    }


def test_the_brief_puts_the_strongest_attack_first_and_says_where_nothing_answers() -> None:
    attacks = brief(assess(faulty()))
    ranks = [attack.severity.rank for attack in attacks]
    assert ranks == sorted(ranks)
    assert attacks[0].answer == NO_ANSWER


def test_where_no_doctrine_bites_the_attack_is_to_strike_the_strongest_origins() -> None:
    only = brief(assess(sound()))
    assert [attack.doctrine for attack in only] == ["strike"]
    assert "would remain" in only[0].answer


def test_evidence_answers_no_attack_on_the_law() -> None:
    contested = authority(element(settledness=Settledness.CONTESTED))
    attacks = brief(assess(sound(law=contested)))
    on_law = next(attack for attack in attacks if attack.doctrine == "untested-theory")
    assert on_law.answer == NO_ANSWER
    assert on_law.evidence == ()
