"""The element's period, its age, who gains, and what a second fact of one origin adds."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casemgr.apa import weights
from casemgr.apa.origins import Provenances
from casemgr.apa.record import Derivation, Item, Link, Record, Relative
from casemgr.apa.sufficiency import Entry, Yardstick, by_origin, total
from casemgr.words import Attribution, Directness
from designations.days import Period
from designations.words import ElementKind
from evidence.words import DerivationKind, Ended, Interest, Order, RelativeTo, SourceRole
from tests.casemgr.apa.builders import day, element, item, link, record, source

DECISION = date(2026, 3, 10)


def entry(one: Item, bearing: Link | None = None, *, live: bool = True, **said: Any) -> Entry:
    """How an element weighs one item."""
    given = record(items=(one,), sources=(source("S-1"), source("S-P", SourceRole.AFFECTED_PARTY)))
    provenances = Provenances(given, live=live, withheld_struck=False)
    kind = said.pop("kind", ElementKind.FACT)
    yardstick = Yardstick(element("X-1", kind, **said), live, DECISION, DECISION)
    return yardstick.entry(bearing or link(one.key), provenances[one.key])


def weight(*args: Any, **said: Any) -> int:
    return weights.hundredths(entry(*args, **said).weight)


YEAR = Period(day("2025-01-01"), day("2025-12-31"))


@pytest.mark.parametrize(
    ("occurred", "outside"),
    [
        (Period(None, day("2024-12-31")), True),
        (Period(None, day("2025-01-01")), False),
        (Period(day("2024-06-01"), day("2025-06-01")), False),
        (Period(day("2025-12-31"), None), False),
        (Period(day("2026-01-01"), None), True),
        (None, False),
    ],
)
def test_what_happened_outside_the_elements_time_is_background(
    occurred: Period | None, outside: bool
) -> None:
    found = entry(item("E-1", "S-1", occurred=occurred), period=YEAR)
    assert found.outside_period is outside
    assert found.direct is not outside
    assert weights.hundredths(found.weight) == (10 if outside else 100)


@pytest.mark.parametrize(
    ("period", "outside"),
    [
        (Period(day("2025-01-01"), None), False),
        (Period(None, day("2025-12-31")), False),
        (Period(None, day("2023-12-31")), True),
        (Period(day("2024-07-01"), None), True),
    ],
)
def test_a_period_open_at_one_end_bounds_only_the_other(period: Period, outside: bool) -> None:
    happened = Period(day("2024-05-01"), day("2024-06-01" if outside else "2025-02-01"))
    assert entry(item("E-1", occurred=happened), period=period).outside_period is outside


def test_an_item_open_at_both_ends_of_its_own_time_is_inside() -> None:
    for happened in (Period(day("2020-01-01"), None), Period(None, day("2030-01-01"))):
        assert not entry(item("E-1", occurred=happened), period=YEAR).outside_period


def test_an_item_placed_before_the_conduct_is_background_and_after_it_is_not() -> None:
    before = Relative(to=RelativeTo.CONDUCT, order=Order.BEFORE)
    assert entry(item("E-1", relative=before)).outside_period
    assert not entry(item("E-1", relative=replace(before, order=Order.AFTER))).outside_period
    placed = Relative(to=RelativeTo.DECISION, order=Order.BEFORE)
    assert not entry(item("E-1", relative=placed)).outside_period


@pytest.mark.parametrize(
    ("said", "live", "summary"),
    [
        ({"directness": None}, 50, 100),
        ({"attribution": None}, 50, 100),
        ({"directness": Directness.CIRCUMSTANTIAL}, 50, 50),
        ({"attribution": Attribution.AFFILIATE}, 50, 50),
        ({"attribution": Attribution.AGENT}, 90, 90),
    ],
)
def test_what_a_link_leaves_unsaid_halves_it_in_a_live_file_only(
    said: Any, live: int, summary: int
) -> None:
    assert weight(item("E-1", "S-1"), link("E-1", **said)) == live
    assert weight(item("E-1", "S-1"), link("E-1", **said), live=False) == summary


def test_unsaid_attribution_is_no_gap_where_the_element_is_not_about_a_person() -> None:
    of_nobody = link("E-1", attribution=None)
    assert weight(item("E-1", "S-1"), of_nobody) == 50
    assert weight(item("E-1", "S-1"), of_nobody, kind=ElementKind.TIMING) == 100
    of_a_class = link("E-1", attribution=Attribution.CLASS)  # stated, it is read all the same
    assert weight(item("E-1", "S-1"), of_a_class, kind=ElementKind.TIMING) == 20


def test_who_gains_weighs_less_as_stated_of_the_link_or_known_of_the_source() -> None:
    gains = item("E-1", "S-P")
    assert weight(gains) == 75
    assert weight(gains, link("E-1", interest=Interest.DISINTERESTED)) == 100
    assert weight(item("E-1", "S-1"), link("E-1", interest=Interest.INTERESTED)) == 75
    assert entry(gains).interested
    assert not entry(item("E-1", "S-1")).interested


@pytest.mark.parametrize(
    ("kind", "fresh_days", "shown", "stale"),
    [
        (ElementKind.STATUS, None, "2024-03-10", False),  # 730 days
        (ElementKind.STATUS, None, "2024-03-09", True),
        (ElementKind.FORWARD, None, "2025-03-10", False),  # 365 days
        (ElementKind.FORWARD, None, "2025-03-09", True),
        (ElementKind.STATUS, 30, "2026-02-08", False),
        (ElementKind.STATUS, 30, "2026-02-07", True),
        (ElementKind.FACT, 30, "2026-02-07", True),
        (ElementKind.FACT, None, "2001-01-01", False),
        (ElementKind.STATUS, 730, "2024-06-01", False),
        (ElementKind.FORWARD, 730, "2024-06-01", False),
    ],
)
def test_a_present_state_is_shown_by_what_is_new_enough(
    kind: ElementKind, fresh_days: int | None, shown: str, stale: bool
) -> None:
    found = entry(item("E-1", "S-1", dated_on=day(shown)), kind=kind, fresh_days=fresh_days)
    assert found.stale is stale
    assert weights.hundredths(found.weight) == (50 if stale else 100)


def test_silence_on_age_is_a_gap_only_in_a_live_file() -> None:
    undated = item("E-1", "S-1", dated_on=None)
    assert entry(undated, kind=ElementKind.STATUS).stale
    assert not entry(undated, kind=ElementKind.STATUS, live=False).stale
    old = item("E-1", "S-1", dated_on=day("2001"))
    assert not entry(old, kind=ElementKind.STATUS, live=False).stale
    assert entry(old, kind=ElementKind.STATUS, live=False, fresh_days=730).stale


def test_what_ended_before_the_decision_shows_no_present_state() -> None:
    over = item("E-1", "S-1", ended=Ended.BEFORE_DECISION)
    assert entry(over, kind=ElementKind.STATUS, live=False).stale
    assert not entry(over).stale
    happened = item("E-1", "S-1", occurred=Period(day("2026-01-01"), day("2026-03-09")))
    assert entry(happened, kind=ElementKind.STATUS, live=False).stale
    assert not entry(
        replace(happened, occurred=Period(day("2026-01-01"), day("2026-03-10"))),
        kind=ElementKind.STATUS,
        live=False,
    ).stale


def weighed(given: Record) -> list[Entry]:
    provenances = Provenances(given, live=True, withheld_struck=False)
    yardstick = Yardstick(element(), True, DECISION, DECISION)
    return [yardstick.entry(each, provenances[each.item]) for each in given.case.links]


def hundredths(given: Record) -> list[int]:
    return sorted(weights.hundredths(w) for w in by_origin(weighed(given)).values())


def of_one_firm(*worth: Directness) -> Record:
    keys = [f"E-{n}" for n in range(len(worth))]
    return record(
        items=tuple(item(key, "S-1") for key in keys),
        links=tuple(link(key, directness=each) for key, each in zip(keys, worth, strict=True)),
        sources=(source("S-1"),),
    )


D, C = Directness.DIRECT, Directness.CIRCUMSTANTIAL


def test_the_second_and_third_fact_of_one_origin_count_a_half_and_a_quarter() -> None:
    assert hundredths(of_one_firm(D)) == [100]
    assert hundredths(of_one_firm(D, D)) == [150]
    assert hundredths(of_one_firm(D, D, D)) == [175]


def test_the_strongest_fact_counts_whole_in_any_order() -> None:
    assert hundredths(of_one_firm(C, D)) == hundredths(of_one_firm(D, C)) == [125]
    assert hundredths(of_one_firm(C, C, D)) == [137]


def test_facts_of_two_origins_are_added() -> None:
    given = record(
        items=(item("E-1", "S-1"), item("E-2", "S-2")),
        links=(link("E-1"), link("E-2", directness=C)),
        sources=(source("S-1"), source("S-2")),
    )
    assert hundredths(given) == [50, 100]
    assert weights.hundredths(total(weighed(given))) == 150


def relaying(*articles: Directness, own: Directness | None = None) -> Record:
    """Articles that retell S-1, which is not in the record, and perhaps an item of S-1 itself."""
    items = [
        item(f"A-{n}", "S-P", derived_from=(Derivation(kind=DerivationKind.RELAYS, source="S-1"),))
        for n in range(len(articles))
    ]
    links = [link(f"A-{n}", directness=each) for n, each in enumerate(articles)]
    if own:
        items.append(item("E-1", "S-1"))
        links.append(link("E-1", directness=own))
    return record(
        items=tuple(items),
        links=tuple(links),
        sources=(source("S-1"), source("S-P", SourceRole.PRESS)),
    )


def test_a_source_that_is_only_retold_adds_nothing_to_its_own_item() -> None:
    assert hundredths(relaying(D)) == [100]
    assert hundredths(relaying(D, C)) == [100]  # one root, at its best copy
    assert hundredths(relaying(C, own=D)) == [100]
    assert hundredths(relaying(D, own=C)) == [100]
