"""Quality before bearing: what is stated, what silence means, and what openness follows."""

from typing import Any

import pytest

from casemgr.apa import quality
from casemgr.apa.record import Derivation, Exhibit, Item
from evidence.words import (
    Access,
    DerivationKind,
    Hand,
    Integrity,
    Privilege,
    Reliability,
    Translation,
)
from tests.casemgr.apa.builders import day

LIVE, SUMMARY = True, False
FILE = Exhibit(sha256="0" * 64)
TOLD = (Derivation(kind=DerivationKind.RELAYS, source="S-9"),)


def bare(**said: Any) -> Item:
    """An item of which nothing else is stated."""
    return Item(key="E-1", **said)


@pytest.mark.parametrize(
    ("said", "live", "summary"),
    [
        ({}, 75, 100),  # no file behind it: a citation
        ({"exhibits": (FILE,)}, 100, 100),
        ({"integrity": Integrity.INTACT}, 100, 100),
        ({"integrity": Integrity.GAP, "exhibits": (FILE,)}, 50, 50),
    ],
)
def test_a_live_item_without_a_file_is_a_citation(said: Any, live: int, summary: int) -> None:
    assert quality.integrity_weight(bare(**said), LIVE) == live
    assert quality.integrity_weight(bare(**said), SUMMARY) == summary


@pytest.mark.parametrize(
    ("said", "live", "summary"),
    [
        ({}, 50, 100),
        ({"hand": Hand.FIRST}, 100, 100),
        ({"hand": Hand.THIRD}, 50, 50),
        ({"derived_from": TOLD}, 50, 75),  # stated to relay somebody outside the record
        ({"derived_from": TOLD, "hand": Hand.FIRST}, 100, 100),
        ({"derived_from": (Derivation(kind=DerivationKind.RELAYS, item="E-2"),)}, 50, 100),
        ({"derived_from": (Derivation(kind=DerivationKind.ANALYZES, source="S-9"),)}, 50, 100),
    ],
)
def test_how_close_the_source_is(said: Any, live: int, summary: int) -> None:
    assert quality.hand_weight(bare(**said), LIVE) == live
    assert quality.hand_weight(bare(**said), SUMMARY) == summary


@pytest.mark.parametrize(
    ("said", "live", "summary"),
    [
        ({}, 75, 100),
        ({"graded": False}, 50, 50),
        ({"graded": True}, 100, 100),
        ({"reliability": Reliability.C, "credibility": 1}, 75, 75),
        ({"reliability": Reliability.A, "credibility": 4}, 50, 50),
        ({"credibility": 5, "graded": False}, 25, 25),
    ],
)
def test_a_grading_is_the_worse_of_its_two_halves(said: Any, live: int, summary: int) -> None:
    assert quality.grading_weight(bare(**said), LIVE) == live
    assert quality.grading_weight(bare(**said), SUMMARY) == summary


@pytest.mark.parametrize(
    ("said", "live", "summary"),
    [
        ({}, False, True),
        ({"reliability": Reliability.B}, True, True),
        ({"credibility": 2}, True, True),
        ({"credibility": 2, "graded": False}, False, False),
        ({"graded": True}, True, True),
    ],
)
def test_silence_on_grading_is_a_gap_only_in_a_live_file(
    said: Any, live: bool, summary: bool
) -> None:
    assert quality.is_graded(bare(**said), LIVE) is live
    assert quality.is_graded(bare(**said), SUMMARY) is summary


@pytest.mark.parametrize(
    ("said", "foreign"),
    [
        ({}, False),
        ({"language": "en"}, False),
        ({"language": "EN-us"}, False),
        ({"language": "English"}, False),
        ({"language": "zh"}, True),
        ({"language": "zh-Hans"}, True),
        ({"translation": Translation.CERTIFIED}, True),
        ({"language": "en", "translation": Translation.CERTIFIED}, False),
    ],
)
def test_a_tag_of_any_region_and_case_tells_the_language(said: Any, foreign: bool) -> None:
    assert quality.is_foreign(bare(**said)) is foreign


@pytest.mark.parametrize(
    ("said", "live", "summary"),
    [
        ({"language": "en"}, 100, 100),
        ({"language": "zh"}, 50, 100),
        ({"language": "zh", "translation": Translation.UNCERTIFIED}, 50, 50),
        ({"language": "zh", "translation": Translation.CERTIFIED}, 100, 100),
        ({"language": "zh", "translation": Translation.NONE}, 0, 0),
    ],
)
def test_a_translation_nobody_mentions_is_a_gap_only_in_a_live_file(
    said: Any, live: int, summary: int
) -> None:
    assert quality.translation_weight(bare(**said), LIVE) == live
    assert quality.translation_weight(bare(**said), SUMMARY) == summary


@pytest.mark.parametrize(
    ("said", "access"),
    [
        ({}, Access.PUBLIC),
        ({"markings": ("FOUO",)}, Access.CUI),
        ({"markings": ("PROPRIETARY",)}, Access.PROPRIETARY),
        ({"markings": ("FOUO", "PROPIN")}, Access.PROPRIETARY),
        ({"privilege": Privilege.NONE}, Access.PUBLIC),
        ({"privilege": Privilege.ATTORNEY_CLIENT, "markings": ("PROPIN",)}, Access.PRIVILEGED),
        (
            {"classified_reference": "held elsewhere", "privilege": Privilege.ATTORNEY_CLIENT},
            Access.CLASSIFIED,
        ),
        ({"access": Access.WITHHELD, "classified_reference": "held elsewhere"}, Access.WITHHELD),
    ],
)
def test_openness_of_a_live_item_follows_from_what_is_marked_on_it(
    said: Any, access: Access
) -> None:
    assert quality.access(bare(**said), LIVE) is access


def test_openness_is_not_guessed_in_a_summary() -> None:
    assert quality.access(bare(markings=("PROPIN",)), SUMMARY) is None
    assert quality.access(bare(access=Access.CUI), SUMMARY) is Access.CUI


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({}, (None, "")),
        (
            {"integrity": Integrity.MISMATCH},
            ("integrity", "its bytes do not match the recorded hash"),
        ),
        ({"withdrawn_on": day("2026-02-03")}, ("integrity", "it was withdrawn on 2026-02-03")),
        (
            {"language": "zh", "translation": Translation.NONE},
            ("untranslated", "it is in zh and has no translation at all"),
        ),
        ({"language": "en", "translation": Translation.NONE}, (None, "")),
        (
            {"access": Access.WITHHELD},
            ("classified-only", "it is withheld from a court that reviews in full"),
        ),
        ({"access": Access.CLASSIFIED}, (None, "")),
    ],
)
def test_an_item_left_out_whatever_it_bears_on_says_why(said: Any, because: Any) -> None:
    assert quality.struck_by_itself(bare(**said), LIVE, True) == because
    assert quality.struck_by_itself(bare(**said), SUMMARY, True) == because


def test_what_is_withheld_counts_where_the_court_does_not_review_in_full() -> None:
    assert quality.struck_by_itself(bare(access=Access.WITHHELD), LIVE, False) == (None, "")
