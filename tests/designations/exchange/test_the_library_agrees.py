"""Our table and our files, held against the followthemoney library where it is installed.

It is in no list of requirements (it builds PyICU): CONTRIBUTING.md says how to run this.
"""

import json
from decimal import Decimal

import pytest

from designations.days import PartialDate, Period
from designations.exchange.ftm import schemata
from designations.exchange.ftm.entities import read_lines, write_lines
from designations.exchange.ftm.parties import Called, Numbered, read_entities
from designations.exchange.ftm.schemata import IDENTIFIERS
from designations.exchange.ftm.writing import Held, Named, Paper, id_of, write
from designations.words import DesigneeType

ftm = pytest.importorskip(
    "followthemoney",
    reason="NOT CHECKED AGAINST THE LIBRARY: install followthemoney (see CONTRIBUTING.md)",
)

NUMBERS = tuple(
    Numbered(scheme, f"A{place}", "US" if place % 2 else "")
    for place, scheme in enumerate((*IDENTIFIERS.values(), "a scheme of our own"))
)
PARTIES = (
    Named(
        "D-1",
        "Quiet Harbor <b>Holding</b>",
        DesigneeType.ENTITY,
        (Called("QHH", "alias"), Called("Harbor One", "former"), Called("海港", "original-script")),
        NUMBERS,
    ),
    Named("D 2/ü", "Jane Example", DesigneeType.PERSON, (), NUMBERS),
    Named("D-3", "MV Quiet", DesigneeType.VESSEL, (), NUMBERS),
    Named("D-4", "1 Quay, Harbor", DesigneeType.ADDRESS),
    Named("D-5", "N777", DesigneeType.OTHER),
    Named("D-6", "Alone", DesigneeType.ENTITY, (), NUMBERS),
)
STAKES = (
    Held(
        "D 2/ü",
        "D-1",
        Decimal("25.0000"),
        Decimal("50.0000"),
        Period(PartialDate(2019, 3), PartialDate(2020)),
        (id_of("E-1"),),
    ),
    Held("D-1", "D-3", Decimal(0), Decimal(100)),
    Held("D-1", "D-5", Decimal("33.3333"), Decimal("33.3334")),
)
PAPERS = (
    Paper("E-1", "Who holds it", "Gazette, https://gazette.example/a.", PartialDate(2020, 1, 5),
          "en", "The Gazette", press=True),
    Paper("E-2", "An extract"),
)  # fmt: skip
WRITTEN = write(PARTIES, STAKES, PAPERS)


@pytest.mark.parametrize("entity", WRITTEN.entities, ids=lambda each: f"{each.schema}-{each.id}")
def test_the_library_takes_each_entity_we_write_whole(entity) -> None:
    raw = {"id": entity.id, "schema": entity.schema, "properties": dict(entity.properties)}
    proxy = ftm.model.get_proxy(raw, cleaned=False)
    read = {name: set(values) for name, values in proxy.to_dict()["properties"].items()}
    stated = {name: set(values) for name, values in entity.properties.items()}
    formatted = {name for name in stated if proxy.schema.get(name).format}
    # Numbers made up for a test have no check digit, and the library drops what is malformed.
    assert read.keys() >= stated.keys() - formatted
    assert {name: read[name] for name in stated.keys() - formatted} == {
        name: stated[name] for name in stated.keys() - formatted
    }
    kept = {name: v for name, v in entity.properties.items() if name not in formatted}
    proxy.schema.validate({**raw, "properties": kept})


def test_every_reference_we_write_leads_to_an_entity_of_the_right_range() -> None:
    schema = {entity.id: ftm.model.get(entity.schema) for entity in WRITTEN.entities}
    checked = 0
    for entity in WRITTEN.entities:
        for name, values in entity.properties.items():
            prop = schema[entity.id].get(name)
            assert prop is not None, f"{entity.schema} has no {name}"
            if prop.range is not None:
                for value in values:
                    assert schema[value].is_a(prop.range), (entity.schema, name, value)
                    checked += 1
    assert checked > 6


def test_files_the_library_writes_are_read_by_us() -> None:
    company = ftm.model.make_entity("Company")
    company.id = "lib-company"
    company.add("name", "Quiet Harbor Holding")
    company.add("leiCode", "5493001KJTIIGC8Y1R17", cleaned=True)
    person = ftm.model.make_entity("Person")
    person.id = "lib-person"
    person.add("name", "Jane Example")
    stake = ftm.model.make_entity("Ownership")
    stake.make_id("lib", "stake")
    stake.add("owner", person)
    stake.add("asset", company)
    stake.add("percentage", "more than 25%")
    stake.add("startDate", "2019-03")
    written = (json.dumps(each.to_dict()) for each in (company, person, stake))
    read = read_lines("\n".join(written).encode())
    assert read.problems == []
    found = read_entities(read.entities)
    assert {party.name for party in found.parties.values()} == {
        "Quiet Harbor Holding",
        "Jane Example",
    }
    assert (found.stakes[0].pct_min, found.stakes[0].pct_max) == (Decimal(25), Decimal(100))
    assert found.left_out == []
    assert not found.unread


def test_every_schema_and_property_of_our_table_is_one_of_the_library() -> None:
    known = ftm.model.schemata
    named = {*schemata.DESIGNEES, *schemata.PAPERS, *schemata.LINKS, *schemata.IDENTIFICATION,
             schemata.OWNERSHIP, schemata.SANCTION}  # fmt: skip
    assert named <= set(known)
    properties = {name for schema in known.values() for name in schema.properties}
    assert {*schemata.IDENTIFIERS, *schemata.NAMES, *schemata.FACTS, *schemata.STAKE_FACTS,
            *schemata.ADDRESS_PARTS, *schemata.PAPER_READ, *schemata.SANCTION_READ
            } <= properties  # fmt: skip
    for schema, ends in schemata.LINKS.items():
        for end in ends:
            assert known[schema].get(end) is not None, (schema, end)
    assert {name for name in schemata.DESIGNEES if known[name].is_a("LegalEntity")} == (
        schemata.LEGAL
    )


def test_lines_written_are_lines_the_library_reads(tmp_path) -> None:
    path = tmp_path / "out.ftm.json"
    path.write_text("".join(write_lines(WRITTEN.entities)), "utf-8")
    read = [
        ftm.model.get_proxy(json.loads(line)) for line in path.read_text("utf-8").split("\n")[:-1]
    ]
    assert [proxy.id for proxy in read] == [entity.id for entity in WRITTEN.entities]
