"""Lines of a FollowTheMoney file as entities, and back.

Numbers are kept as the digits that stand there; no value passes through a float.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

MOST_BYTES = 10 * 1024**2
MOST_ENTITIES = 5_000
"""Each may become a designee that somebody must look at. Whole registers are not read in."""
MOST_PROBLEMS = 50
MOST_OF_ID = 200
_MORE = "More lines are wrong; these are the first."
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")


class FtmError(ValueError):
    """The file cannot be read as FollowTheMoney entities; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity as its line states it; every value is text."""

    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]]
    line: int = 0
    datasets: tuple[str, ...] = ()
    referents: tuple[str, ...] = ()
    """Ids by which the same thing is known elsewhere."""

    def all(self, *names: str) -> tuple[str, ...]:
        """Every value of the properties, in their order, each once."""
        return tuple(
            dict.fromkeys(value for name in names for value in self.properties.get(name, ()))
        )

    def first(self, *names: str) -> str:
        """The first value of the first of the properties that has one, or nothing."""
        return next(iter(self.all(*names)), "")


@dataclass(frozen=True, slots=True)
class Problem:
    """What must be mended in a line before anything of the file is entered."""

    line: int
    said: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A value or an entity that is not taken, and why; the rest of the file is."""

    line: int
    entity: str
    what: str
    why: str


@dataclass(slots=True)
class Lines:
    """A file read line by line."""

    entities: list[Entity] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def read_lines(content: bytes) -> Lines:
    """The entities of the file. Raises FtmError for what is no FollowTheMoney file."""
    if len(content) > MOST_BYTES:
        raise FtmError(f"The file is larger than {MOST_BYTES:,} bytes: divide it.")
    if content.startswith(_COMPRESSED):
        raise FtmError("The file is compressed: unpack it, and send the .json file in it.")
    text = content.removeprefix(b"\xef\xbb\xbf")
    stated = [(number, line) for number, line in enumerate(text.split(b"\n"), 1) if line.strip()]
    if not stated:
        raise FtmError("The file is empty: it has one entity on each line.")
    if len(stated) > MOST_ENTITIES:
        raise FtmError(
            f"The file has {len(stated):,} entities; at most {MOST_ENTITIES:,} are read. Take out "
            "those that concern your matter, with what links them."
        )
    if stated[0][1].lstrip()[:1] == b"[":
        raise FtmError(
            "The file is one JSON list: a FollowTheMoney file has one entity on each line."
        )
    return _read(stated)


def _read(stated: Iterable[tuple[int, bytes]]) -> Lines:
    found = Lines()
    known: dict[str, Entity] = {}
    for number, line in stated:
        try:
            entity = _entity(number, line, found.left_out)
        except ValueError as error:
            found.problems.append(Problem(number, str(error)))
            if len(found.problems) == MOST_PROBLEMS:
                found.problems.append(Problem(number, _MORE))
                break
            continue
        earlier = known.setdefault(entity.id, entity)
        if earlier is entity:
            found.entities.append(entity)
        elif (earlier.schema, earlier.properties) == (entity.schema, entity.properties):
            said = f"repeats line {earlier.line}"
            found.left_out.append(LeftOut(number, entity.id, "the line", said))
        else:
            said = (
                f"{entity.id!r} stands on line {earlier.line} with other words: put the parts of "
                "an entity together first (ftm aggregate)."
            )
            found.problems.append(Problem(number, said))
    return found


def _entity(number: int, line: bytes, left_out: list[LeftOut]) -> Entity:
    stated = _json(line)
    if not isinstance(stated, dict):
        raise ValueError("The line is no JSON object: an entity has id, schema and properties.")
    identity = _word(stated, "id")
    if len(identity) > MOST_OF_ID:
        raise ValueError(f"The id has {len(identity)} characters; at most {MOST_OF_ID} are kept.")
    properties = stated.get("properties", {})
    if not isinstance(properties, dict):
        raise ValueError("properties is no object: it names lists of texts.")
    schema = _word(stated, "schema")
    datasets, referents = (_kept(name, stated.get(name, [])) for name in ("datasets", "referents"))
    kept: dict[str, tuple[str, ...]] = {}
    for name, values in properties.items():
        _check(f"the name of the property {name!r}", name)
        good = []
        for value in _texts(name, values):
            if _UNSTORABLE.search(value):
                why = "it holds a character that no database can keep"
                left_out.append(LeftOut(number, identity, name, why))
            elif value.strip():
                good.append(value.strip())
        if good:
            kept[name] = tuple(dict.fromkeys(good))
    return Entity(identity, schema, kept, number, datasets, referents)


def _json(line: bytes) -> Any:
    try:
        return json.loads(
            line.decode(),
            parse_float=str,
            parse_int=str,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
    except UnicodeDecodeError as error:
        raise ValueError(f"Byte {error.start + 1} of the line is not UTF-8.") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"The line is no JSON: {error.msg} at character {error.colno}.") from error
    except RecursionError as error:
        raise ValueError("The line is nested too deeply: an entity is flat.") from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON: write the value as text, or leave it out.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} stands twice in the line.")
    return found


def _word(stated: Mapping[str, Any], name: str) -> str:
    value = stated.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"The entity has no {name}: give it as text.")
    _check(f"the {name}", value)
    return value.strip()


def _kept(name: str, values: Any) -> tuple[str, ...]:
    texts = _texts(name, values)
    for value in texts:
        _check(name, value)
    return texts


def _check(what: str, value: str) -> None:
    if _UNSTORABLE.search(value):
        said = f"{what} holds a character that no database can keep: take it out."
        raise ValueError(said[0].upper() + said[1:])


def _texts(name: str, values: Any) -> tuple[str, ...]:
    """A list of texts; a text alone is a list of one."""
    if isinstance(values, str):
        return (values,)
    if not isinstance(values, list):
        raise ValueError(f"{name} is {_kind(values)}: write a list of texts.")
    for value in values:
        if not isinstance(value, str):
            hint = " Nested entities are not read: send the flat file." if value else ""
            raise ValueError(f"{name} holds {_kind(value)}: write texts only.{hint}")
    return tuple(values)


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case dict():
            return "an object"
        case list():
            return "a list"
    return "a number"


def write_lines(entities: Iterable[Entity]) -> Iterator[str]:
    """Each entity as a line of JSON, ended; the same entity is always the same line."""
    for entity in entities:
        stated: dict[str, Any] = {
            "id": entity.id,
            "schema": entity.schema,
            "properties": {
                name: list(values) for name, values in sorted(entity.properties.items())
            },
            "datasets": list(entity.datasets),
            "referents": list(entity.referents),
        }
        yield json.dumps(stated, ensure_ascii=False, separators=(",", ":")) + "\n"
