"""A docket as plain values in one fixed order: the one form both writers start from.

What holds its default is left out, so a file says only what it states.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Any

from casemgr.apa import record
from casemgr.docket.shape import Field, fields_of
from designations.days import PartialDate, Period
from designations.library.model import Authority

GROUND_FIELDS = (
    "ground",
    "element",
    "finding",
    "stage",
    "standard",
    "doctrines",
    "not_doctrines",
    "cluster",
    "alone",
    "source",
    "verified",
    "note",
)


def plain_docket(docket: record.Docket) -> dict[str, Any]:
    """Nested dicts, lists, text, whole numbers, booleans and None, in the order of the format."""
    return {"docket": 1, **_object(docket)}


def _object(value: Any) -> dict[str, Any]:
    cls: type = type(value)
    found: dict[str, Any] = {}
    for each in fields_of(cls):
        held = getattr(value, each.attribute)
        written = _special(value, cls, each, held)
        if written is not None:
            found[each.name] = written[0]
    return found


def _special(owner: Any, cls: type, each: Field, held: Any) -> tuple[Any] | None:
    """What to write, in a tuple of one, or None to leave the field out."""
    match cls, each.name:
        case (record.Finding, "defines"):
            if owner.defines_none:
                return ("none",)
            return (dict(held),) if held else None
        case (record.Claim, "value"):
            return ("not-stated" if held is None else _value(held),)
        case (record.Case, "prior_position"):
            if not held:
                return None
            listed = [_object(position) for position in held]
            return (listed[0] if len(listed) == 1 else listed,)
        case (record.Case, "court"):
            return ([_ground(ground) for ground in held],) if held else None
        case _ if cls is Authority and each.name == "in_force":
            return None if held == Period() else (_value(held),)
    if held == each.default and not each.always_written:
        return None
    return (_value(held),)


def _ground(ground: Any) -> dict[str, Any]:
    return {name: _value(ground[name]) for name in GROUND_FIELDS if name in ground}


def _value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Period):
        return [_value(value.start), _value(value.end)]
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return _object(value)


def _number(value: Decimal) -> int | str:
    """A whole number as such; anything with a point as text, so that no reader rounds it."""
    text = format(value, "f")
    return text if "." in text or len(text) > 15 else int(text)
