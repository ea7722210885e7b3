"""From a docket to the engine's input: the day, the pinned law, the evidence reached."""

from datetime import date

import pytest

from casemgr.apa.record import Docket
from casemgr.docket import read_docket, records
from designations.days import PartialDate
from tests.casemgr.docket.docket_texts import DOCKET, with_case

TODAY = date(2026, 11, 23)


def summary(text: str) -> Docket:
    """The docket as a summary."""
    return read_docket(text.replace("docket: 1", "docket: 1\ncompleteness: summary"))


def test_a_live_case_without_a_day_is_read_as_of_today():
    (record,) = records(read_docket(DOCKET), today=TODAY)
    assert record.as_of == TODAY


def test_its_own_day_comes_before_today():
    (record,) = records(read_docket(with_case("as_of: 2021-03-01")), today=TODAY)
    assert record.as_of == date(2021, 3, 1)


def test_the_day_asked_for_comes_before_its_own_and_a_month_means_its_last_day():
    docket = read_docket(with_case("as_of: 2021-03-01"))
    (record,) = records(docket, as_of=PartialDate(2022, 2), today=TODAY)
    assert record.as_of == date(2022, 2, 28)


@pytest.mark.parametrize("fields", ["decided: true", "decided_on: 2021-01-14"])
def test_a_summary_without_a_day_is_read_whole(fields):
    (record,) = records(summary(with_case(fields)), today=TODAY)
    assert record.as_of is None


PINNED = (
    DOCKET.replace(
        "sources:",
        "  - {slug: example-list, version: 2026, elements: [{code: X-1}, {code: Y-1}]}\nsources:",
    )
    + "      - {element: X-2, item: E-2, stance: supports}\n"
    + "    later_pins: [{authority: example-list@2026, from: 2026-12-18}]\n"
    + "    asserts: [X-1, X-2]\n"
    + "    steps: [{code: P-1, state: met}]\n"
)


@pytest.mark.parametrize(
    ("day", "authority"),
    [("2026-12-17", "example-list@2021"), ("2026-12-18", "example-list@2026")],
)
def test_the_pin_whose_range_holds_the_day_is_used(day, authority):
    (record,) = records(read_docket(PINNED), as_of=PartialDate.parse(day))
    assert record.authority.name == record.case.authority == authority


@pytest.mark.parametrize(
    ("day", "authority"),
    [(date(2026, 12, 30), "example-list@2021"), (date(2026, 12, 31), "example-list@2026")],
)
def test_a_pin_from_a_month_on_holds_from_the_last_day_of_it(day, authority):
    docket = read_docket(PINNED.replace("from: 2026-12-18", "from: 2026-12"))
    (record,) = records(docket, as_of=day)
    assert record.authority.name == authority


def test_under_a_later_pin_only_what_hangs_on_its_codes_is_left():
    (record,) = records(read_docket(PINNED), as_of=PartialDate(2027))
    assert [link.element for link in record.case.links] == ["X-1"]
    assert record.case.asserts == ("X-1",)
    assert record.case.steps == ()


def test_the_own_authority_comes_before_one_of_the_library():
    text = DOCKET.replace("example-list", "entity-list").replace("2021\n", "2024-11-08\n")
    (record,) = records(read_docket(text.replace("@2021", "@2024-11-08")))
    assert [element.code for element in record.authority.elements] == ["X-0", "X-1", "X-2"]


def test_it_holds_every_item_reached_and_no_other():
    text = """\
docket: 1
authorities: [{slug: l, version: 1, elements: [{code: A}]}]
sources: [{key: S-1}, {key: S-2}, {key: S-3}]
evidence:
  - {key: E-1, derived_from: [{item: E-2, kind: relays}]}
  - {key: E-2, source: S-1, derived_from: [{item: E-3, kind: copies}]}
  - {key: E-3, derived_from: [{source: S-2, kind: relays}]}
  - {key: E-4, source: S-3}
  - {key: E-5}
  - {key: E-6}
cases:
  - key: C
    authority: l@1
    links: [{element: A, item: E-1, stance: supports}]
    findings: [{element: A, cites: [E-5]}]
    record: {left_out: [{item: E-6}]}
"""
    (record,) = records(read_docket(text))
    assert set(record.items) == {"E-1", "E-2", "E-3", "E-5", "E-6"}
    assert set(record.sources) == {"S-1", "S-2"}
