"""Provenance: whose word an item is, and which weaknesses it carries from where it came."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from casemgr.apa.record import Claim
from designations.days import Period
from evidence.words import (
    Access,
    ClaimState,
    DerivationKind,
    Ended,
    Hand,
    Integrity,
    Reliability,
    SourceRole,
    Translation,
)
from tests.casemgr.apa.builders import day, item, source
from tests.casemgr.apa.provenance import KINDS, by, of, origins, traced

COPYING = (KINDS.RELAYS, KINDS.COPIES, KINDS.SAME_TEXT, KINDS.TRANSLATES, KINDS.SUMMARIZES)

WEAK = {
    "hand": {"hand": Hand.SECOND},
    "grading": {"reliability": Reliability.D},
    "integrity": {"integrity": Integrity.GAP},
    "translation": {"language": "zh", "translation": Translation.UNCERTIFIED},
}
WEIGHT = {"hand": 75, "grading": 50, "integrity": 50, "translation": 50}


@pytest.mark.parametrize("kind", COPYING)
@pytest.mark.parametrize("factor", WEAK)
@pytest.mark.parametrize("weak", ["original", "copy", "outside"])
def test_a_copy_is_as_weak_as_the_weaker_save_in_what_a_translation_cures(
    kind: DerivationKind, factor: str, weak: str
) -> None:
    said = {"original": {}, "copy": {}, "outside": {}} | {weak: WEAK[factor]}
    copy = item("E-2", derived_from=of("E-1", kind=kind), **{**said["copy"], **said["outside"]})
    items = (copy,) if weak == "outside" else (item("E-1", **said["original"]), copy)
    (stand,) = traced(*items).stands
    cured = weak == "original" and factor == "translation" and kind is KINDS.TRANSLATES
    assert getattr(stand, factor) == (100 if cured else WEIGHT[factor])
    others = [getattr(stand, each) for each in WEAK if each != factor]
    assert others == [100, 100, 100]


@pytest.mark.parametrize(
    ("original", "copy", "live", "summary"),
    [
        ("2026-01-10", "2026-02-20", date(2026, 1, 10), date(2026, 1, 10)),
        ("2026-02-20", "2026-01-10", date(2026, 1, 10), date(2026, 1, 10)),
        ("2026-01-10", None, date(2026, 1, 10), date(2026, 1, 10)),
        (None, "2026-02-20", None, date(2026, 2, 20)),
        (None, None, None, None),
    ],
)
def test_a_copy_shows_no_later_day_than_its_original(
    original: str | None, copy: str | None, live: date | None, summary: date | None
) -> None:
    items = (
        item("E-1", dated_on=day(original) if original else None),
        item("E-2", dated_on=day(copy) if copy else None, derived_from=of("E-1")),
    )
    assert [stand.shown for stand in traced(*items).stands] == [live]
    assert [stand.shown for stand in traced(*items, live=False).stands] == [summary]


@pytest.mark.parametrize(
    ("occurred", "shows"),
    [
        (Period(day("2025-01"), day("2025-06")), date(2025, 6, 30)),
        (Period(day("2025-01"), None), date(2026, 2, 1)),
        (None, date(2026, 2, 1)),
    ],
)
def test_an_item_shows_the_end_of_what_happened_or_else_its_own_date(
    occurred: Period | None, shows: date
) -> None:
    told = item("E-1", occurred=occurred)
    assert traced(told).stands[0].shown == shows
    outside = replace(told, derived_from=by("S-9"))
    assert traced(outside).stands[0].shown == shows


@pytest.mark.parametrize("place", ["original", "copy", "outside", "nowhere"])
def test_a_state_that_ended_has_ended_in_every_copy(place: str) -> None:
    over = {"ended": Ended.BEFORE_DECISION}
    original = item("E-1", **(over if place == "original" else {}))
    copy = item("E-2", derived_from=of("E-1"), **(over if place in ("copy", "outside") else {}))
    items = (copy,) if place == "outside" else (original, copy)
    assert [stand.ended for stand in traced(*items).stands] == [place != "nowhere"]


@pytest.mark.parametrize(
    ("original", "copy", "closed"),
    [
        (Access.CLASSIFIED, Access.PUBLIC, False),
        (Access.PUBLIC, Access.CLASSIFIED, True),
        (Access.PUBLIC, Access.WITHHELD, True),
        (Access.PUBLIC, Access.PROPRIETARY, False),
    ],
)
def test_a_public_copy_opens_a_closed_original(
    original: Access, copy: Access, closed: bool
) -> None:
    items = (item("E-1", access=original), item("E-2", access=copy, derived_from=of("E-1")))
    found = traced(*items)
    assert found.closed is closed
    assert [stand.closed for stand in found.stands] == [closed]


@pytest.mark.parametrize(
    ("given", "live", "summary"), [(None, True, False), (False, True, True), (True, False, False)]
)
def test_closed_material_is_opened_by_a_summary_and_silence_is_a_gap_in_a_live_file(
    given: bool | None, live: bool, summary: bool
) -> None:
    secret = item("E-1", access=Access.CLASSIFIED, summary_given=given)
    assert traced(secret).closed is live
    assert traced(secret, live=False).closed is summary


def test_of_two_ways_to_one_root_the_better_is_kept_in_any_order() -> None:
    first = item("E-0", "S-0")
    good = item("E-1", derived_from=of("E-0"))
    poor = item("E-2", hand=Hand.THIRD, derived_from=of("E-0"))
    for order in (("E-1", "E-2"), ("E-2", "E-1")):
        (stand,) = traced(first, good, poor, item("E-3", derived_from=of(*order))).stands
        assert stand.hand == 100


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({}, {"ended": Ended.BEFORE_DECISION}),
        ({}, {"dated_on": day("2026-01-01")}),
    ],
)
def test_of_two_ways_alike_in_weight_the_one_that_still_holds_and_the_newer_is_kept(
    better: Any, worse: Any
) -> None:
    one = item("E-1", derived_from=of("E-0"), **better)
    other = item("E-2", derived_from=of("E-0"), **worse)
    for order in (("E-1", "E-2"), ("E-2", "E-1")):
        last = item("E-3", derived_from=of(*order))
        (stand,) = traced(item("E-0", "S-0"), one, other, last).stands
        assert (stand.ended, stand.shown) == (False, date(2026, 2, 1))


ALTERED = {"integrity": Integrity.MISMATCH}
FOREIGN = {"language": "zh", "translation": Translation.NONE}
UNREAD = "what it copies has no translation at all"


@pytest.mark.parametrize(
    ("first", "second", "kind", "struck", "because"),
    [
        ({}, {}, KINDS.COPIES, None, ""),
        (
            ALTERED,
            ALTERED,
            KINDS.COPIES,
            "integrity",
            "it copies E-1, E-2, which cannot be relied on",
        ),
        (
            ALTERED,
            ALTERED,
            KINDS.ANALYZES,
            "integrity",
            "it analyzes E-1, E-2, which cannot be relied on",
        ),
        (ALTERED, {}, KINDS.COPIES, None, ""),
        (ALTERED, {}, KINDS.ANALYZES, None, ""),
        (ALTERED, ALTERED, KINDS.VERIFIES, None, ""),
        (FOREIGN, FOREIGN, KINDS.RELAYS, "untranslated", UNREAD),
        (FOREIGN, {}, KINDS.RELAYS, None, ""),
        (FOREIGN, FOREIGN, KINDS.TRANSLATES, None, ""),
        (FOREIGN, FOREIGN, KINDS.ANALYZES, None, ""),
    ],
)
def test_what_goes_back_only_to_struck_items_falls_with_them(
    first: Any, second: Any, kind: DerivationKind, struck: str | None, because: str
) -> None:
    last = item("E-3", "S-3", derived_from=of("E-1", "E-2", kind=kind))
    found = traced(item("E-1", **first), item("E-2", **second), last)
    assert (found.struck, found.struck_because) == (struck, because)


def test_a_copy_of_an_altered_and_a_sound_item_stands_for_the_sound_one() -> None:
    items = (item("E-1", **ALTERED), item("E-2"), item("E-3", derived_from=of("E-1", "E-2")))
    assert origins(traced(*items)) == [("item", "E-2")]


def test_a_copy_of_altered_items_only_still_says_whose_they_were() -> None:
    found = traced(item("E-1", **ALTERED), item("E-3", derived_from=of("E-1")))
    assert origins(found) == [("item", "E-1")]


GAINS = source("S-1", SourceRole.AFFECTED_PARTY)
NEUTRAL = source("S-2", SourceRole.COMMERCIAL)


@pytest.mark.parametrize(
    ("derived", "rests_on", "interested_only"),
    [
        ((), set(), False),
        (of("E-1", kind=KINDS.ANALYZES), {("source", "S-1")}, True),
        (of("E-1", "E-2", kind=KINDS.ANALYZES), {("source", "S-1"), ("source", "S-2")}, False),
        (by("S-1", kind=KINDS.ANALYZES), {("source", "S-1")}, True),
        (by("S-2", kind=KINDS.ANALYZES), {("source", "S-2")}, False),
        (of("E-77", kind=KINDS.ANALYZES), {("item", "E-77")}, False),
        (of("E-1", kind=KINDS.VERIFIES), set(), False),
        (
            (*of("E-2", kind=KINDS.VERIFIES), *of("E-1", kind=KINDS.ANALYZES)),
            {("source", "S-1")},
            True,
        ),
    ],
)
def test_an_analysis_rests_on_whoever_gave_the_data(
    derived: Any, rests_on: set[tuple[str, str]], interested_only: bool
) -> None:
    last = item("E-3", "S-3", derived_from=derived)
    found = traced(
        item("E-1", "S-1"), item("E-2", "S-2"), last, sources=(GAINS, NEUTRAL, source("S-3"))
    )
    assert found.rests_on == rests_on
    assert found.analyzes_interested_only is interested_only
    assert origins(found) == [("source", "S-3")]


@pytest.mark.parametrize(
    ("said", "verified", "contradicted"),
    [
        ({}, False, False),
        ({"derived_from": of("E-1", kind=KINDS.VERIFIES)}, True, False),
        ({"derived_from": of("E-1")}, False, False),
        ({"claims": ClaimState.VERIFIED}, True, False),
        ({"claims": ClaimState.NEVER}, False, False),
        ({"claims": ClaimState.CONTRADICTED}, False, True),
    ],
)
def test_an_item_is_verified_by_verifying_another_or_by_its_own_figures(
    said: Any, verified: bool, contradicted: bool
) -> None:
    if "claims" in said:
        claim = Claim(metric="accounts", value=Decimal(3), check=said["claims"])
        said = {"claims": (claim,)}
    found = traced(item("E-1", "S-1"), item("E-2", "S-2", **said))
    assert (found.verified, found.contradicted) == (verified, contradicted)


def test_a_copy_repeats_a_contradicted_figure() -> None:
    claim = Claim(metric="accounts", value=Decimal(3), check=ClaimState.CONTRADICTED)
    original = item("E-1", claims=(claim,))
    assert traced(original, item("E-2", derived_from=of("E-1"))).contradicted
    analysis = item("E-2", derived_from=of("E-1", kind=KINDS.ANALYZES))
    assert not traced(original, analysis).contradicted


UNGRADED = {"reliability": None, "credibility": None, "graded": False}


@pytest.mark.parametrize(
    ("original", "copy", "graded"),
    [({}, {}, True), (UNGRADED, {}, False), ({}, UNGRADED, False), (UNGRADED, UNGRADED, False)],
)
def test_a_copy_is_graded_when_it_and_its_original_are(
    original: Any, copy: Any, graded: bool
) -> None:
    found = traced(item("E-1", **original), item("E-2", derived_from=of("E-1"), **copy))
    assert (found.graded, found.low) == (graded, not graded)


SILENT = {
    "hand": None,
    "reliability": None,
    "credibility": None,
    "integrity": None,
    "access": Access.CLASSIFIED,
}


@pytest.mark.parametrize("derived", [(), of("E-1")], ids=["original", "copy"])
def test_silence_is_a_gap_in_a_live_file_whether_an_item_is_copied_or_not(derived: Any) -> None:
    unsaid = item("E-2", "S-2", derived_from=derived, translation=None, language="zh", **SILENT)
    gap = traced(item("E-1"), unsaid)
    (stand,) = gap.stands
    assert (stand.hand, stand.grading, stand.integrity, stand.translation) == (50, 75, 75, 50)
    assert (gap.graded, gap.low, gap.flawed, gap.unread, gap.closed) == (False, *[True] * 4)
    fine = traced(item("E-1"), unsaid, live=False)
    (stand,) = fine.stands
    assert (stand.hand, stand.grading, stand.integrity, stand.translation) == (100,) * 4
    assert (fine.graded, fine.low, fine.flawed, fine.unread, fine.closed) == (True, *[False] * 4)


@pytest.mark.parametrize("derived", [(), of("E-1")], ids=["original", "copy"])
def test_what_is_withheld_is_struck_where_the_court_reviews_in_full(derived: Any) -> None:
    kept = item("E-2", "S-2", access=Access.WITHHELD, derived_from=derived)
    assert traced(item("E-1"), kept, withheld=True).struck == "classified-only"
    assert traced(item("E-1"), kept).struck is None


def test_one_item_read_live_and_as_a_summary_is_judged_by_each() -> None:
    silent = item("E-1", hand=None)
    told = [traced(silent, live=live).stands[0].hand for live in (True, False, True)]
    assert told == [50, 100, 50]


def test_the_source_is_kept_beside_the_item() -> None:
    sources = (source("S-1"), source("S-9"))
    copy = item("E-1", "S-1", derived_from=by("S-9"))
    found = traced(copy, sources=sources)
    assert (found.item, found.source) == (copy, sources[0])
    assert traced(item("E-1"), sources=sources).source is None
