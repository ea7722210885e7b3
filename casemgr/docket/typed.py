"""Step 2: nodes to values, each scalar read by the type its field has.

YAML 1.2 core forms count, and only where the field takes them: ``2026`` is text in a version
and a whole number in ``accounts``; ``no`` is text everywhere. Quoted text stays text. What does
not fit its field is left as written for step 3 to refuse with its path and line.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from casemgr.docket.errors import Path, Problem, dotted
from casemgr.docket.parse import MAX_DEPTH, Listing, Mapping, Node, Scalar
from casemgr.docket.schema import Schema, docket_schema

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
NOTHING: Schema = {}


@dataclass(slots=True)
class Typed:
    """The document as plain values, the line of every path, and what could not be read."""

    document: Any
    lines: dict[Path, int]
    problems: list[Problem] = field(default_factory=list)
    # Paths whose value was already refused, so that step 3 does not say it twice.
    refused: set[Path] = field(default_factory=set)


def read_types(root: Node) -> Typed:
    """Values of the whole tree, by the published schema."""
    typed = Typed(None, {})
    if root.line is not None:
        typed.lines[()] = root.line
    typed.document = _value(root, docket_schema(), (), typed)
    return typed


def variants(schema: Schema) -> list[Schema]:
    """The concrete forms a value may take: references followed, alternatives spread out."""
    if "$ref" in schema:
        return variants(docket_schema()["$defs"][schema["$ref"].rsplit("/", 1)[1]])
    if "anyOf" in schema:
        return [form for part in schema["anyOf"] for form in variants(part)]
    return [schema]


def types_of(form: Schema) -> set[str]:
    """The JSON types a concrete form takes."""
    if "const" in form:
        return {"integer" if isinstance(form["const"], int) else "string"}
    stated = form.get("type", ())
    return {stated} if isinstance(stated, str) else set(stated)


def _value(node: Node, schema: Schema, path: Path, typed: Typed) -> Any:
    if len(path) > MAX_DEPTH:
        _refuse(typed, path, f"the file nests more than {MAX_DEPTH} levels deep")
        return None
    forms = variants(schema)
    if isinstance(node, Scalar):
        return _scalar(node, forms, path, typed)
    if isinstance(node, Listing):
        form = next((form for form in forms if "array" in types_of(form)), NOTHING)
        return _items(node, form, path, typed)
    form = next((form for form in forms if "object" in types_of(form)), NOTHING)
    return _entries(node, form, path, typed)


def _items(node: Listing, form: Schema, path: Path, typed: Typed) -> list[Any]:
    values = []
    first = form.get("prefixItems", [])
    for index, child in enumerate(node.items):
        here = (*path, index)
        if child.line is not None:
            typed.lines[here] = child.line
        rest = form.get("items") or NOTHING
        values.append(_value(child, first[index] if index < len(first) else rest, here, typed))
    return values


def _entries(node: Mapping, form: Schema, path: Path, typed: Typed) -> dict[str, Any]:
    values: dict[str, Any] = {}
    known = form.get("properties", NOTHING)
    other = form.get("additionalProperties") or NOTHING
    for key, line, child in node.entries:
        here = (*path, key)
        if key in values:
            first = typed.lines.get(here)
            typed.problems.append(
                Problem(
                    dotted(here),
                    "this field is written twice" + (f" (first on line {first})" if first else ""),
                    "keep one of them",
                    line,
                )
            )
            continue
        if line is not None:
            typed.lines[here] = line
        values[key] = _value(child, known.get(key, other), here, typed)
    return values


def _scalar(node: Scalar, forms: list[Schema], path: Path, typed: Typed) -> Any:
    allowed = {name for form in forms for name in types_of(form)}
    if node.tag is not None:
        _refuse(typed, path, f"the YAML tag {node.tag} has no meaning here", "remove the tag", node)
        return node.text
    if node.fractional:
        _refuse(
            typed,
            path,
            f"{node.text} is a fractional number, which readers round differently",
            f'write it as text: "{node.text}"',
            node,
        )
        return node.text
    if node.is_literal:
        return node.literal
    if not node.quoted:
        if "null" in allowed and node.text in NULLS:
            return None
        if "boolean" in allowed and node.text in BOOLEANS:
            return BOOLEANS[node.text]
        if "integer" in allowed and WHOLE.fullmatch(node.text):
            return int(node.text)
    if "\x00" in node.text or any("\ud800" <= char <= "\udfff" for char in node.text):
        _refuse(
            typed,
            path,
            "the text holds a character that cannot be stored (NUL or half a surrogate pair)",
            "remove it",
            node,
        )
        return ""
    if not allowed and not node.quoted and node.text in NULLS:
        return None  # an unknown field, refused by name in the next step
    return node.text


def _refuse(
    typed: Typed, path: Path, message: str, fix: str = "", node: Scalar | None = None
) -> None:
    line = typed.lines.get(path, node.line if node else None)
    typed.problems.append(Problem(dotted(path), message, fix, line))
    typed.refused.add(path)
