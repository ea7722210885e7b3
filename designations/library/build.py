"""Turn the plain values of a checked file into the dataclasses of ``model.py``.

Shared by library files and by the ``authorities:`` block of docket files, whose fields are a
part of these.
"""

from collections.abc import Mapping
from typing import Any

from designations.days import PartialDate, Period
from designations.library.model import (
    Authority,
    Consequence,
    Consideration,
    Element,
    Prerequisite,
    Provision,
    VersionStatus,
)
from designations.words import (
    ElementKind,
    Join,
    Posture,
    PrerequisiteKind,
    Settledness,
    Threshold,
    VersionState,
)

_ELEMENT_WORDS = {"join": Join, "kind": ElementKind, "settledness": Settledness}


def period_from(pair: list[str | None] | None) -> Period | None:
    """A ``[first, last]`` pair as a Period; None stays None.

    Raises ValueError for a day that does not exist.
    """
    if pair is None:
        return None
    first, last = (PartialDate.parse(text) if text else None for text in pair)
    return Period(first, last)


def element_from(data: Mapping[str, Any]) -> Element:
    """An Element from the fields of its file entry."""
    fields = _tuples(data)
    for name, words in _ELEMENT_WORDS.items():
        if fields.get(name) is not None:
            fields[name] = words(fields[name])
    if fields.get("period") is not None:
        fields["period"] = period_from(data["period"])
    return Element(**fields)


def prerequisite_from(data: Mapping[str, Any]) -> Prerequisite:
    """A Prerequisite from the fields of its file entry."""
    fields = dict(data)
    if "kind" in fields:
        fields["kind"] = PrerequisiteKind(fields["kind"])
    return Prerequisite(**fields)


def status_from(data: Mapping[str, Any]) -> VersionStatus:
    """A VersionStatus from the fields of its file entry; a null period is open at both ends."""
    fields = dict(data)
    fields["state"] = VersionState(fields["state"])
    fields["period"] = period_from(data["period"]) or Period()
    return VersionStatus(**fields)


def authority_from(data: Mapping[str, Any]) -> Authority:
    """An Authority from plain values that its JSON Schema has accepted.

    Raises ValueError for a date that does not exist.
    """
    fields = _tuples(data)
    fields["in_force"] = period_from(data.get("in_force"))
    if "threshold" in fields:
        fields["threshold"] = Threshold(fields["threshold"])
    if "posture" in fields:
        fields["posture"] = Posture(fields["posture"])
    fields["elements"] = tuple(map(element_from, data.get("elements", ())))
    fields["considerations"] = tuple(Consideration(**c) for c in data.get("considerations", ()))
    fields["prerequisites"] = tuple(map(prerequisite_from, data.get("prerequisites", ())))
    fields["consequences"] = tuple(Consequence(**_tuples(c)) for c in data.get("consequences", ()))
    fields["provisions"] = tuple(Provision(**p) for p in data.get("provisions", ()))
    fields["statuses"] = tuple(map(status_from, data.get("statuses", ())))
    return Authority(**fields)


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in data.items()}
