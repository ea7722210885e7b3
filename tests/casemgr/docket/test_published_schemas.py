"""The published schemas are the ones in use, are valid, and refuse what reading refuses."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from casemgr.docket import read_docket
from casemgr.docket.output import assessment_schema
from casemgr.docket.plain import plain_docket
from casemgr.docket.schema import Schema, docket_schema

DOCS = Path(__file__).parents[3] / "docs"
SCHEMAS = {"docket.schema.json": docket_schema, "assessment.schema.json": assessment_schema}


def published(name: str) -> Schema:
    """A published schema."""
    return json.loads((DOCS / name).read_text("utf-8"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_the_one_in_use(name):
    assert published(name) == SCHEMAS[name](), (
        f"docs/{name} is behind the code: write it again from {SCHEMAS[name].__name__}()"
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_valid(name):
    Draft202012Validator.check_schema(published(name))


def test_another_validator_accepts_the_typed_document():
    validator = jsonschema_rs.Draft202012Validator(published("docket.schema.json"))
    example = plain_docket(read_docket(DOCS / "docket-example.yaml"))
    assert validator.is_valid(example)
    assert not validator.is_valid({**example, "extra": 1})
    assert not validator.is_valid({**example, "docket": 2})


def test_every_object_of_a_docket_refuses_unknown_fields():
    schema = docket_schema()
    objects = [schema, *schema["$defs"].values()]
    open_ = [each for each in objects if "properties" in each and each["additionalProperties"]]
    assert open_ == []
