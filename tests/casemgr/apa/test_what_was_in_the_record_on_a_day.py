"""The record cut to a day: nothing that came later, everything that had not yet ended."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casemgr.apa.record import (
    ComparatorCase,
    ConsiderationAnswer,
    Derivation,
    Grading,
    LinkAnswer,
    Milestone,
    Record,
)
from casemgr.apa.timeline import Clock, as_of, clock
from casemgr.words import MilestoneKind
from evidence.words import DerivationKind, Reliability
from tests.casemgr.apa.builders import (
    day,
    finding,
    item,
    link,
    sound,
    step,
    with_case,
    with_item,
    with_links,
)

MAY = date(2026, 5, 10)
BEFORE, ON, AFTER = day("2026-05-09"), day("2026-05-10"), day("2026-05-11")


def cut(given: Record, on: date | None = MAY) -> Record:
    return as_of(replace(given, as_of=on))


def keys(given: Record) -> set[str]:
    return set(given.items)


def one(given: Record, key: str = "E-1") -> Any:
    return cut(given).items[key]


def test_a_record_without_a_day_is_read_whole() -> None:
    given = sound(findings=(finding("X-1", "E-1", on=AFTER),))
    given = with_item(given, dated_on=AFTER)
    assert as_of(replace(given, as_of=None)).items == given.items
    assert as_of(replace(given, as_of=None)).case == given.case


@pytest.mark.parametrize(("since", "there"), [(BEFORE, True), (ON, True), (AFTER, False)])
def test_an_item_is_there_from_its_day_and_takes_its_links_along(since: Any, there: bool) -> None:
    late = with_item(sound(), entered_on=since)
    assert keys(cut(late)) == ({"E-1", "E-2"} if there else set())
    assert len(cut(late).case.links) == (2 if there else 0)


def test_an_item_known_by_its_month_came_when_the_month_was_over() -> None:
    assert not keys(cut(with_item(sound(), entered_on=day("2026-05"))))
    assert keys(cut(with_item(sound(), entered_on=day("2026-04"))))


def test_the_day_it_was_entered_goes_before_its_own_date() -> None:
    assert not keys(cut(with_item(sound(), dated_on=BEFORE, entered_on=AFTER)))


def test_an_item_without_any_date_was_always_there() -> None:
    assert keys(cut(with_item(sound(), dated_on=None))) == {"E-1", "E-2"}


def copying(*originals: str, **said: Any) -> Record:
    """E-3, undated, copies items of which E-1 came before the day and E-2 after it."""
    derived = tuple(Derivation(kind=DerivationKind.COPIES, item=key) for key in originals)
    return sound(
        items=(
            item("E-1", "S-1", dated_on=BEFORE),
            item("E-2", "S-2", dated_on=AFTER),
            item("E-3", dated_on=None, derived_from=derived),
        )
    )


def test_an_undated_copy_came_no_earlier_than_the_first_it_copies() -> None:
    assert "E-3" not in keys(cut(copying("E-2")))
    assert "E-3" in keys(cut(copying("E-2", "E-1")))


def test_an_undated_copy_of_something_outside_the_record_was_always_there() -> None:
    assert "E-3" in keys(cut(copying("E-77")))
    assert "E-3" in keys(cut(copying("E-77", "E-2")))


def test_an_undated_analysis_has_no_date_of_what_it_analyzes() -> None:
    given = copying("E-2")
    analyzed = (Derivation(kind=DerivationKind.ANALYZES, item="E-2"),)
    third = replace(given.items["E-3"], derived_from=analyzed)
    assert "E-3" in keys(cut(replace(given, items={**given.items, "E-3": third})))


@pytest.mark.parametrize(
    ("row", "there"),
    [
        ({}, True),
        ({"entered_on": BEFORE}, True),
        ({"entered_on": ON}, True),
        ({"entered_on": AFTER}, False),
        ({"ended_on": BEFORE}, False),
        ({"ended_on": ON}, False),
        ({"ended_on": AFTER}, True),
        ({"entered_on": BEFORE, "ended_on": AFTER}, True),
    ],
)
def test_a_row_lives_from_its_first_day_until_the_day_it_ended(row: Any, there: bool) -> None:
    assert len(cut(with_links(sound(), **row)).case.links) == (2 if there else 0)
    comparators = (ComparatorCase(name="another", **row), ComparatorCase(name="a third"))
    kept = cut(sound(comparators=comparators)).case.comparators
    assert [each.name for each in kept] == (["another"] if there else []) + ["a third"]
    derived = (Derivation(kind=DerivationKind.RELAYS, source="S-9", **row),)
    assert one(with_item(sound(), derived_from=derived)).derived_from == (derived if there else ())


def test_what_ended_is_gone_when_the_whole_record_is_read() -> None:
    given = with_links(sound(), ended_on=AFTER)
    assert cut(given, None).case.links == ()


def graded(*gradings: Grading) -> Record:
    return with_item(sound(), gradings=gradings, reliability=Reliability.E, credibility=5)


def test_the_grading_is_the_newest_in_force_on_the_day() -> None:
    first = Grading(reliability=Reliability.C, credibility=3, graded=True)
    second = Grading(reliability=Reliability.B, credibility=2, entered_on=day("2026-03-01"))
    third = Grading(reliability=Reliability.D, credibility=4, entered_on=AFTER)
    found = one(graded(second, first, third))
    assert (found.reliability, found.credibility, found.graded) == (Reliability.B, 2, None)
    found = one(graded(first, third))
    assert (found.reliability, found.credibility, found.graded) == (Reliability.C, 3, True)


def test_a_grading_that_was_not_yet_made_leaves_what_the_item_says() -> None:
    found = one(graded(Grading(reliability=Reliability.A, credibility=1, entered_on=AFTER)))
    assert (found.reliability, found.credibility) == (Reliability.E, 5)


def test_a_later_withdrawal_has_not_happened() -> None:
    assert one(with_item(sound(), withdrawn_on=AFTER)).withdrawn_on is None
    assert one(with_item(sound(), withdrawn_on=ON)).withdrawn_on == ON


@pytest.mark.parametrize(
    ("on", "there"), [(None, True), (BEFORE, True), (ON, True), (AFTER, False)]
)
def test_an_act_counts_from_its_day(on: Any, there: bool) -> None:
    given = sound(
        findings=(finding("X-1", "E-1", on=on),),
        answers=(ConsiderationAnswer(code="C-1", on=on),),
        steps=(step(on=on),),
    )
    case = cut(given).case
    assert len(case.findings) == len(case.answers) == len(case.steps) == (1 if there else 0)
    answer = LinkAnswer(on=on)
    for each in cut(with_links(given, answer=answer)).case.links:
        assert each.answer == (answer if there else None)


def test_a_milestone_counts_from_its_day() -> None:
    opened = Milestone(kind=MilestoneKind.VOTE, on=ON)
    notice = Milestone(kind=MilestoneKind.DECISION, on=AFTER)
    assert cut(sound(milestones=(opened, notice))).case.milestones == (opened,)


def decided(on: date | None = MAY, **case: Any) -> Clock:
    return clock(replace(with_case(sound(), **case), as_of=on))


def test_ages_are_measured_from_the_decision_and_else_from_the_day() -> None:
    assert decided() == Clock(False, None, MAY)
    assert decided(decided_on=BEFORE) == Clock(True, BEFORE.last(), BEFORE.last())
    assert decided(decided_on=ON) == Clock(True, MAY, MAY)
    assert decided(None) == Clock(False, None, None)
    assert decided(None, decided_on=ON) == Clock(True, MAY, MAY)


def test_a_decision_after_the_day_has_not_happened() -> None:
    assert decided(decided_on=AFTER) == Clock(False, None, MAY)


def test_a_case_may_be_decided_on_a_day_nobody_stated() -> None:
    assert decided(decided=True) == Clock(True, None, MAY)


def test_the_decision_may_be_a_milestone_and_the_stated_day_goes_before_it() -> None:
    others = Milestone(kind=MilestoneKind.VOTE, on=day("2026-01-01"))
    taken = Milestone(kind=MilestoneKind.DECISION, on=BEFORE)
    assert decided(milestones=(others,)) == Clock(False, None, MAY)
    assert decided(milestones=(others, taken)) == Clock(True, BEFORE.last(), BEFORE.last())
    assert decided(milestones=(taken,), decided_on=ON) == Clock(True, MAY, MAY)


def test_a_link_without_its_item_is_not_read() -> None:
    given = sound()
    stray = with_case(given, links=(*given.case.links, link("E-77")))
    assert [each.item for each in cut(stray).case.links] == ["E-1", "E-2"]
