"""Each schema becomes what the table says; what has no place is named, and nothing fails."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designations.exchange.ftm.entities import Entity, read_lines
from designations.exchange.ftm.parties import Called, Numbered, Reading, read_entities
from designations.exchange.ftm.schemata import DESIGNEES, IDENTIFIERS, LINKS
from designations.words import DesigneeType
from tests.designations.exchange.entities import HOLDING, entity, lines


def reading(*entities) -> Reading:
    return read_entities(read_lines(lines(*entities)).entities)


def test_a_company_becomes_a_designee_with_its_names_and_numbers() -> None:
    party = reading(*HOLDING).parties["NK-holding"]
    assert (party.name, party.type) == ("Quiet Harbor Holding", DesigneeType.ENTITY)
    assert party.names == (Called("QHH", "alias"), Called("Harbor One", "former"))
    assert {(each.scheme, each.value) for each in party.numbers} == {
        ("registration number", "HE-12345"),
        ("LEI", "5493001KJTIIGC8Y1R12"),
        ("FollowTheMoney ID", "NK-holding"),
    }
    assert party.facts == (("jurisdiction", "cy"),)


@pytest.mark.parametrize(("schema", "type_"), DESIGNEES.items())
def test_each_schema_has_its_type(schema: str, type_: DesigneeType) -> None:
    assert reading(entity("a", schema, name="A")).parties["a"].type == type_


def test_an_ownership_becomes_a_stake_with_its_dates() -> None:
    (stake,) = reading(*HOLDING).stakes
    assert (stake.owner, stake.owned) == ("NK-owner", "NK-holding")
    assert (stake.pct_min, stake.pct_max) == (Decimal(25), Decimal(50))
    assert stake.held is not None
    assert (str(stake.held.start), stake.held.end) == ("2019-03", None)


def owned(**said) -> Reading:
    return reading(
        entity("a", "Company", name="A"),
        entity("b", "Company", name="B"),
        entity("s", "Ownership", owner="a", asset="b", **said),
    )


@pytest.mark.parametrize("said", ["a majority", "1e999", "101", "-3"])
def test_a_percentage_that_cannot_be_read_is_named_and_kept_as_text(said: str) -> None:
    found = owned(percentage=said)
    (stake,) = found.stakes
    assert (stake.pct_min, stake.pct_max) == (Decimal(0), Decimal(100))
    assert f"percentage as stated: {said}" in stake.said
    assert said in found.left_out[0].what


@pytest.mark.parametrize(
    "dates",
    [
        {"startDate": "spring"},
        {"startDate": ["2014", "2015"]},
        {"startDate": "2020", "endDate": "2019"},
    ],
)
def test_dates_that_cannot_be_read_are_named_and_kept_as_text(dates) -> None:
    found = owned(**dates)
    assert found.stakes[0].held is None
    assert len(found.left_out) == 1
    assert any("as stated" in said for said in found.stakes[0].said)


def test_a_stake_of_nobody_in_the_file_or_in_itself_is_named() -> None:
    found = reading(
        entity("a", "Company", name="A"),
        entity("s1", "Ownership", owner="a", asset="elsewhere"),
        entity("s2", "Ownership", owner="a", asset="a"),
        entity("s3", "Ownership", owner="a"),
    )
    assert found.stakes == []
    assert [each.entity for each in found.left_out] == ["s1", "s2", "s3"]
    assert "'elsewhere' is not taken" in found.left_out[0].why


def test_circles_of_ownership_are_entered_and_told() -> None:
    found = reading(
        *(entity(each, "Company", name=each) for each in "abcd"),
        *(entity(f"s{a}{b}", "Ownership", owner=a, asset=b) for a, b in ("ab", "bc", "ca", "cd")),
    )
    assert len(found.stakes) == 4
    assert found.circles == [("a", "b", "c")]


@pytest.mark.parametrize("schema", LINKS)
def test_other_links_are_told_with_their_ends_and_not_taken(schema: str) -> None:
    first, second = LINKS[schema]
    found = reading(
        entity("a", "Person", name="Ann"),
        entity("b", "Company", name="Bee"),
        entity("l", schema, role="friend", **{first: "a", second: "b"}),
    )
    (left,) = found.left_out
    assert left.what == f"{schema} of Ann and Bee (friend)"


def test_unknown_schemata_and_properties_are_named() -> None:
    found = reading(
        entity("a", "Spaceship", name="A"), entity("b", "Person", name="B", shoeSize="44")
    )
    assert [(each.entity, each.why) for each in found.left_out] == [
        ("a", "this schema is not read")
    ]
    assert found.unread == {("Person", "shoeSize"): 1}


def test_a_name_too_long_is_named_and_the_next_one_taken() -> None:
    found = reading(entity("a", "Person", name=["x" * 501, "Ann"]), entity("b", "Person", name=[]))
    assert found.parties["a"].name == "Ann"
    assert "501 characters" in found.left_out[0].why
    assert found.left_out[1].why == "it has no name that can be kept"


def test_a_number_too_long_is_named() -> None:
    found = reading(entity("a", "Person", name="A", taxNumber="7" * 201))
    assert "at most 200" in found.left_out[0].why


def test_a_weak_alias_never_is_the_name_where_another_is() -> None:
    party = reading(entity("a", "Person", weakAlias="Al", alias="Alan Example")).parties["a"]
    assert (party.name, party.names) == ("Alan Example", (Called("Al", "alias", weak=True),))


def test_an_address_someone_has_is_said_of_them_and_one_alone_is_a_designee() -> None:
    found = reading(
        entity("a", "Person", name="A", addressEntity="x"),
        entity("x", "Address", street="1 Quay", city="Harbor"),
        entity("y", "Address", full="2 Quay, Harbor"),
    )
    assert found.parties["a"].facts == (("address", "1 Quay, Harbor"),)
    assert (found.parties["y"].name, found.parties["y"].type) == ("2 Quay, Harbor", "address")
    assert "x" not in found.parties


def test_an_identification_is_a_number_of_its_holder_with_its_country() -> None:
    found = reading(
        entity("a", "Person", name="A", passportNumber="P-1"),
        entity("p", "Passport", holder="a", number="P-1", country="us"),
        entity("i", "Identification", holder="gone", number="7"),
    )
    assert Numbered("passport", "P-1", "US") in found.parties["a"].numbers
    assert Numbered("passport", "P-1", "") not in found.parties["a"].numbers
    assert found.left_out[0].why == "its holder is not taken"


def test_schemes_fit_their_column_and_none_is_two_properties() -> None:
    assert all(len(scheme) <= 40 for scheme in IDENTIFIERS.values())
    assert len(set(IDENTIFIERS.values())) == len(IDENTIFIERS)


_ANY = st.lists(st.text(max_size=12), max_size=3).map(tuple)
_PROPERTIES = st.sampled_from(
    ["name", "alias", "owner", "asset", "percentage", "startDate", "holder", "number", "type",
     "addressEntity", "entity", "full", "unheardOf"]
)  # fmt: skip
_ENTITIES = st.lists(
    st.builds(
        Entity,
        st.sampled_from("abcde"),
        st.sampled_from([*DESIGNEES, *LINKS, "Ownership", "Sanction", "Passport", "Note", "X"]),
        st.dictionaries(_PROPERTIES, _ANY | st.lists(st.sampled_from("abcde")).map(tuple)),
    ),
    max_size=8,
    unique_by=lambda each: each.id,
)


@given(_ENTITIES)
def test_whatever_entities_say_every_one_is_taken_or_named(entities) -> None:
    found = read_entities(entities)
    taken = {*found.parties, *(each.id for each in found.papers + found.sanctions)}
    taken |= {stake.entity.id for stake in found.stakes}
    taken |= {each.entity for each in found.left_out}
    silent = {"Address", "Passport"}  # said of whoever has them
    assert {each.id for each in entities if each.schema not in silent} <= taken
