"""The report of a group: as good as which part, on whose word, and what was raised on itself."""

from dataclasses import replace
from typing import Any

import pytest

from casemgr.apa.assess import assess
from casemgr.apa.record import PriorPosition, Record
from casemgr.apa.report import ElementReport
from casemgr.words import DecidedBy, Grade, Severity, Stance
from designations.library.model import Element
from designations.words import Join
from tests.casemgr.apa.builders import (
    authority,
    element,
    element_of,
    finding,
    item,
    link,
    sound,
    source,
)

PARTS = ("X-1", "X-2")
SAID_BY = {"E-1": "S-1", "E-2": "S-2", "E-3": "S-3", "E-4": "S-2", "E-5": "S-1"}


def tree(join: Join, **case: Any) -> Record:
    """A group G over X-1, with one item against it, and X-2, of the same two sources."""
    elements = (element("G", None, join=join), *(replace(element(p), parent="G") for p in PARTS))
    links = (
        link("E-1"),
        link("E-2"),
        link("E-3", stance=Stance.CONTRADICTS),
        link("E-2", "X-2"),
        link("E-4", "X-2"),
        link("E-5", "X-2"),
    )
    return sound(
        items=tuple(item(key, said_by) for key, said_by in SAID_BY.items()),
        sources=(source("S-1"), source("S-2"), source("S-3")),
        links=links,
        findings=tuple(finding(code, "E-2", text=f"{code} is shown") for code in PARTS),
        law=authority(*elements),
        **case,
    )


def group(given: Record) -> ElementReport:
    return element_of(assess(given), "G")


def test_a_group_of_all_is_told_as_the_worst_of_its_parts() -> None:
    found = group(tree(Join.ALL))
    assert found.grade is Grade.WEAK
    assert found.derivation == ("As good as the worst of its parts: weak.",)
    assert found.supports == ("E-1", "E-2", "E-4", "E-5")
    assert found.contradicts == ("E-3",)
    assert found.origin_groups == (("S-1", ("E-1", "E-5")), ("S-2", ("E-2", "E-4")))
    assert found.origins == 2
    assert found.strike_number == 0
    assert found.decided_by is DecidedBy.STATED


def test_a_group_of_any_is_told_as_its_best_part() -> None:
    found = group(tree(Join.ANY))
    assert found.grade is Grade.STRONG
    assert found.derivation == ("As good as its best part, X-2: strong.",)
    assert found.supports == ("E-2", "E-4", "E-5")
    assert found.contradicts == ()
    assert found.decided_by is DecidedBy.WEIGHED
    assert found.strike_number == element_of(assess(tree(Join.ANY)), "X-2").strike_number


def reliance(where: str) -> PriorPosition:
    return PriorPosition(what="review by case", element=where)


def test_what_is_raised_on_a_group_caps_the_group_and_the_case() -> None:
    given = tree(Join.ANY, prior_position=(reliance("G"),))
    report = assess(given)
    found = element_of(report, "G")
    (flag,) = found.flags
    assert (flag.doctrine, flag.severity) == ("reliance", Severity.MODERATE)
    assert flag.statement.startswith("G departs from an earlier position")
    assert found.grade is report.grade is Grade.ADEQUATE
    assert element_of(report, "X-2").grade is Grade.STRONG
    assert found.strike_number == element_of(report, "X-2").strike_number


def test_a_group_is_asserted_when_it_is_relied_on() -> None:
    assert group(tree(Join.ANY)).asserted
    only = assess(tree(Join.ANY, asserts=("X-1",)))
    assert not element_of(only, "X-2").asserted
    assert element_of(only, "X-1").asserted


def test_the_digest_of_a_group_follows_its_text_its_join_and_what_is_said_on_it() -> None:
    base = tree(Join.ANY)
    reworded: tuple[Element, ...] = tuple(
        replace(each, text="other words") if each.code == "G" else each
        for each in base.authority.elements
    )
    others = (
        tree(Join.ALL),
        tree(Join.ANY, prior_position=(reliance("G"),)),
        replace(base, authority=replace(base.authority, elements=reworded)),
    )
    assert len({group(each).digest for each in (base, *others)}) == 4
    assert group(tree(Join.ANY, prior_position=(reliance("X-1"),))).digest == group(base).digest


@pytest.mark.parametrize(("join", "fallback"), [(Join.ANY, ("X-1",)), (Join.ALL, ())])
def test_a_nested_group_hands_its_fallback_up(join: Join, fallback: tuple[str, ...]) -> None:
    given = tree(join)
    nested = tuple(
        replace(each, parent="TOP") if each.code == "G" else each
        for each in given.authority.elements
    )
    law = authority(element("TOP", None, join=Join.ALL), *nested)
    report = assess(replace(given, authority=law))
    assert report.fallback_path == fallback
    assert [each.code for each in report.elements] == ["TOP", "G", "X-1", "X-2"]
    assert element_of(report, "TOP").carried_by == ("G",)
    top, inner = element_of(report, "TOP"), element_of(report, "G")
    assert top.strike_number == inner.strike_number
