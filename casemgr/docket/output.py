"""The engine's reports as JSON (docs/assessment.schema.json) and as text for a terminal."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from casemgr.apa.report import Adjustment, CaseReport, ElementReport, Flag
from casemgr.docket.checklist import report_text
from casemgr.docket.pressure import Pressure, pressure_json
from casemgr.docket.schema import Schema
from casemgr.words import DecidedBy, Grade, Severity
from designations.words import Posture

__all__ = ["assessment_schema", "report_json", "report_text"]


def report_json(reports: Iterable[CaseReport], pressed: Sequence[Pressure] = ()) -> dict[str, Any]:
    """The reports as plain values: ``{"cases": [...]}``, keys in the order of the contract.

    ``pressed``: what was asked for beside the assessment of a case, by its key.
    """
    beside = {pressure.docket: pressure_json(pressure) for pressure in pressed}
    return {"cases": [case_json(report) | beside.get(report.docket, {}) for report in reports]}


def case_json(report: CaseReport) -> dict[str, Any]:
    """One case's report; groups stand among the elements, each before its parts."""
    return {
        "docket": report.docket,
        "authority": report.authority,
        "as_of": report.as_of,
        "engine_version": report.engine_version,
        "input_digest": report.input_digest,
        "posture": report.posture,
        "posture_note": report.posture_note,
        "grade": report.grade.value,
        "carrying_path": list(report.carrying_path),
        "fallback_path": list(report.fallback_path),
        "elements": [_element(element) for element in report.elements],
        "flags": _flags(report.flags),
        "adjustments": _adjustments(report.adjustments),
    }


def _element(element: ElementReport) -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": element.code,
        "grade": element.grade.value,
        "origins": element.origins,
        "flags": _flags(element.flags),
        "decided_by": element.decided_by.value,
        "adjustments": _adjustments(element.adjustments),
        "strike_number": element.strike_number,
        "derivation": list(element.derivation),
    }
    if element.carried_by:
        found["carried_by"] = list(element.carried_by)
    return found


def _flags(flags: Sequence[Flag]) -> list[dict[str, Any]]:
    return [
        {
            "doctrine": flag.doctrine,
            "severity": flag.severity.value,
            "statement": flag.statement,
            "evidence": list(flag.evidence),
            "authorities": list(flag.authorities),
            "cures": list(flag.cures),
            "pending": flag.pending,
        }
        for flag in flags
    ]


def _adjustments(adjustments: Sequence[Adjustment]) -> list[dict[str, str]]:
    return [
        {"doctrine": each.doctrine, "from": each.from_, "to": each.to, "why": each.why}
        for each in adjustments
    ]


@lru_cache(maxsize=1)
def assessment_schema() -> Schema:
    """The JSON Schema of ``report_json``; docs/assessment.schema.json is this document."""
    text: Schema = {"type": "string"}
    texts: Schema = {"type": "array", "items": text}
    flags: Schema = {"type": "array", "items": {"$ref": "#/$defs/Flag"}}
    adjustments: Schema = {"type": "array", "items": {"$ref": "#/$defs/Adjustment"}}
    grade: Schema = {"enum": [word.value for word in Grade]}
    element = {
        "code": text,
        "grade": grade,
        "origins": {
            "type": "integer",
            "minimum": 0,
            "description": "Independent origins of the support that still stands.",
        },
        "flags": flags,
        "decided_by": {"enum": [word.value for word in DecidedBy]},
        "adjustments": adjustments,
        "strike_number": {
            "type": ["integer", "null"],
            "minimum": 0,
            "description": (
                "Independent origins a court must disregard before the element grades weak or "
                "below; 0 if it does already, null where no number of origins decides it."
            ),
        },
        "derivation": texts,
    }
    case = {
        "docket": text | {"description": "The case key."},
        "authority": text | {"description": "slug@version"},
        "as_of": {"type": ["string", "null"], "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "engine_version": text,
        "input_digest": text,
        "posture": {"enum": [word.value for word in Posture]},
        "posture_note": text,
        "grade": grade,
        "carrying_path": texts,
        "fallback_path": texts,
        "elements": {"type": "array", "items": {"$ref": "#/$defs/Element"}},
        "flags": flags,
        "adjustments": adjustments,
    }
    flag = {
        "doctrine": text,
        "severity": {"enum": [word.value for word in Severity]},
        "statement": text,
        "evidence": texts,
        "authorities": texts,
        "cures": texts,
        "pending": {"type": "boolean"},
    }
    adjustment = dict.fromkeys(("doctrine", "from", "to", "why"), text)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:casemgr:assessment:1",
        "title": "Output of docket assess --format json",
        "type": "object",
        "additionalProperties": False,
        "required": ["cases"],
        "properties": {"cases": {"type": "array", "items": {"$ref": "#/$defs/Case"}}},
        "$defs": {
            "Adjustment": _closed(adjustment),
            "Case": _closed(case, **_beside(text, texts, grade)),
            "Element": _closed(element, carried_by=texts),
            "Flag": _closed(flag),
        },
    }


def _beside(text: Schema, texts: Schema, grade: Schema) -> dict[str, Schema]:
    """What stands in a case only when it was asked for: --stress, --brief, --gap."""
    of_element = text | {"type": ["string", "null"], "description": "null: the decision itself"}
    severity: Schema = {"enum": [word.value for word in Severity]}
    column = {
        "hypothesis": text,
        "title": text,
        "grade": grade,
        "elements": {"type": "object", "additionalProperties": grade},
        "falls": texts,
    }
    attack = {
        "element": of_element,
        "doctrine": text,
        "severity": severity,
        "attack": text,
        "answer": text,
        "evidence": texts,
        "on_carrying_path": {"type": "boolean"},
    }
    cure = {
        "element": of_element,
        "doctrine": text,
        "work": text,
        "effect": {"type": "integer", "minimum": 0},
    }
    gap = {
        "target": grade,
        "reached": {"type": "boolean"},
        "would_be": grade,
        "cures": {"type": "array", "items": _closed(cure)},
    }
    return {
        "stress": {"type": "array", "items": _closed(column)},
        "brief": {"type": "array", "items": _closed(attack)},
        "gap": _closed(gap),
    }


def _closed(properties: Schema, **optional: Schema) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": {**properties, **optional},
    }
