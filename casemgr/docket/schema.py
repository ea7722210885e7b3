"""The JSON Schema of a docket file, built from the shapes and the closed lists of values.

``docs/docket.schema.json`` is this document, published for other tools; a test holds the two
equal. It describes the typed document: dates are text, a decimal is text, null anywhere an
optional field stands means *not stated*.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from casemgr.apa import record
from casemgr.docket.shape import fields_of, list_of, without_none
from designations.days import PartialDate, Period
from designations.words import DESIGNEE_WORDS, DesigneeType

Schema = dict[str, Any]

DATE_FORM = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
DECIMAL_FORM = r"^-?[0-9]{1,30}(\.[0-9]{1,30})?$"
SHA256_FORM = r"^[0-9a-fA-F]{64}$"
AUTHORITY_FORM = r"^[^@\s]+@[^@\s]+$"
ELEMENT_OF_CASE_FORM = r"^.+/[^/]+$"
LARGEST = 9_007_199_254_740_991  # whole numbers beyond this are not the same in every JSON reader

TEXT: Schema = {"type": "string"}
KEY: Schema = {"type": "string", "minLength": 1}
DATE: Schema = {"type": "string", "pattern": DATE_FORM}

# A ground as a court decided it: carried for the back-test, never read by the engine.
COURT: Schema = {
    "type": "object",
    "description": "What a court decided on one ground. Precedents only.",
    "additionalProperties": False,
    "required": ["ground", "finding"],
    "properties": {
        "ground": {"type": "integer", "minimum": 0, "maximum": LARGEST},
        "element": {"type": ["string", "null"]},
        "finding": {
            "type": "string",
            "enum": ["upheld", "deficient", "not-reached", "legal-bar"],
        },
        "stage": {
            "type": ["string", "null"],
            "enum": ["final", "preliminary", "dismissal", "ultra-vires", None],
        },
        "standard": {
            "type": ["string", "null"],
            "enum": [
                "apa-706",
                "ultra-vires",
                "due-process",
                "dta-preponderance",
                "uflpa-reasonable-cause",
                "eu-full-review",
                "uk-2008",
                "uk-samla",
                "other",
                None,
            ],
        },
        "doctrines": {"type": ["array", "null"], "items": KEY},
        "not_doctrines": {"type": ["array", "null"], "items": KEY},
        "cluster": {"type": ["string", "null"]},
        "alone": {"type": ["boolean", "null"]},
        "source": {"type": ["string", "null"]},
        "verified": {"type": ["boolean", "null"]},
        "note": {"type": ["string", "null"]},
    },
}


@lru_cache(maxsize=1)
def docket_schema() -> Schema:
    """The whole schema (JSON Schema 2020-12)."""
    definitions: dict[str, Schema] = {}
    _of_type(record.PriorPosition, definitions)
    top = _object(record.Docket, definitions)
    top["properties"] = {
        "docket": {"const": 1, "description": "The format of this file; always 1."},
        **top["properties"],
    }
    top["required"] = ["docket"]
    definitions["Date"] = DATE | {"description": "YYYY, YYYY-MM or YYYY-MM-DD, as text."}
    definitions["Period"] = {
        "type": "array",
        "description": "[first, last], both inclusive; null is an open or unknown end.",
        "prefixItems": [_nullable(DATE), _nullable(DATE)],
        "items": False,
        "minItems": 2,
        "maxItems": 2,
    }
    definitions["Ground"] = COURT
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:casemgr:docket:1",
        "title": "Docket file, format 1",
        **top,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(cls: type, definitions: dict[str, Schema]) -> Schema:
    properties: dict[str, Schema] = {}
    required = []
    for each in fields_of(cls):
        schema = _special(cls, each.name) or _of_type(each.type, definitions)
        if each.required:
            required.append(each.name)
            schema = KEY if schema == TEXT else schema
        else:
            schema = _nullable(schema)
        properties[each.name] = schema
    found: Schema = {
        "type": "object",
        "description": " ".join((cls.__doc__ or "").split("\n\n")[0].split()),
        "additionalProperties": False,
        "properties": properties,
    }
    if required:
        found["required"] = required
    return found


def _special(cls: type, name: str) -> Schema | None:
    """The fields whose form in the file is not simply their type."""
    specials: Mapping[tuple[type, str], Schema] = {
        (record.Claim, "value"): {
            "anyOf": [
                {"type": "integer", "maximum": LARGEST, "minimum": -LARGEST},
                {"type": "string", "pattern": DECIMAL_FORM},
                {"const": "not-stated"},
            ]
        },
        (record.Item, "credibility"): {"type": "integer", "minimum": 1, "maximum": 6},
        (record.Grading, "credibility"): {"type": "integer", "minimum": 1, "maximum": 6},
        (record.Exhibit, "sha256"): {"type": "string", "pattern": SHA256_FORM},
        (record.Finding, "defines"): {
            "anyOf": [
                {"type": "object", "additionalProperties": TEXT},
                {"const": "none"},
            ]
        },
        (record.Case, "prior_position"): {
            "anyOf": [
                {"$ref": "#/$defs/PriorPosition"},
                {"type": "array", "items": {"$ref": "#/$defs/PriorPosition"}},
            ]
        },
        (record.Designee, "type"): {
            "type": "string",
            "enum": [*(word.value for word in DesigneeType), *DESIGNEE_WORDS],
        },
        (record.Case, "authority"): {"type": "string", "pattern": AUTHORITY_FORM},
        (record.LaterPin, "authority"): {"type": "string", "pattern": AUTHORITY_FORM},
        (record.Case, "depends_on"): {
            "type": "array",
            "items": {"type": "string", "pattern": ELEMENT_OF_CASE_FORM},
        },
        (record.Case, "court"): {"type": "array", "items": {"$ref": "#/$defs/Ground"}},
        (record.Docket, "ordering"): {
            "type": "array",
            "items": {
                "type": "array",
                "items": {"type": "string", "pattern": ELEMENT_OF_CASE_FORM},
                "minItems": 2,
                "maxItems": 2,
            },
        },
    }
    return specials.get((cls, name))


def _of_type(hint: object, definitions: dict[str, Schema]) -> Schema:
    hint = without_none(hint)
    inner = list_of(hint)
    if inner is not None:
        return {"type": "array", "items": _of_type(inner, definitions)}
    if hint is str:
        return TEXT
    if hint is bool:
        return {"type": "boolean"}
    if hint is int:
        return {"type": "integer", "minimum": 0, "maximum": LARGEST}
    if hint is Decimal:
        return {
            "anyOf": [
                {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST},
                {"type": "string", "pattern": DECIMAL_FORM},
            ]
        }
    if hint is PartialDate:
        return {"$ref": "#/$defs/Date"}
    if hint is Period:
        return {"$ref": "#/$defs/Period"}
    if not isinstance(hint, type):
        raise TypeError(f"no form in a docket file is known for {hint}")
    if issubclass(hint, StrEnum):
        return {"type": "string", "enum": [word.value for word in hint]}
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = {}  # reserves the place, so that a cycle would end here
        definitions[hint.__name__] = _object(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _nullable(schema: Schema) -> Schema:
    """The same, or null."""
    if "anyOf" in schema:
        return {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    widened = schema | {"type": [schema["type"], "null"]}
    if "enum" in schema:
        widened["enum"] = [*schema["enum"], None]
    return widened
