"""One byte altered on a disk is a flag on every element it supports, until it is restored."""

import pytest

from casemgr.assemble import record_of
from casemgr.models import Assessment, Case, TrackedFlag, UndrainedChange
from casemgr.reassess.sweep import assess_stale
from evidence.actions import attach_exhibit
from evidence.actions.integrity import go_on_reading, read_sample
from evidence.models import Exhibit
from evidence.words import ExhibitRole, Integrity
from tests.casemgr.factories import ItemFactory, a_case, linked
from tests.evidence.conftest import BY
from tests.evidence.integrity.damage import alter, lose, restore
from tests.evidence.streams import of_bytes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "exhibits"


@pytest.fixture
def case() -> Case:
    """Two elements that rest on one item with a file, the first on two other items as well."""
    case = a_case()
    item = ItemFactory(owner_team=case.team, key="E-FILE")
    attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
    for _ in range(2):
        linked(case, "L-1")
    linked(case, "L-1", item)
    linked(case, "L-2", item)
    linked(a_case(version=case.pins.get().version), "L-1")  # which nothing of this touches
    assert assess_stale() == 2
    return case


@pytest.fixture
def exhibit(case: Case) -> Exhibit:
    return Exhibit.objects.select_related("item").get(item__key="E-FILE")


def flags(case: Case, doctrine: str = "integrity") -> dict[str, str]:
    """Element to severity of the flags of a doctrine that stand."""
    rows = TrackedFlag.objects.filter(case=case, doctrine=doctrine, cleared_on=None, pending=False)
    return dict(rows.values_list("element_code", "severity"))


def grades(case: Case) -> list[str]:
    rows = Assessment.objects.filter(case=case).order_by("seq")
    return list(rows.values_list("grade", flat=True))


def test_an_altered_byte_is_followed_to_the_elements_and_back(case, exhibit) -> None:
    assert (flags(case), flags(case, "no-evidence")) == ({}, {})
    before = grades(case)[-1]
    alter(exhibit)
    go_on_reading()
    assert assess_stale() == 1
    assert flags(case) == {"L-1": "advisory", "L-2": "advisory"}
    # What altered bytes alone supported is supported by nothing.
    assert flags(case, "no-evidence") == {"L-2": "fatal"}
    assert grades(case)[-1] != before
    raised = TrackedFlag.objects.get(case=case, doctrine="integrity", element_code="L-2")
    assert raised.statement == (
        "L-2: E-FILE is left out: its bytes do not match the recorded hash."
    )
    restore(exhibit, b"page")
    read_sample()
    assert assess_stale() == 1
    assert (flags(case), flags(case, "no-evidence")) == ({}, {})
    assert grades(case)[-1] == before


def test_a_lost_file_is_a_weakness_of_each_element_and_no_reason_to_strike(case, exhibit) -> None:
    lose(exhibit)
    go_on_reading()
    assert assess_stale() == 1
    assert flags(case) == {"L-1": "advisory", "L-2": "moderate"}
    assert flags(case, "no-evidence") == {}
    restore(exhibit, b"page")
    read_sample()
    assert assess_stale() == 1
    assert flags(case) == {}


def test_reading_that_finds_nothing_new_is_no_change_to_follow(case) -> None:
    go_on_reading()
    read_sample()
    assert not UndrainedChange.objects.exists()


def test_a_translation_that_differs_is_lost_and_the_original_stands(case, exhibit) -> None:
    version = attach_exhibit(
        exhibit.item, of_bytes(b"words"), "words.txt", role=ExhibitRole.TRANSLATION,
        of_exhibit=exhibit, **BY,
    )  # fmt: skip
    alter(version)
    go_on_reading()
    assert record_of(case).items["E-FILE"].integrity is Integrity.LOST
    alter(exhibit)
    read_sample()
    assert record_of(case).items["E-FILE"].integrity is Integrity.MISMATCH
    # What was stated of the item stays beside what was found.
    exhibit.item.refresh_from_db()
    assert exhibit.item.integrity == Integrity.INTACT.value
