"""The bytes of a bundle as objects, and what is wrong with each. Runs in a process of its own.

What makes the file no bundle refuses all of it, with the place. What is wrong with one object
leaves that one unread and is said; everything else is read.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, uuid5

from evidence.exchange.stix.words import ID

MOST_BYTES = 32 * 1024**2
MOST_OBJECTS = 20_000
MOST_DEPTH = 60
_CUT = 120


class BundleError(ValueError):
    """The file cannot be read as a bundle at all; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something about one place of the file, such as ``objects[3].id``."""

    where: str
    said: str
    object_id: str = ""


@dataclass(frozen=True, slots=True)
class StixObject:
    """One object; ``modified`` is None for observables, which have no versions."""

    place: str
    id: str
    type: str
    modified: datetime | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The objects that could be read, each id once and in its newest version."""

    id: str
    objects: tuple[StixObject, ...]
    count: int
    refused: tuple[Said, ...]
    remarks: tuple[Said, ...]


def read_bundle(stream: BinaryIO) -> Bundle:
    """The bundle in the file. Raises BundleError."""
    top = _parsed(_text(stream.read(MOST_BYTES + 1)))
    if not isinstance(top, dict):
        raise BundleError("The file holds no JSON object: a bundle is one, with a list of objects.")
    if top.get("type") != "bundle":
        raise BundleError(_no_bundle(top.get("type")))
    version = top.get("spec_version", "2.1")
    if version not in ("2.0", "2.1"):
        raise BundleError(
            f"spec_version: this is STIX {cut(version)}; 2.0 and 2.1 are read. Have it converted."
        )
    listed = top.get("objects", [])
    if not isinstance(listed, list):
        raise BundleError("objects: a bundle has a list here.")
    if not listed:
        raise BundleError("objects: the bundle is empty, so there is nothing to log.")
    if len(listed) > MOST_OBJECTS:
        raise BundleError(
            f"objects: there are {len(listed):,}; at most {MOST_OBJECTS:,} are read at once. "
            "Divide the bundle, each report with what it refers to."
        )
    return _bundle(top, listed)


def _bundle(top: Mapping[str, Any], listed: Sequence[Any]) -> Bundle:
    refused: list[Said] = []
    remarks: list[Said] = []
    bundle_id = top.get("id")
    if not isinstance(bundle_id, str) or not ID.fullmatch(bundle_id):
        remarks.append(Said("id", "The bundle has no identifier of the form bundle--UUID."))
        bundle_id = ""
    if top.get("spec_version") == "2.0":
        remarks.append(
            Said("spec_version", "This is STIX 2.0: it is read as 2.1 where they agree.")
        )
    newest: dict[str, StixObject] = {}
    for place, data in _each(listed):
        try:
            found = _object(place, data)
        except _RefusedError as error:
            refused.append(error.said)
            continue
        known = newest.setdefault(found.id, found)
        if known is found:
            continue
        if known.modified == found.modified:
            if known.data != found.data:
                refused.append(
                    Said(
                        place,
                        f"It has the id of {known.place} and says something else, under no later "
                        "time of modification: the first is read.",
                        found.id,
                    )
                )
        else:
            older, newer = sorted((known, found), key=_version)
            newest[found.id] = newer
            said = f"An older version than {newer.place}, which is read instead."
            remarks.append(Said(older.place, said, found.id))
    return Bundle(bundle_id, tuple(newest.values()), len(listed), tuple(refused), tuple(remarks))


def _version(found: StixObject) -> datetime:
    return found.modified or datetime.min.replace(tzinfo=UTC)


def _each(listed: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Each object, and those that STIX 2.0 writes within observed data."""
    for number, data in enumerate(listed):
        place = f"objects[{number}]"
        yield place, data
        if isinstance(data, dict) and data.get("type") == "observed-data":
            inner = data.get("objects")
            for key, value in inner.items() if isinstance(inner, dict) else ():
                at = f"{place}.objects.{cut(key)}"
                kind = value.get("type") if isinstance(value, dict) else None
                if not isinstance(kind, str):
                    yield at, value
                    continue
                made = uuid5(NAMESPACE_URL, f"{data.get('id')}#{key}")
                yield at, {**value, "id": f"{kind}--{made}"}


class _RefusedError(Exception):
    def __init__(self, where: str, said: str, object_id: str = "") -> None:
        super().__init__(said)
        self.said = Said(where, said, object_id)


def _object(place: str, data: Any) -> StixObject:
    if not isinstance(data, dict):
        raise _RefusedError(place, "This is no object.")
    kind, object_id = data.get("type"), data.get("id")
    if not isinstance(kind, str) or not kind:
        raise _RefusedError(f"{place}.type", "The object does not say its type.")
    form = ID.fullmatch(object_id) if isinstance(object_id, str) else None
    if form is None or not isinstance(object_id, str):
        raise _RefusedError(
            f"{place}.id", f"{cut(object_id)} is no identifier: it has the form {cut(kind)}--UUID."
        )
    if form[1] != kind:
        said = f"The identifier is of a {form[1]}, the object is a {cut(kind)}."
        raise _RefusedError(f"{place}.id", said, object_id)
    version = data.get("spec_version", "2.1")
    if version not in ("2.0", "2.1"):
        said = f"STIX {cut(version)} is not read; 2.0 and 2.1 are."
        raise _RefusedError(f"{place}.spec_version", said, object_id)
    stated = data.get("modified", data.get("created"))
    modified = moment(stated)
    if stated is not None and modified is None:
        name = "modified" if "modified" in data else "created"
        said = f"{cut(stated)} is no time: write it as 2026-02-23T00:00:00Z."
        raise _RefusedError(f"{place}.{name}", said, object_id)
    return StixObject(place, object_id, kind, modified, data)


def moment(stated: Any) -> datetime | None:
    """A timestamp of STIX (RFC 3339), to the microsecond; None for what is none.

    >>> moment("2016-05-07T11:22:30.000Z").isoformat()
    '2016-05-07T11:22:30+00:00'
    """
    if not isinstance(stated, str) or len(stated) > 40 or "T" not in stated.upper():
        return None
    try:
        found = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", stated.upper()))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def cut(value: Any) -> str:
    """A value of the file as it can be shown in a sentence."""
    said = clean(value) if isinstance(value, str) else json.dumps(value, default=str)
    return said if len(said) <= _CUT else f"{said[:_CUT]}…"


# No text of the database holds a zero, no UTF-8 a lone surrogate; the others are invisible.
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text without what cannot be kept or seen; the original stays in the file."""
    return _UNSHOWN.sub("\ufffd", text.replace("\r\n", "\n")).strip()


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise BundleError(
            f"The file is larger than {MOST_BYTES // 1024**2} MiB: divide the bundle."
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BundleError("The file is UTF-16: STIX is JSON in UTF-8. Save it as UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BundleError(
            f"The file is not UTF-8 (byte {error.start + 1}): save it as UTF-8."
        ) from None
    if not text.strip():
        raise BundleError("The file is empty.")
    if text.lstrip().startswith("<"):
        raise BundleError("The file is XML, as STIX 1 is: only STIX 2.0 and 2.1 in JSON are read.")
    return text


class _Twice(dict[str, Any]):
    """An object in which a name stands twice."""

    name = ""


class _NoNumber:
    def __init__(self, said: str) -> None:
        self.said = said


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    seen: set[str] = set()
    twice = _Twice(made)
    for name, _ in pairs:
        if name in seen:
            twice.name = name
        seen.add(name)
    return twice


def _parsed(text: str) -> Any:
    try:
        top = json.loads(text, object_pairs_hook=_pairs, parse_constant=_NoNumber)
    except json.JSONDecodeError as error:
        raise BundleError(
            f"Line {error.lineno}, column {error.colno}: this is no JSON ({error.msg})."
        ) from None
    except RecursionError:
        raise BundleError(f"The file nests deeper than {MOST_DEPTH} levels.") from None
    except ValueError:
        raise BundleError("The file has a number of thousands of digits.") from None
    _refuse_what_json_is_not(top)
    return top


def _refuse_what_json_is_not(top: Any) -> None:
    left: list[tuple[str, int, Any]] = [("", 1, top)]
    while left:
        path, depth, value = left.pop()
        if isinstance(value, _NoNumber) or (isinstance(value, float) and math.isinf(value)):
            said = value.said if isinstance(value, _NoNumber) else "a number too large to keep"
            raise BundleError(f"{path or 'The file'}: {said} is no value in JSON.")
        if isinstance(value, _Twice):
            raise BundleError(f"{path}{'.' if path else ''}{cut(value.name)}: it stands twice.")
        if not isinstance(value, dict | list):
            continue
        if depth > MOST_DEPTH:
            raise BundleError(f"{_short(path)}: it nests deeper than {MOST_DEPTH} levels.")
        if isinstance(value, dict):
            dot = "." if path else ""
            left.extend((f"{path}{dot}{cut(k)}", depth + 1, v) for k, v in value.items())
        else:
            left.extend((f"{path}[{n}]", depth + 1, v) for n, v in enumerate(value))


def _short(path: str) -> str:
    return path if len(path) <= _CUT else f"{path[:_CUT]}…"


def _no_bundle(kind: Any) -> str:
    if not isinstance(kind, str):
        return 'type: a bundle says {"type": "bundle"} at its top; this file does not.'
    return (
        f"type: this is a {cut(kind)}, not a bundle. Put it into the list of objects of a bundle, "
        "with what it refers to."
    )
