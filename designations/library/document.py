"""Read a YAML file into plain values, each with its line, by the rules of YAML 1.2 core.

PyYAML reads YAML 1.1, in which ``NO`` is false, ``on`` is true, ``2026`` a number and
``2026-03-26`` a date. Here every scalar is first text; the JSON Schema of the file then says
which fields hold a whole number, true/false or null, and only those are converted. What was
quoted in the file stays text.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from jsonschema import Draft202012Validator

Path = tuple[str | int, ...]

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_STANDARD_TAG = re.compile(r"tag:yaml\.org,2002:(str|seq|map)")
# Errors of these keywords repeat what the reading pass says better, with the field's own line.
_SAID_ALREADY = frozenset({"unevaluatedProperties", "additionalProperties"})


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with a file: where, and what to change."""

    line: int
    path: str
    reason: str


class DocumentError(ValueError):
    """Text that does not fit its schema; ``problems`` names all of them, in order of line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(f"line {p.line}: {p.path}: {p.reason}" for p in self.problems))


@dataclass(frozen=True, slots=True)
class Plain:
    """An unquoted scalar, not yet read as the type its field has."""

    text: str


@dataclass(slots=True)
class Document:
    """A file's value, and the line of every path in it (counted from one)."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of the path, or of the nearest enclosing one that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def written(path: Path) -> str:
    """A path as people write it.

    >>> written(("versions", 0, "elements", 2, "kind"))
    'versions[0].elements[2].kind'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "(the file)"


def read_document(text: str, schema: Mapping[str, Any]) -> Document:
    """Read YAML text and hold it against a JSON Schema (draft 2020-12, local ``$ref`` only).

    Raises DocumentError with every problem found: forms of YAML that are not used here
    (anchors, tags, doubled keys), unknown fields, and whatever the schema refuses.
    """
    document, problems = _compose(text)
    document.value = _typed(document.value, schema, schema, (), document, problems)
    problems += _refused(document, schema)
    if problems:
        raise DocumentError(problems)
    return document


def _compose(text: str) -> tuple[Document, list[Problem]]:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(part for part in (error.context, error.problem) if part)
        raise DocumentError(
            [Problem(mark.line + 1 if mark else 1, "(the file)", f"not YAML: {reason}")]
        ) from None
    except yaml.YAMLError as error:
        raise DocumentError([Problem(1, "(the file)", f"not YAML: {error}")]) from None
    if root is None:
        raise DocumentError([Problem(1, "(the file)", "is empty")])
    document = Document(None)
    problems: list[Problem] = []
    document.value = _value(root, (), document, problems, set())
    return document, problems


def _value(
    node: yaml.Node, path: Path, document: Document, problems: list[Problem], seen: set[int]
) -> Any:
    """The plain value of a node; records lines, and refuses what would be read two ways."""
    line = node.start_mark.line + 1
    document.lines.setdefault(path, line)
    if id(node) in seen:
        # An alias is the node it names: only the path tells on which line it stands.
        line = document.lines[path]
        problems.append(Problem(line, written(path), "write it out: anchors are not used here"))
        return ""
    seen.add(id(node))
    if not _STANDARD_TAG.fullmatch(node.tag):
        problems.append(Problem(line, written(path), f"remove the tag {node.tag}"))
    if isinstance(node, yaml.ScalarNode):
        # The C parser writes the style of an unquoted scalar as "", the Python one as None.
        return node.value if node.style else Plain(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(item, (*path, number), document, problems, seen)
            for number, item in enumerate(node.value)
        ]
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(Problem(key_line, written(path), "a field name must be plain text"))
            continue
        key = key_node.value
        if key in mapping:
            problems.append(Problem(key_line, written((*path, key)), "stands twice: keep one"))
        document.lines[(*path, key)] = key_line
        mapping[key] = _value(value_node, (*path, key), document, problems, seen)
    return mapping


def _resolved(schema: Any, root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The schema and those it takes over by ``$ref`` or ``allOf``."""
    if not isinstance(schema, Mapping):
        return
    yield schema
    if "$ref" in schema:
        target: Any = root
        for step in schema["$ref"].removeprefix("#").strip("/").split("/"):
            target = target[step] if step else target
        yield from _resolved(target, root)
    for part in schema.get("allOf", ()):
        yield from _resolved(part, root)


def _types(parts: list[Mapping[str, Any]]) -> set[str]:
    types: set[str] = set()
    for part in parts:
        stated = part.get("type", [])
        types |= {stated} if isinstance(stated, str) else set(stated)
    return types


def _typed(
    value: Any,
    schema: Any,
    root: Mapping[str, Any],
    path: Path,
    document: Document,
    problems: list[Problem],
) -> Any:
    """The value with its unquoted scalars read as the schema's types; names unknown fields."""
    parts = list(_resolved(schema, root))
    if isinstance(value, Plain):
        return _scalar(value.text, _types(parts))
    if isinstance(value, list):
        listed: list[Any] = [part["items"] for part in parts if "items" in part]
        prefix: list[Any] = next((p["prefixItems"] for p in parts if "prefixItems" in p), [])
        return [
            _typed(
                item,
                prefix[number] if number < len(prefix) else listed[0] if listed else {},
                root,
                (*path, number),
                document,
                problems,
            )
            for number, item in enumerate(value)
        ]
    if isinstance(value, dict):
        known: dict[str, Any] = {}
        for part in parts:
            known |= part.get("properties", {})
        others = [p["additionalProperties"] for p in parts if p.get("additionalProperties")]
        for key in value:
            if known and key not in known and not others:
                problems.append(
                    Problem(
                        document.line((*path, key)), written((*path, key)), _unknown(key, known)
                    )
                )
        other = others[0] if others else {}
        return {
            key: _typed(item, known.get(key, other), root, (*path, key), document, problems)
            for key, item in value.items()
        }
    return value


def _scalar(text: str, types: set[str]) -> Any:
    """An unquoted scalar by the types its field may have; text where none of them fits."""
    if text in _NULLS and ("null" in types or not text):
        return None
    if "boolean" in types and text in _BOOLEANS:
        return _BOOLEANS[text]
    if "integer" in types and _WHOLE.fullmatch(text):
        return int(text)
    return text


def _unknown(key: str, known: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    if near:
        return f"unknown field; did you mean {near[0]!r}?"
    return f"unknown field; the fields here are {', '.join(sorted(known))}"


def _refused(document: Document, schema: Mapping[str, Any]) -> list[Problem]:
    """What the schema refuses, in words that say what to write instead."""
    problems = []
    for error in Draft202012Validator(schema).iter_errors(document.value):
        if error.validator in _SAID_ALREADY:
            continue
        path = tuple(error.absolute_path)
        problems.append(Problem(document.line(path), written(path), _in_words(error)))
    return problems


def _in_words(error: Any) -> str:
    allowed, given = error.validator_value, error.instance
    if error.validator == "required":
        missing = [name for name in allowed if name not in given]
        return f"needs {', '.join(missing)}"
    if error.validator == "enum":
        return f"{given!r} is none of {', '.join(map(str, allowed))}"
    if error.validator == "type":
        wanted = [allowed] if isinstance(allowed, str) else allowed
        shown = "nothing" if given is None else repr(given)
        return f"{shown} is not {' or '.join(_TYPE_WORDS[word] for word in wanted)}"
    if error.validator == "pattern":
        words = str(error.schema.get("description", f"text of the form {allowed}"))
        return f"{given!r} is not {words[0].lower()}{words[1:]}"
    return str(error.message)


_TYPE_WORDS = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
    "array": "a list",
    "object": "a mapping of fields",
}
