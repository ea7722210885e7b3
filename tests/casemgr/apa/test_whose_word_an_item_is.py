"""Independence: whose word an item is, by its source and by whom it retells."""

from typing import Any

import pytest

from evidence.words import (
    Interest,
    SourceRole,
)
from tests.casemgr.apa.builders import item, source
from tests.casemgr.apa.provenance import by, of, origins, traced


@pytest.mark.parametrize(
    ("said", "origin"),
    [
        ({"role": SourceRole.PRESS}, ("source", "S-1")),
        ({"role": SourceRole.RESPONDENT}, ("source", "S-1")),
        ({"role": SourceRole.COURT}, ("item", "E-1")),
        ({"role": SourceRole.PUBLIC_RECORD}, ("item", "E-1")),
        ({"role": SourceRole.US_GOVERNMENT}, ("item", "E-1")),
        ({"role": SourceRole.PRESS, "anonymous": True}, ("source", "S-1")),
        ({"role": SourceRole.US_GOVERNMENT, "anonymous": True}, ("officials", "us")),
        ({"role": SourceRole.DECIDING_AUTHORITY, "anonymous": True}, ("officials", "us")),
        ({"role": SourceRole.FOREIGN_GOVERNMENT, "anonymous": True}, ("officials", "foreign")),
        ({"role": SourceRole.COURT, "anonymous": True}, ("item", "E-1")),
        (
            {"role": SourceRole.FOREIGN_GOVERNMENT, "anonymous": True, "of_government": "FR"},
            ("officials", "fr"),
        ),
        (
            {"role": SourceRole.OTHER, "anonymous": True, "of_government": "us"},
            ("officials", "us"),
        ),
        ({"role": SourceRole.FOREIGN_GOVERNMENT, "of_government": "fr"}, ("item", "E-1")),
    ],
)
def test_whose_word_an_item_of_a_source_is(said: Any, origin: tuple[str, str]) -> None:
    found = traced(item("E-1", "S-1"), sources=(source("S-1", **said),))
    assert origins(found) == [origin]


@pytest.mark.parametrize(
    ("said", "origin"),
    [
        ({"role": SourceRole.PRESS}, ("source", "S-9")),
        ({"role": SourceRole.COURT}, ("source", "S-9")),
        ({"role": SourceRole.US_GOVERNMENT, "anonymous": True}, ("officials", "us")),
    ],
)
def test_whose_word_is_retold_from_outside_the_record(said: Any, origin: tuple[str, str]) -> None:
    told = item("E-1", "S-1", derived_from=by("S-9"))
    (stand,) = traced(told, sources=(source("S-1"), source("S-9", **said))).stands
    assert stand.root.origin == origin
    assert stand.root.id == ("source", "S-9")
    assert stand.root.label == "S-9"
    assert stand.root.role is said["role"]
    assert stand.root.anonymous is said.get("anonymous", False)


def test_what_nobody_named_said_goes_by_the_item() -> None:
    (stand,) = traced(item("E-1")).stands
    root = stand.root
    assert (root.id, root.origin, root.label) == (("item", "E-1"), ("item", "E-1"), "E-1")
    assert (root.role, root.interested, root.anonymous) == (None, False, False)


def test_a_copy_of_what_is_not_in_the_record_stands_for_it() -> None:
    (stand,) = traced(item("E-1", "S-1", derived_from=of("E-77")), sources=(source("S-1"),)).stands
    root = stand.root
    assert (root.id, root.origin, root.label) == (("item", "E-77"), ("item", "E-77"), "E-77")
    assert (root.role, root.interested, root.anonymous) == (None, False, False)


def test_a_source_nobody_described_is_known_by_its_key() -> None:
    (stand,) = traced(item("E-1", derived_from=by("S-77"))).stands
    assert (stand.root.origin, stand.root.label) == (("source", "S-77"), "S-77")


@pytest.mark.parametrize(
    ("role", "interest", "gains"),
    [
        (SourceRole.AFFECTED_PARTY, Interest.DEFAULT, True),
        (SourceRole.COMMERCIAL, Interest.DEFAULT, False),
        (SourceRole.AFFECTED_PARTY, Interest.DISINTERESTED, False),
        (SourceRole.COMMERCIAL, Interest.INTERESTED, True),
    ],
)
def test_who_gains_is_declared_or_follows_from_the_role(
    role: SourceRole, interest: Interest, gains: bool
) -> None:
    sources = (source("S-1", role, interest=interest),)
    assert traced(item("E-1", "S-1"), sources=sources).interested is gains
    assert traced(item("E-2", derived_from=by("S-1")), sources=sources).interested is gains
