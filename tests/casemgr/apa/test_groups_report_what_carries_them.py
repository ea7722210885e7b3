"""Groups from their judged parts: grade, strike number, what carries, what would next."""

from casemgr.apa.assess import assess
from casemgr.apa.paths import Standing, asserted_codes, children_of, combine
from casemgr.apa.report import CaseReport
from casemgr.words import Grade, Stance
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
)

NOBODY: frozenset[str] = frozenset()


def part(
    code: str, grade: Grade, strike: int | None = 1, fallback: tuple[str, ...] = ()
) -> Standing:
    """A judged leaf, or a group of one leaf when it has a fallback."""
    return Standing(code, grade, strike, (), (code,), fallback)


A = part("A", Grade.STRONG, 3)
B = part("B", Grade.ADEQUATE, 2)
C = part("C", Grade.WEAK, 0)
ALL = frozenset("ABC")


def test_all_rests_on_each_part_and_falls_with_the_first() -> None:
    whole = combine("G", Join.ALL, [A, B, C], ALL, NOBODY)
    assert (whole.code, whole.grade, whole.strike) == ("G", Grade.WEAK, 0)
    assert whole.carried_by == whole.leaves == ("A", "B", "C")
    assert whole.fallback == ()
    assert whole.adjustments == ()


def test_the_fallback_of_all_keeps_the_parts_that_have_none() -> None:
    either = Standing("E", Grade.ADEQUATE, 1, (), ("E1",), ("E2",))
    assert combine("G", Join.ALL, [A, either], ALL, NOBODY).fallback == ("A", "E2")


def test_any_rests_on_its_best_part_and_falls_back_on_the_next() -> None:
    group = combine("G", Join.ANY, [C, B, A], ALL, NOBODY)
    assert (group.code, group.grade, group.strike) == ("G", Grade.STRONG, 3)
    assert group.carried_by == group.leaves == ("A",)
    assert group.fallback == ("B",)


def test_any_of_one_part_falls_back_as_that_part_does() -> None:
    inner = Standing("E", Grade.ADEQUATE, 1, (), ("E1",), ("E2",))
    assert combine("G", Join.ANY, [inner], frozenset("E"), NOBODY).fallback == ("E2",)


def test_ties_go_by_code() -> None:
    assert combine("G", Join.ANY, [part("D", Grade.STRONG), A], ALL, NOBODY).carried_by == ("A",)
    twin = [part("Z", Grade.STRONG), part("Y", Grade.STRONG)]
    assert combine("G", Join.ANY, twin, frozenset("YZ"), NOBODY).carried_by == ("Y",)


def test_parts_that_were_not_relied_on_carry_only_where_none_was() -> None:
    assert combine("G", Join.ANY, [A, B], frozenset("B"), NOBODY).carried_by == ("B",)
    assert combine("G", Join.ANY, [A, B], NOBODY, NOBODY).carried_by == ("A",)


def test_strike_numbers_where_nothing_can_be_struck() -> None:
    stated = part("S", Grade.ADEQUATE, None)
    assert combine("G", Join.ANY, [A, stated], frozenset("AS"), NOBODY).strike is None
    assert combine("G", Join.ALL, [A, stated], ALL, NOBODY).strike == 3
    assert combine("G", Join.ALL, [stated], ALL, NOBODY).strike is None
    assert combine("G", Join.ANY, [A, B], ALL, NOBODY).strike == 3


def test_a_ground_that_does_not_stand_alone_stands_as_the_worst_beside_it() -> None:
    together = combine("G", Join.ANY, [A, B], ALL, frozenset("A"))
    assert together.grade is Grade.ADEQUATE
    assert together.carried_by == ("A",)
    fallen = combine("G", Join.ANY, [A, C], ALL, frozenset("A"))
    assert fallen.grade is Grade.WEAK


def test_only_a_fault_that_would_have_sunk_the_group_is_called_harmless() -> None:
    (told,) = combine("G", Join.ANY, [A, B, C], ALL, NOBODY).adjustments
    assert (told.doctrine, told.from_, told.to) == ("harmless-error", "weak", "strong")
    assert told.why == "C is off the carrying path; A carries without it"
    bad = part("D", Grade.UNSUPPORTED, 0)
    assert combine("G", Join.ANY, [C, bad], frozenset("CD"), NOBODY).adjustments == ()


def test_relying_on_a_part_is_relying_on_the_groups_above_it() -> None:
    top = Element(code="T", join=Join.ALL)
    group = Element(code="G", parent="T", join=Join.ANY)
    leaves = element("X-1", parent="G"), element("X-2", parent="G"), element("X-3", parent="T")
    children = children_of((top, group, *leaves))
    assert asserted_codes(children, None) == {"T", "G", "X-1", "X-2", "X-3"}
    assert asserted_codes(children, ("X-3",)) == {"T", "X-3"}
    assert asserted_codes(children, ("X-2",)) == {"T", "G", "X-2"}
    assert asserted_codes(children, ("G",)) == {"T", "G"}
    assert asserted_codes(children, ()) == set()
    assert asserted_codes(children_of((group,)), None) == set()
    assert asserted_codes({}, None) == set()


LAW = authority(
    Element(code="G-1", join=Join.ANY),
    Element(code="G-2", join=Join.ALL),
    element("X-1", parent="G-1"),
    element("X-2", parent="G-1"),
    element("Y-1", parent="G-2"),
    element("Y-2", parent="G-2"),
)


def two_groups() -> CaseReport:
    """X-1 strong on two origins, X-2 adequate on one of them, Y-1 and Y-2 on different items."""
    return assess(
        record(
            items=tuple(item(f"E-{n}", f"S-{n}") for n in range(1, 5)),
            links=(
                link("E-1", "X-1"),
                link("E-2", "X-1"),
                link("E-3", "X-1", stance=Stance.CONTRADICTS),
                link("E-1", "Y-1"),
                link("E-2", "Y-1"),
                link("E-3", "Y-2"),
                link("E-4", "Y-2"),
                link("E-1", "Y-2"),
            ),
            sources=tuple(source(f"S-{n}") for n in range(1, 5)),
            law=LAW,
            findings=tuple(
                finding(code, "E-1", text=f"Reasons of {code} and of no other.")
                for code in ("X-1", "Y-1", "Y-2")
            ),
            asserts=("X-1", "Y-1"),
        )
    )


def test_a_group_gathers_what_carries_it() -> None:
    report = two_groups()
    either, both = element_of(report, "G-1"), element_of(report, "G-2")
    assert both.supports == ("E-1", "E-2", "E-3", "E-4")
    assert both.origins == 4
    assert [label for label, _ in both.origin_groups] == sorted(
        label for label, _ in both.origin_groups
    )
    assert sorted(items for _, items in both.origin_groups) == [
        ("E-1",),
        ("E-2",),
        ("E-3",),
        ("E-4",),
    ]
    assert either.contradicts == ("E-3",)
    assert either.carried_by == ("X-1",)
    assert both.carried_by == ("Y-1", "Y-2")


def test_a_group_says_in_words_what_it_is_as_good_as() -> None:
    report = two_groups()
    either, both = element_of(report, "G-1"), element_of(report, "G-2")
    assert either.derivation == (f"As good as its best part, X-1: {either.grade}.",)
    assert both.derivation == (f"As good as the worst of its parts: {both.grade}.",)


def test_a_group_is_as_hard_to_bring_down_as_what_carries_it() -> None:
    report = two_groups()
    strikes = {each.code: each.strike_number for each in report.elements}
    assert strikes["G-2"] == min(strikes["Y-1"] or 0, strikes["Y-2"] or 0) > 0
    assert strikes["G-1"] == 0  # unanswered contrary evidence leaves X-1 weak, X-2 has nothing
    assert element_of(report, "G-1").grade.rank <= Grade.WEAK.rank


def test_every_node_has_a_digest_and_says_whether_it_was_relied_on() -> None:
    report = two_groups()
    assert all(each.digest for each in report.elements)
    assert len({each.digest for each in report.elements}) == 6
    relied = {each.code for each in report.elements if each.asserted}
    assert relied == {"G-1", "X-1", "G-2", "Y-1"}


def test_the_report_reads_as_the_tree_does() -> None:
    codes = [each.code for each in two_groups().elements]
    assert codes == ["G-1", "X-1", "X-2", "G-2", "Y-1", "Y-2"]
