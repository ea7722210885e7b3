"""Every date exists, and every range runs forward."""

from typing import Any

from casemgr.docket.check.cursor import Cursor
from casemgr.docket.schema import Schema, docket_schema
from casemgr.docket.typed import types_of, variants
from designations.days import PartialDate

# Pairs of fields of which the first may not lie after the second.
IN_ORDER = (("entered_on", "ended_on"),)


def check_dates(top: Cursor) -> None:
    """Refuse dates that no calendar holds and ranges whose last day is before their first."""
    _walk(top, docket_schema())


def _walk(here: Cursor, schema: Schema) -> None:
    if schema.get("$ref") == "#/$defs/Period" or _holds(schema, "#/$defs/Period"):
        _range(here)
        return
    if schema.get("$ref") == "#/$defs/Date" or _holds(schema, "#/$defs/Date"):
        _date(here)
        return
    value = here.value
    if isinstance(value, dict):
        form = _form(schema, "object")
        for name in value:
            if isinstance(name, str) and name in form.get("properties", {}):
                _walk(here.at(name), form["properties"][name])
        for first, last in IN_ORDER:
            _ordered(here, here.at(first), here.at(last))
    elif isinstance(value, list):
        items = _form(schema, "array").get("items")
        if isinstance(items, dict):
            for index in range(len(value)):
                _walk(here.at(index), items)


def _holds(schema: Schema, reference: str) -> bool:
    return any(part.get("$ref") == reference for part in schema.get("anyOf", ()))


def _form(schema: Schema, kind: str) -> Schema:
    return next((form for form in variants(schema) if kind in types_of(form)), {})


def _parsed(value: Any) -> PartialDate | None:
    """The date, None where it is none or was refused already."""
    try:
        return PartialDate.parse(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _date(here: Cursor) -> None:
    """The form was checked by the schema; here, that the day exists."""
    value = here.value
    if not isinstance(value, str) or len(value) not in (4, 7, 10):
        return
    if not value.replace("-", "").isdecimal():
        return
    try:
        PartialDate.parse(value)
    except ValueError as error:
        here.refuse(f"{error}", "write a day that the calendar has")


def _range(here: Cursor) -> None:
    for index in (0, 1):
        _date(here.at(index))
    if isinstance(here.value, list) and len(here.value) == 2:
        _ordered(here, here.at(0), here.at(1))


def _ordered(place: Cursor, first: Cursor, last: Cursor) -> None:
    start, end = _parsed(first.value), _parsed(last.value)
    if start and end and start.first() > end.last():
        place.refuse(
            f"the range runs backward: {start} is after {end}", "write the earlier date first"
        )
