"""What is written out is read as the same parties with the same names, numbers and stakes."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from designations.days import PartialDate, Period
from designations.exchange.ftm.entities import read_lines, write_lines
from designations.exchange.ftm.parties import Called, Numbered, read_entities
from designations.exchange.ftm.schemata import FTM_ID, IDENTIFIERS
from designations.exchange.ftm.writing import Held, Named, id_of, write
from designations.words import DesigneeType

WORD = st.from_regex(r"[A-Za-z0-9<>&'\"é深=-]{1,12}( [A-Za-z0-9]{1,8})?", fullmatch=True)
NUMBERS = st.lists(
    st.builds(
        Numbered,
        st.sampled_from([*IDENTIFIERS.values(), "a scheme of ours"]),
        WORD,
        st.sampled_from(["", "US", "CY"]),
    ),
    max_size=4,
    unique_by=lambda number: (number.scheme, number.value),
).map(tuple)
NAMES = st.lists(
    st.builds(Called, WORD, st.sampled_from(["alias", "former"])),
    max_size=3,
    unique_by=lambda called: called.name,
).map(tuple)
DAYS = st.one_of(
    st.none(),
    st.builds(PartialDate, st.integers(1990, 2000)),
    st.builds(PartialDate, st.integers(1990, 2000), st.integers(1, 12), st.integers(1, 28)),
)
LATER = st.one_of(st.none(), st.builds(PartialDate, st.integers(2001, 2020), st.integers(1, 12)))
PERIODS = st.builds(lambda start, end: Period(start, end) if start or end else None, DAYS, LATER)
SHARES = st.tuples(st.decimals(0, 100, places=4), st.decimals(0, 100, places=4)).map(
    lambda pair: tuple(sorted(pair))
)


@st.composite
def networks(draw) -> tuple[list[Named], list[Held]]:
    """Legal entities and persons, and stakes of any of them in the legal entities."""
    keys = draw(st.lists(WORD, min_size=2, max_size=5, unique=True))
    parties = [
        Named(
            key,
            draw(WORD),
            draw(st.sampled_from([DesigneeType.ENTITY, DesigneeType.PERSON])) if place else
            DesigneeType.ENTITY,
            draw(NAMES),
            draw(NUMBERS),
        )
        for place, key in enumerate(keys)
    ]  # fmt: skip
    companies = [party.key for party in parties if party.type is DesigneeType.ENTITY]
    stakes = []
    for _ in range(draw(st.integers(0, 4))):
        owner, owned = draw(st.sampled_from(keys)), draw(st.sampled_from(companies))
        if owner != owned:
            stakes.append(Held(owner, owned, *draw(SHARES), draw(PERIODS)))
    return parties, stakes


@given(networks())
def test_out_and_in_again_is_the_same(network) -> None:
    parties, stakes = network
    written = write(parties, stakes)
    assert written.left_out == ()
    read = read_lines("".join(write_lines(written.entities)).encode())
    assert read.problems == []
    found = read_entities(read.entities)
    assert not found.unread
    for party in parties:
        again = found.parties[id_of(party.key)]
        assert (again.name, again.type) == (party.name, party.type)
        others = {each.name for each in party.names} - {party.name}
        assert {each.name for each in again.names} == others
        assert {number for number in again.numbers if number.scheme != FTM_ID} == set(party.numbers)
    assert {
        (stake.owner, stake.owned, stake.pct_min, stake.pct_max, stake.held)
        for stake in found.stakes
    } == {
        (id_of(stake.owner), id_of(stake.owned), stake.pct_min, stake.pct_max, stake.held)
        for stake in stakes
    }


def test_ids_stay_and_tell_parties_apart() -> None:
    keys = ["D-1", "D 1", "D:1", "d-1", "D-1-", "ü"]
    assert len({id_of(key) for key in keys}) == len(keys)
    assert [id_of(key) for key in keys] == [id_of(key) for key in keys]


def test_what_the_format_has_no_place_for_is_named() -> None:
    vessel = Named("V", "MV Quiet", DesigneeType.VESSEL, (), (Numbered("passport", "7", ""),))
    owner = Named("A", "1 Quay", DesigneeType.ADDRESS)
    person = Named("P", "Jane", DesigneeType.PERSON)
    whole = (Decimal(100), Decimal(100))
    written = write([vessel, owner, person], [Held("A", "V", *whole), Held("V", "P", *whole)])
    assert len(written.left_out) == 3
    assert [entity.schema for entity in written.entities] == ["Vessel", "Address", "Person"]
