"""How leaves carry groups and the case, and what is told of what does not."""

from casemgr.apa.assess import assess, assess_all
from casemgr.apa.record import Record
from casemgr.words import Grade
from designations.library.model import Element
from designations.words import Join
from tests.casemgr.apa.builders import (
    authority,
    element,
    element_of,
    finding,
    item,
    link,
    record,
    source,
    with_case,
)

TREE = authority(
    Element(code="G-1", join=Join.ANY),
    element("X-1", parent="G-1"),
    element("X-2", parent="G-1"),
    element("X-3"),
)


def carried_by_one(**case: object) -> Record:
    """X-1 and X-3 stand; X-2 has nothing."""
    return record(
        items=(item("E-1", "S-1"), item("E-2", "S-2")),
        links=(link("E-1"), link("E-2"), link("E-1", "X-3"), link("E-2", "X-3")),
        sources=(source("S-1"), source("S-2")),
        law=TREE,
        findings=(
            finding("X-1", "E-1"),
            finding("X-3", "E-2", text="Another reason for X-3, of its own."),
        ),
        **case,
    )


def test_any_is_as_good_as_its_best_part() -> None:
    report = assess(carried_by_one())
    assert element_of(report, "G-1").grade is element_of(report, "X-1").grade
    assert element_of(report, "G-1").carried_by == ("X-1",)
    assert report.carrying_path == ("X-1", "X-3")


def test_all_is_as_bad_as_its_worst_part() -> None:
    given = carried_by_one()
    short = with_case(given, links=tuple(e for e in given.case.links if e.element != "X-3"))
    assert assess(short).grade is Grade.UNSUPPORTED


def test_a_fallen_alternative_is_harmless_and_is_told_on_the_group() -> None:
    report = assess(carried_by_one())
    adjustment = element_of(report, "G-1").adjustments[0]
    assert (adjustment.doctrine, adjustment.from_, adjustment.to) == (
        "harmless-error",
        "unsupported",
        "strong",
    )
    assert "no-evidence" in {flag.doctrine for flag in element_of(report, "X-2").flags}


def test_a_ground_that_would_not_carry_alone_does_not_save_the_group() -> None:
    given = carried_by_one()
    findings = tuple(
        finding(each.element, *(each.cites or ()), alone_sufficient=False, text=each.text)
        for each in given.case.findings
    )
    report = assess(with_case(given, findings=findings))
    assert element_of(report, "G-1").grade is Grade.UNSUPPORTED


def test_a_leaf_not_asserted_is_left_out_of_any_and_judged_in_all() -> None:
    only_second = assess(with_case(carried_by_one(), asserts=("X-2",)))
    assert element_of(only_second, "G-1").carried_by == ("X-2",)
    assert element_of(only_second, "X-3").grade is Grade.STRONG
    assert only_second.grade is Grade.UNSUPPORTED


def test_a_case_is_no_better_than_what_it_depends_on_and_its_elements_keep_their_grades() -> None:
    weak = with_case(carried_by_one(), key="BASE", links=())
    resting = with_case(carried_by_one(), key="REST", depends_on=("BASE/X-3",))
    base, rest = assess_all([weak, resting])
    assert rest.grade is Grade.UNSUPPORTED
    assert element_of(rest, "X-1").grade is Grade.STRONG
    assert "no-rational-connection" in {flag.doctrine for flag in rest.flags}
    assert base.docket == "BASE"


def test_a_circle_of_dependencies_ends() -> None:
    one = with_case(carried_by_one(), key="ONE", depends_on=("TWO/X-1",))
    two = with_case(carried_by_one(), key="TWO", depends_on=("ONE/X-1",))
    assert [report.grade for report in assess_all([one, two])] == [Grade.STRONG, Grade.STRONG]


def test_the_strike_number_counts_origins_down_to_weak() -> None:
    report = assess(carried_by_one())
    assert element_of(report, "X-1").strike_number == 1  # one left is a single origin
    assert element_of(report, "X-2").strike_number == 0
