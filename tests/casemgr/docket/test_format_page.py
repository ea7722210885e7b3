"""docs/docket-format.md is the reference of every field, and its example is a docket."""

import re
from pathlib import Path

import pytest

from casemgr.apa.assess import assess_all
from casemgr.docket import read_docket, records, write_docket
from casemgr.docket.schema import docket_schema

DOCS = Path(__file__).parents[3] / "docs"
SECTIONS = dict(
    section.split("\n", 1)
    for section in re.split(r"^## ", (DOCS / "docket-format.md").read_text("utf-8"), flags=re.M)[1:]
)
OBJECTS = {"File": docket_schema()} | {
    name: schema for name, schema in docket_schema()["$defs"].items() if "properties" in schema
}


@pytest.mark.parametrize("name", OBJECTS)
def test_every_field_and_every_value_has_its_place_on_the_page(name):
    section = SECTIONS[name]
    for field, schema in OBJECTS[name]["properties"].items():
        assert f"`{field}`" in section, f"## {name} does not name {field}"
        for word in schema.get("enum", ()):
            if word is not None and field not in ("reliability",):
                assert f"`{word}`" in section, f"## {name} does not name {field}: {word}"


def test_the_example_is_read_assessed_and_written_unchanged():
    docket = read_docket(DOCS / "docket-example.yaml")
    (report,) = assess_all(records(docket))
    assert report.docket == "EXAMPLE-1"
    assert read_docket(write_docket(docket)) == docket
