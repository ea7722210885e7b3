"""The score as plain values for ``--format json``, and the schema they follow."""

from typing import Any

from casemgr.backtest.ground import Ground
from casemgr.backtest.score import Score
from casemgr.words import DecidedBy, Grade, Severity

Schema = dict[str, Any]

FRACTION: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
GRADE: Schema = {"type": "string", "enum": [grade.value for grade in Grade]}
PLACE: Schema = {"type": "string", "pattern": "^.+/[^/]+$"}


def score_json(score: Score) -> dict[str, Any]:
    """Keys in the order of the contract; fractions to four places, null where nothing counts."""
    return {
        "grounds": [_ground(ground) for ground in score.grounds],
        "recall": score.all.recall.fraction,
        "false_alarms": score.all.false_alarms.fraction,
        "ordering": {
            "held": score.ordering.held,
            "failed": [
                [below, above, grade.value, other.value]
                for below, above, grade, other in score.ordering.failed
            ],
        },
        "null_model": {
            "recall": score.all.null_recall.fraction,
            "false_alarms": score.all.null_false_alarms.fraction,
        },
    }


def _ground(ground: Ground) -> dict[str, Any]:
    return {
        "precedent": ground.precedent,
        "ground": ground.ground,
        "court": ground.court,
        "grade": ground.grade.value,
        "flags": [
            {"doctrine": flag.doctrine, "severity": flag.severity.value} for flag in ground.flags
        ],
        "standard": ground.standard,
        "stage": ground.stage,
        "scored": ground.scored,
        "cluster": ground.cluster,
        "decided_by": ground.decided_by.value,
    }


def backtest_schema() -> Schema:
    """JSON Schema (2020-12) of the output; ``docs/backtest.schema.json`` is this document."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:casemgr:backtest:1",
        "title": "Output of backtest --format json",
        **_closed(
            {
                "grounds": {"type": "array", "items": {"$ref": "#/$defs/Ground"}},
                "recall": FRACTION
                | {"description": "Flagged grounds of those held deficient; null: none scored."},
                "false_alarms": FRACTION
                | {"description": "Flagged grounds of those upheld; null: none scored."},
                "ordering": {"$ref": "#/$defs/Ordering"},
                "null_model": {"$ref": "#/$defs/NullModel"},
            }
        ),
        "$defs": {"Ground": _ground_schema(), "NullModel": _null(), "Ordering": _ordering()},
    }


def _ground_schema() -> Schema:
    return {"description": "One ground as a court decided it and as the engine grades it."} | (
        _closed(
            {
                "precedent": {"type": "string", "description": "The key of the case."},
                "ground": {"type": "integer", "minimum": 0},
                "court": {
                    "type": "string",
                    "enum": ["upheld", "deficient", "not-reached", "legal-bar"],
                },
                "grade": GRADE,
                "flags": {
                    "type": "array",
                    "description": "Flags that weigh; what is merely still ahead is left out.",
                    "items": _closed(
                        {
                            "doctrine": {"type": "string"},
                            "severity": {
                                "type": "string",
                                "enum": [severity.value for severity in Severity],
                            },
                        }
                    ),
                },
                "standard": {"type": ["string", "null"]},
                "stage": {"type": ["string", "null"]},
                "scored": {"type": "boolean", "description": "True for upheld and deficient."},
                "cluster": {"type": ["string", "null"]},
                "decided_by": {
                    "type": "string",
                    "enum": [decided_by.value for decided_by in DecidedBy],
                },
            }
        )
    )


def _ordering() -> Schema:
    return {"description": "Pairs of which the first must grade below the second."} | _closed(
        {
            "held": {"type": "integer", "minimum": 0},
            "failed": {
                "type": "array",
                "items": {
                    "type": "array",
                    "prefixItems": [PLACE, PLACE, GRADE, GRADE],
                    "items": False,
                    "minItems": 4,
                    "maxItems": 4,
                },
            },
        }
    )


def _null() -> Schema:
    return {
        "description": "The same figures for flagging exactly what the file calls defective."
    } | _closed({"recall": FRACTION, "false_alarms": FRACTION})


def _closed(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
