"""Every form the format allows is read as it is."""

import pytest

from casemgr.docket import read_docket
from designations.days import PartialDate, Period
from designations.words import DesigneeType, ElementKind
from tests.casemgr.docket.docket_texts import DOCKET, with_case, with_item


def test_a_file_may_hold_ordering_alone():
    docket = read_docket("docket: 1\nordering:\n  - [A/X-1, B/X-1]\n  - [A/X-1, B/X-1]\n")
    assert docket.ordering == (("A/X-1", "B/X-1"), ("A/X-1", "B/X-1"))


@pytest.mark.parametrize("written", ["{what: w}", "[{what: w}]"])
def test_a_prior_position_may_be_one_or_a_list(written):
    case = read_docket(with_case(f"prior_position: {written}")).cases[0]
    assert [position.what for position in case.prior_position] == ["w"]


def test_defines_none_states_that_nothing_was_defined():
    finding = (
        read_docket(with_case("findings: [{element: X-1, defines: none}]")).cases[0].findings[0]
    )
    assert finding.defines_none and finding.defines == ()


def test_defines_maps_terms_to_meanings():
    text = with_case("findings: [{element: X-1, defines: {affiliated with: a, on: no}}]")
    assert read_docket(text).cases[0].findings[0].defines == (
        ("affiliated with", "a"),
        ("on", "no"),
    )


def test_cites_nothing_differs_from_not_stated():
    text = with_case("findings: [{element: X-1, cites: []}, {element: X-2}]")
    first, second = read_docket(text).cases[0].findings
    assert first.cites == () and second.cites is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[null, 2025-12]", Period(None, PartialDate(2025, 12))),
        ("[2025, null]", Period(PartialDate(2025), None)),
        ("[null, null]", Period()),
    ],
)
def test_either_end_of_a_range_may_be_null(written, meant):
    items = read_docket(with_item(f"occurred: {written}")).evidence
    assert items[2].occurred == meant


@pytest.mark.parametrize(("written", "meant"), [("in_force: null", None), ("title: t", Period())])
def test_an_authority_without_a_first_day_differs_from_one_that_does_not_say(written, meant):
    authority = read_docket(DOCKET.replace("in_force: [2021-01-01, null]", written)).authorities[0]
    assert authority.in_force == meant


def test_a_leaf_without_a_kind_is_a_fact():
    authority = read_docket(DOCKET.replace("kind: fact, ", "")).authorities[0]
    assert authority.elements[2].kind is ElementKind.FACT


def test_a_court_holds_every_field_of_a_ground():
    text = with_case(
        "court:\n"
        "  - {ground: 1, element: X-1, finding: deficient, stage: preliminary, standard: apa-706,\n"
        "     doctrines: [thin-record], not_doctrines: [pretext], cluster: one judgment,\n"
        "     alone: true, source: a reporter, verified: true}"
    )
    (ground,) = read_docket(text).cases[0].court
    assert ground["doctrines"] == ("thin-record",)
    assert ground["alone"] is True


def test_a_case_may_be_decided_on_a_day_nobody_knows():
    assert read_docket(with_case("decided: true")).cases[0].decided is True


def test_a_program_has_no_designee():
    assert read_docket(with_case("kind: program\ndesignee: null")).cases[0].designee is None


def test_gradings_and_links_may_have_their_own_days():
    docket = read_docket(
        with_item(
            "gradings: [{reliability: C, credibility: 3, ended_on: 2021-05-01},"
            " {reliability: B, entered_on: 2021-05-01}]"
        ).replace("stance: supports", "stance: supports, entered_on: 2021-03, ended_on: 2021-04")
    )
    assert len(docket.evidence[2].gradings) == 2
    assert docket.cases[0].links[0].ended_on == PartialDate(2021, 4)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("individual", DesigneeType.PERSON),
        ("organization", DesigneeType.ENTITY),
        ("government", DesigneeType.ENTITY),
        ("ship", DesigneeType.VESSEL),
        ("aircraft", DesigneeType.OTHER),
    ],
)
def test_other_lists_words_for_a_designee_are_understood(written, meant):
    text = with_case(f"designee: {{key: D-1, type: {written}}}")
    assert read_docket(text).cases[0].designee.type is meant
