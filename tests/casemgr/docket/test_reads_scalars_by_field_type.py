"""An unquoted scalar is read by the type its field has; nothing passes through YAML 1.1."""

import json
from decimal import Decimal

import pytest

from casemgr.apa.record import Item
from casemgr.docket import read_docket
from designations.days import PartialDate, Period
from tests.casemgr.docket.docket_texts import DOCKET, with_case, with_item


def item(fields: str) -> Item:
    """The item E-3 of a docket, with these fields."""
    return {each.key: each for each in read_docket(with_item(fields)).evidence}["E-3"]


def test_a_version_that_looks_like_a_number_is_text():
    docket = read_docket(DOCKET)
    assert docket.authorities[0].version == "2021"
    assert docket.authorities[0].in_force == Period(PartialDate(2021, 1, 1), None)


@pytest.mark.parametrize(
    "word", ["no", "NO", "yes", "on", "off", "1.0", "0x1f", "2026-03-26", "~a"]
)
def test_a_text_field_takes_any_unquoted_word_as_text(word):
    assert item(f"language: {word}").language == word


def test_the_key_on_is_text_and_not_true():
    docket = read_docket(with_case("milestones: [{kind: vote, on: 2021-01-10}]"))
    assert docket.cases[0].milestones[0].on == PartialDate(2021, 1, 10)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026", PartialDate(2026)),
        ("2026-02", PartialDate(2026, 2)),
        ('"2026-02-03"', PartialDate(2026, 2, 3)),
    ],
)
def test_a_date_keeps_its_precision(written, meant):
    assert item(f"dated_on: {written}").dated_on == meant


@pytest.mark.parametrize("word", ["null", "~", "Null", ""])
def test_null_in_an_optional_field_means_not_stated(word):
    found = item(f"dated_on: {word}\nreliability: {word}\nsummary: {word}\nclaims: {word}")
    assert (found.dated_on, found.reliability, found.summary, found.claims) == (None, None, "", ())


def test_quoted_null_is_text():
    assert item('language: "null"').language == "null"


def test_null_in_a_list_of_text_is_text():
    assert item("markings: [NULL, no]").markings == ("NULL", "no")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("24000", Decimal(24000)),
        ("1.50", Decimal("1.50")),
        ('"0.1"', Decimal("0.1")),
        ("-3", Decimal(-3)),
        ("not-stated", None),
        ("null", None),
    ],
)
def test_a_number_claimed_is_exact(written, meant):
    assert item(f"claims: [{{metric: m, value: {written}}}]").claims[0].value == meant


def test_json_reads_as_the_same_docket():
    document = {
        "docket": 1,
        "evidence": [
            {"key": "E-1", "dated_on": "2026-02", "body": True, "withdrawn_on": None},
            {"key": "E-2", "dated_on": 2026, "claims": [{"metric": "m", "value": "1.5"}]},
        ],
    }
    docket = read_docket(json.dumps(document))
    assert docket.evidence[0].body is True
    assert docket.evidence[0].withdrawn_on is None
    assert docket.evidence[1].dated_on == PartialDate(2026)
    assert docket.evidence[1].claims[0].value == Decimal("1.5")


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert read_docket("\ufeff" + DOCKET) == read_docket(DOCKET)


def test_an_alias_repeats_its_anchor():
    docket = read_docket(
        with_case("designee: &d {key: D-1, name: Example}").replace("cases:", "cases:", 1)
        + "  - {key: EXAMPLE-2, authority: example-list@2021, designee: *d}\n"
    )
    assert docket.cases[0].designee == docket.cases[1].designee
