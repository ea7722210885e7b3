"""Digests: what a signature was given on, and what the memory of an object holds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from casemgr.apa.digest import canonical, closed_digests, plain, sha256
from casemgr.apa.memory import Memory, Recent
from casemgr.apa.record import Claim, Derivation, Item
from evidence.words import DerivationKind, Hand
from tests.casemgr.apa.builders import day, item


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        ("é", '"é"'),
        (3, "3"),
        (Hand.FIRST, '"first"'),
        (day("2026-03"), '"2026-03"'),
        (date(2026, 3, 1), '"2026-03-01"'),
        (Decimal("2.50"), '"2.50"'),
        (("b", "a"), '["b","a"]'),
        ({"b": 1, "a": Decimal(2)}, '{"a":"2","b":1}'),
        (Claim(metric="accounts"), '{"metric":"accounts"}'),
        (Claim(metric="x", value=Decimal(1)), '{"metric":"x","value":"1"}'),
        (item("E-1", dated_on=None).hand, '"first"'),
    ],
)
def test_every_value_has_one_text_without_defaults(value: Any, text: str) -> None:
    assert canonical(value) == text


def test_what_has_no_text_says_what_it_is() -> None:
    with pytest.raises(TypeError, match="float has no canonical form"):
        plain(1.5)


def test_a_digest_is_of_the_text_in_unicode() -> None:
    assert sha256("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


COPIES = DerivationKind.COPIES
SOURCES = {"S-1": "one", "S-2": "two"}


def family(**changed: Item) -> dict[str, Item]:
    """E-3 copies E-2, which copies E-1; E-4 relays a source outside the record."""
    items = {
        "E1": item("E-1", "S-1"),
        "E2": item("E-2", "S-2", derived_from=(Derivation(kind=COPIES, item="E-1"),)),
        "E3": item("E-3", derived_from=(Derivation(kind=COPIES, item="E-2"),)),
        "E4": item("E-4", derived_from=(Derivation(kind=COPIES, source="S-1"),)),
        "E5": item("E-5", "S-2"),
    }
    return {each.key: each for each in {**items, **changed}.values()}


def moved(items: dict[str, Item], sources: dict[str, str]) -> set[str]:
    """The items whose digest is not that of the family as it was."""
    before, after = closed_digests(family(), SOURCES), closed_digests(items, sources)
    return {key for key in before if before[key] != after[key]}


def test_a_change_of_an_item_moves_all_that_goes_back_to_it() -> None:
    assert moved(family(), dict(SOURCES)) == set()
    assert moved(family(E1=item("E-1", "S-1", body=True)), SOURCES) == {"E-1", "E-2", "E-3"}
    second = replace(family()["E-2"], body=True)
    assert moved(family(E2=second), SOURCES) == {"E-2", "E-3"}


def test_a_change_of_a_source_moves_what_it_says_and_what_retells_it() -> None:
    assert moved(family(), {**SOURCES, "S-1": "other"}) == {"E-1", "E-2", "E-3", "E-4"}
    assert moved(family(), {**SOURCES, "S-2": "other"}) == {"E-2", "E-3", "E-5"}


def test_two_sources_nobody_described_are_told_apart_by_their_keys() -> None:
    one = closed_digests({"E-1": item("E-1", "S-8")}, {})
    other = closed_digests({"E-1": item("E-1", "S-9")}, {})
    assert one != other
    relayed = [
        closed_digests({"E-1": item("E-1", derived_from=(Derivation(kind=COPIES, **of),))}, {})
        for of in ({"source": "S-8"}, {"source": "S-9"}, {"item": "E-8"}, {"item": "E-9"})
    ]
    assert len({found["E-1"] for found in relayed}) == 4


def test_what_is_remembered_of_an_object_is_its_own() -> None:
    memory: Memory[str] = Memory()
    first, twin = item("E-1"), item("E-1")
    assert memory.of(first) is None
    assert memory.keep(first, "one") == "one"
    assert (memory.of(first), memory.of(twin)) == ("one", None)
    memory.keep(twin, "two")
    assert (memory.of(first), memory.of(twin)) == ("one", "two")


def test_the_memory_of_an_object_goes_with_it() -> None:
    memory: Memory[str] = Memory()
    for _ in range(3):
        memory.keep(item("E-1"), "gone at once")
    assert memory._kept == {}


def test_recent_answers_are_dropped_together_when_there_are_too_many() -> None:
    recent: Recent[int] = Recent(2)
    assert recent.keep("a", 1) == 1
    recent.keep("b", 2)
    assert (recent.of("a"), recent.of("b")) == (1, 2)
    recent.keep("c", 3)
    assert (recent.of("a"), recent.of("b"), recent.of("c")) == (None, None, 3)
    recent.forget()
    assert recent.of("c") is None
