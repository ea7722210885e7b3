"""The fields of a docket file, read off the frozen dataclasses that hold it.

``casemgr.apa.record`` names its fields as in the file, so the published schema, the reader and
the writer all walk these shapes: a field added there is read, checked, written and published,
and there is no second list to forget. The few places where the file and the dataclass differ
are the tables below.
"""

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache

from casemgr.apa import record
from designations.library import model

# A docket's own authority has these fields; the rest of the class belongs to library files.
AUTHORITY_FIELDS: Mapping[type, tuple[str, ...]] = {
    model.Authority: (
        "slug",
        "version",
        "title",
        "in_force",
        "threshold",
        "posture",
        "elements",
        "considerations",
        "prerequisites",
    ),
    model.Element: (
        "code",
        "parent",
        "join",
        "kind",
        "text",
        "citation",
        "settledness",
        "undefined_terms",
        "fresh_days",
        "period",
    ),
    model.Consideration: ("code", "text", "element", "main"),
    model.Prerequisite: ("code", "text", "kind", "element"),
}

# Stated although the dataclass has a default: a reader may not guess these.
STATED = frozenset(
    {
        (model.Authority, "elements"),
        (record.Link, "stance"),
        (record.LinkAnswer, "state"),
        (record.ConsiderationAnswer, "state"),
        (record.Step, "state"),
        (record.AppliedVersion, "difference"),
    }
)

# Written even when they hold the default, because a reader looks for them.
ALWAYS_WRITTEN = STATED | frozenset(
    {
        (record.Docket, "completeness"),
        (record.Source, "role"),
        (record.Item, "kind"),
        (record.Case, "kind"),
        (record.Claim, "comparator"),
        (record.Designee, "type"),
        (record.Exhibit, "role"),
        (model.Authority, "threshold"),
        (model.Authority, "posture"),
        (model.Prerequisite, "kind"),
    }
)

RENAMED: Mapping[tuple[type, str], str] = {(record.LaterPin, "from_"): "from"}
# ``defines_none`` is written as ``defines: none``; ``same_as`` is looked up, not stated.
HIDDEN = frozenset({(record.Finding, "defines_none"), (record.Finding, "same_as")})


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the file, its attribute, its type, and what it is when absent."""

    name: str
    attribute: str
    type: object
    required: bool
    default: object
    always_written: bool


@cache
def fields_of(cls: type) -> tuple[Field, ...]:
    """The fields a docket file may hold for this class, in the order they are written."""
    hints = typing.get_type_hints(cls)
    allowed = AUTHORITY_FIELDS.get(cls)
    found = []
    for each in fields(cls):
        place = (cls, each.name)
        if place in HIDDEN or (allowed is not None and each.name not in allowed):
            continue
        default = each.default
        if each.default_factory is not MISSING:
            default = each.default_factory()
        found.append(
            Field(
                name=RENAMED.get(place, each.name),
                attribute=each.name,
                type=hints[each.name],
                required=default is MISSING or place in STATED,
                default=default,
                always_written=default is MISSING or place in ALWAYS_WRITTEN,
            )
        )
    return tuple(found)


def without_none(hint: object) -> object:
    """The type itself where the hint is ``X | None``.

    >>> without_none(int | None)
    <class 'int'>
    """
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        (kept,) = (part for part in typing.get_args(hint) if part is not types.NoneType)
        return kept
    return hint


def list_of(hint: object) -> object | None:
    """What a ``tuple[X, ...]`` holds, or None for any other type."""
    if typing.get_origin(hint) is tuple:
        arguments = typing.get_args(hint)
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return typing.cast(object, arguments[0])
    return None
