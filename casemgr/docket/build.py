"""Step 5: the checked document to the frozen dataclasses the engine reads."""

from dataclasses import is_dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from casemgr.apa import record
from casemgr.docket.shape import fields_of, list_of, without_none
from designations.days import PartialDate, Period
from designations.library.model import Authority, Element
from designations.words import ElementKind


def build_docket(document: dict[str, Any]) -> record.Docket:
    """The docket of a document that steps 3 and 4 found nothing wrong with."""
    return cast(record.Docket, _object(record.Docket, document))


def _object(cls: type, values: dict[str, Any]) -> object:
    arguments: dict[str, Any] = {}
    for each in fields_of(cls):
        value = values.get(each.name)
        if value is not None:
            arguments[each.attribute] = _special(cls, each.name, value, each.type)
    made = cls(**arguments)
    if isinstance(made, Authority) and "in_force" not in values:
        # Not stated: open at both ends. ``in_force: null`` says that it has no first day.
        return replace(made, in_force=Period())
    if isinstance(made, Element) and not made.is_group and made.kind is None:
        return replace(made, kind=ElementKind.FACT)
    if isinstance(made, record.Finding) and values.get("defines") == "none":
        return replace(made, defines=(), defines_none=True)
    return made


def _special(cls: type, name: str, value: Any, hint: object) -> Any:
    match cls, name:
        case (record.Finding, "defines"):
            return () if value == "none" else tuple(value.items())
        case (record.Claim, "value"):
            return None if value == "not-stated" else Decimal(value)
        case (record.Exhibit, "sha256" | "of_exhibit"):
            return value.lower()
        case (record.Case, "prior_position"):
            listed = value if isinstance(value, list) else [value]
            return tuple(_object(record.PriorPosition, each) for each in listed)
        case (record.Case, "court"):
            return tuple(
                {
                    key: tuple(part) if isinstance(part, list) else part
                    for key, part in ground.items()
                    if part is not None
                }
                for ground in value
            )
        case (record.Docket, "ordering"):
            return tuple((lower, higher) for lower, higher in value)
    return _of_type(hint, value)


def _of_type(hint: object, value: Any) -> Any:
    hint = without_none(hint)
    inner = list_of(hint)
    if inner is not None:
        return tuple(_of_type(inner, each) for each in value)
    if hint is Decimal:
        return Decimal(value)
    if hint is PartialDate:
        return PartialDate.parse(value)
    if hint is Period:
        return Period(*(None if end is None else PartialDate.parse(end) for end in value))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    if isinstance(hint, type) and is_dataclass(hint):
        return _object(hint, value)
    return value
