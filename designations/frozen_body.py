"""An authority version taken apart for storage and put together again.

The body is what the digest covers and never changes once a case pins the version; the readings
are everything else but the statuses, which are rows. Both together give back the dataclass, so
a field that the library gains later needs no column to be kept.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from designations.days import PartialDate, Period
from designations.library.build import authority_from
from designations.library.load import canonical_body
from designations.library.model import Authority, VersionStatus

# Kept elsewhere: statuses are rows, and the range in force is one of them.
_ROWS = frozenset({"statuses", "in_force"})


def body_of(authority: Authority) -> dict[str, Any]:
    """What ``body_digest`` covers, as plain JSON values."""
    body: dict[str, Any] = json.loads(canonical_body(authority))
    return body


def readings_of(authority: Authority) -> dict[str, Any]:
    """What the digest does not cover, entries of a list under their codes."""
    body = body_of(authority)
    readings: dict[str, Any] = {}
    for name, value in _plain(authority).items():
        if name in _ROWS or body.get(name) == value:
            continue
        covered = body.get(name)
        if isinstance(covered, list) and covered and isinstance(covered[0], dict):
            rest = {
                entry["code"]: {key: field for key, field in entry.items() if key not in known}
                for entry, known in zip(value, covered, strict=True)
            }
            value = {code: extra for code, extra in rest.items() if extra}
        if value:
            readings[name] = value
    return readings


def rebuild(
    body: Mapping[str, Any],
    readings: Mapping[str, Any],
    statuses: tuple[VersionStatus, ...],
    in_force: Period | None,
) -> Authority:
    """The Authority of which body and readings were taken, with the given statuses and range."""
    values = {name: value for name, value in body.items() if name != "first_day"}
    for name, extra in readings.items():
        if isinstance(extra, dict):
            values[name] = [entry | extra.get(entry["code"], {}) for entry in body[name]]
        else:
            values[name] = extra
    return replace(authority_from(values), statuses=statuses, in_force=in_force)


def _plain(value: Any) -> Any:
    """Plain JSON values, what is empty or at its default left out of objects."""
    if isinstance(value, Period):
        return [str(end) if end else None for end in (value.start, value.end)]
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        stated = {field.name: getattr(value, field.name) for field in fields(value)}
        defaults = {field.name: field.default for field in fields(value)}
        return {
            name: _plain(content)
            for name, content in stated.items()
            if name == "code" or content != defaults[name]
        }
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value
