"""Digests: the same input, the same bytes; a signature can name exactly what it was given on.

Canonical form: JSON with sorted keys and no spaces, enumerations and dates as text, numbers as
integers or decimal text, never floats. A field at its default is left out, so that a field added
to the format later changes no digest of a record that does not use it.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from casemgr.apa.memory import Memory
from casemgr.apa.record import Item, Link
from casemgr.apa.view import CaseView, Matters
from designations.days import PartialDate
from designations.library.model import Element

DIGEST_SCHEMA = "1"

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
_DIGESTS: Memory[str] = Memory()
_SHAPES: dict[type, "_Shape"] = {}


class _Shape:
    """Field names of a class of the record, their defaults, and a reader of all at once."""

    def __init__(self, kind: type) -> None:
        fields = dataclasses.fields(kind)
        self.names = tuple(field.name for field in fields)
        self.defaults = tuple(field.default for field in fields)
        read = attrgetter(*self.names)
        self.read = read if len(fields) > 1 else lambda value: (read(value),)


def _shape(kind: type) -> _Shape:
    known = _SHAPES.get(kind)
    if known is None:
        known = _SHAPES[kind] = _Shape(kind)
    return known


def plain(value: Any) -> Any:
    """The canonical JSON-able form of a value of the record."""
    if value is None or isinstance(value, (str, int)):  # words are text, as JSON writes them
        return value
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    if isinstance(value, (PartialDate, date, Decimal)):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if dataclasses.is_dataclass(value):
        shape = _shape(type(value))
        return {
            name: part if isinstance(part, str) else plain(part)
            for name, part, default in zip(
                shape.names, shape.read(value), shape.defaults, strict=True
            )
            if part is not default and part != default
        }
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(value: Any) -> str:
    """Canonical JSON text of a value of the record."""
    return _ENCODER.encode(plain(value))


def sha256(text: str) -> str:
    """Lower-case hexadecimal SHA-256 of UTF-8 text."""
    return hashlib.sha256(text.encode()).hexdigest()


def remembered(value: Item | Link) -> str:
    """Digest of a frozen item or link, computed once for as long as the object lives.

    Variants of one record (another day, an origin struck) share their items and links.
    """
    return _DIGESTS.of(value) or _DIGESTS.keep(value, sha256(canonical(value)))


def element_digest(
    element: Element,
    matters: Matters,
    links: tuple[Link, ...],
    digests: Mapping[str, str],
    *,
    stated_empty: bool,
) -> str:
    """Digest of the element's text, live links, the items behind them and the matters on it.

    Holds no clock, engine version, signature or finding. ``digests`` must already cover what an
    item derives from (see `closed_digests`).
    """
    parts = [
        canonical(element),
        canonical(_matters(matters)),
        "empty" if stated_empty else "",
        *sorted([f"{remembered(link)}|{digests[link.item]}" for link in links]),
    ]
    return sha256("\n".join([DIGEST_SCHEMA, *parts]))


def closed_digests(items: Mapping[str, Item], sources: Mapping[str, str]) -> dict[str, str]:
    """Digest of each item together with everything it derives from, and who says it."""
    closed: dict[str, str] = {}

    def named(source: str) -> str:
        return sources.get(source, source)

    def close(key: str) -> str:
        known = closed.get(key)
        if known:
            return known
        item = items[key]
        basis = remembered(item)
        if not item.derived_from:
            basis = f"{basis}|{named(item.source or '')}"
        else:
            above = sorted(
                close(d.item) if d.item and d.item in items else named(d.source or d.item or "")
                for d in item.derived_from
            )
            basis = sha256("\n".join([basis, sources.get(item.source or "", ""), *above]))
        closed[key] = basis
        return basis

    for key in items:
        close(key)
    return closed


def group_digest(element: Element, matters: Matters) -> str:
    """Digest of a group of elements: how it joins them, and the matters on the group itself."""
    return sha256("\n".join([DIGEST_SCHEMA, canonical(element), canonical(_matters(matters))]))


def case_digest(
    view: CaseView, as_of: date | None, versions: tuple[str, ...], facts: tuple[Any, ...]
) -> str:
    """The input digest: case facts (with all element digests), as-of day, engine and weights."""
    return sha256(
        canonical(
            [
                DIGEST_SCHEMA,
                _matters(view.matters),
                list(view.weak_dependencies),
                as_of,
                list(versions),
                list(facts),
            ]
        )
    )


def _matters(matters: Matters) -> list[list[str]]:
    return [
        sorted(canonical(list(parts)) for parts in kind)
        for kind in (
            [(c.consideration, c.state) for c in matters.considerations],
            [(s.prerequisite, s.state) for s in matters.steps],
            [(comparator,) for comparator in matters.comparators],
            [(position,) for position in matters.prior_positions],
            [(left,) for left in matters.left_out],
            [(absent,) for absent in matters.absent],
        )
    ]
