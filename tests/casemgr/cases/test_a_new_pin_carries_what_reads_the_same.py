"""Re-pinning: the law changes on a known day."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from casemgr.actions.findings import Wording, write_finding
from casemgr.actions.pins import carry_element, pin_version, proposed_carries
from casemgr.assemble import record_of
from casemgr.review.on_a_day import checklist_on
from tests.casemgr.factories import LIST, a_case, element_of, law, linked, people

pytestmark = pytest.mark.django_db
CHANGE = date(2026, 12, 18)


def successor(**element):
    """The small list with other words in L-2."""
    elements = tuple(
        replace(each, text="is owned or controlled from abroad") if each.code == "L-2" else each
        for each in LIST.elements
    )
    return law(replace(LIST, version="2026-12", elements=elements))


@pytest.fixture
def repinned():
    case = a_case()
    linked(case, "L-1")
    linked(case, "L-2")
    analyst, _, _ = people(case.team)
    pin = pin_version(case, successor(), CHANGE, actor=analyst, reason="the law changes")
    return case, pin, analyst


def codes(record):
    return [link.element for link in record.case.links]


def test_the_version_that_holds_on_the_day_judges_the_case(repinned):
    case, _, _ = repinned
    assert record_of(case, date(2026, 12, 17)).authority.version == "2021"
    assert record_of(case, CHANGE).authority.version == "2026-12"


def test_links_follow_to_an_element_that_reads_the_same_and_to_no_other(repinned):
    case, _, _ = repinned
    assert codes(record_of(case, date(2026, 12, 17))) == ["L-1", "L-2"]
    assert codes(record_of(case, CHANGE)) == ["L-1"]


def test_the_rest_is_proposed_and_counts_once_someone_decides(repinned):
    case, pin, analyst = repinned
    assert [(new.element.code, old.element.code) for new, old in proposed_carries(pin)] == [
        ("L-2", "L-2")
    ]
    ((new, old),) = proposed_carries(pin)
    carry_element(new, old, actor=analyst, reason="ownership adds nothing here")
    assert codes(record_of(case, CHANGE)) == ["L-1", "L-2"]
    assert proposed_carries(pin) == []


def test_a_link_made_under_the_new_version_does_not_reach_back(repinned):
    case, _, _ = repinned
    linked(case, "L-2")
    assert codes(record_of(case, CHANGE)) == ["L-1", "L-2"]
    assert codes(record_of(case, date(2026, 12, 17))) == ["L-1", "L-2"]
    assert element_of(case, "L-2").links.count() == 1


def test_a_pin_cannot_begin_before_the_present_one(repinned):
    case, _, analyst = repinned
    with pytest.raises(ValidationError, match="choose a later day"):
        pin_version(case, law(), CHANGE, actor=analyst, reason="back again")


def test_pinning_freezes_the_text_of_the_version(repinned):
    _, pin, _ = repinned
    pin.version.refresh_from_db()
    assert pin.version.frozen_at is not None


def test_the_checklist_shows_no_finding_that_was_not_carried(repinned):
    case, _, analyst = repinned
    earlier = {each.element.code: each for each in case.pins.order_by("pk")[0].elements.all()}
    for code in ("L-1", "L-2"):
        write_finding(earlier[code], Wording(text=f"{code} is met."), actor=analyst, reason="found")
    elements = json.loads(checklist_on(case, CHANGE))["elements"]
    shown = {row["code"]: row["finding"] and row["finding"]["text"] for row in elements}
    assert shown == {"L-0": None, "L-1": "L-1 is met.", "L-2": None}
    before = json.loads(checklist_on(case, date(2026, 12, 17)))["elements"]
    assert [row["finding"] and row["finding"]["text"] for row in before] == [
        None,
        "L-1 is met.",
        "L-2 is met.",
    ]
