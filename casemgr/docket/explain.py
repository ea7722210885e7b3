"""Step 3: validate against the published schema, and say what it refuses in plain words."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from casemgr.docket.errors import Path, Problem, dotted
from casemgr.docket.schema import (
    AUTHORITY_FORM,
    DATE_FORM,
    DECIMAL_FORM,
    ELEMENT_OF_CASE_FORM,
    SHA256_FORM,
    Schema,
    docket_schema,
)
from casemgr.docket.typed import Typed, types_of, variants

KIND_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "named fields",
    "null": "null",
}
FORM_FIXES = {
    DATE_FORM: "write YYYY, YYYY-MM or YYYY-MM-DD",
    DECIMAL_FORM: 'write digits with at most one point, as text: "1234.5"',
    SHA256_FORM: "write the 64 hexadecimal digits that sha256sum prints",
    AUTHORITY_FORM: "write slug@version, for example entity-list@2025-09-29",
    ELEMENT_OF_CASE_FORM: "write CASE/ELEMENT, for example EXAMPLE-1/X-1",
}


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(docket_schema())


def structural_problems(typed: Typed) -> list[Problem]:
    """Everything the schema refuses in the document, each with path, line and fix."""
    found: dict[Problem, None] = {}  # keeps order; a value refused twice the same way counts once
    for error in _validator().iter_errors(typed.document):
        for path, message, fix in _explain(error):
            if path not in typed.refused:
                found[Problem(dotted(path), message, fix, _line(typed, path))] = None
    return list(found)


# In {a: one, two} YAML reads ``two`` as a field with nothing in it.
CUT_OFF = "if it goes on from the text before the comma, put that whole text in quotes"


def _line(typed: Typed, path: Path) -> int | None:
    """The line of the path or of the nearest thing around it that has one."""
    for length in range(len(path), -1, -1):
        if path[:length] in typed.lines:
            return typed.lines[path[:length]]
    return None


def _explain(error: ValidationError) -> Iterator[tuple[Path, str, str]]:
    path: Path = tuple(error.absolute_path)
    value = cast(Any, error.instance)
    schema = cast(dict[str, Any], error.schema)
    wanted = cast(Any, error.validator_value)
    match error.validator:
        case "anyOf":
            yield from _alternatives(error, path)
        case "additionalProperties":
            known = list(schema["properties"])
            for name in value:
                if name not in known:
                    fix = CUT_OFF if value[name] is None else _nearest(name, known)
                    yield (*path, name), f"unknown field {name!r}", fix
        case "required":
            for name in wanted:
                if name not in value:
                    yield path, f"the field {name!r} is missing", f"add {name}: …"
        case "enum" | "const":
            # a list or mapping where a word belongs is refused by its type already
            if error.validator == "const" or not isinstance(value, list | dict):
                yield path, *_not_one_of(value, error)
        case "type":
            yield path, *_wrong_type(value, schema)
        case "pattern":
            yield path, f"{value!r} has the wrong form", FORM_FIXES[wanted]
        case "minLength":
            yield path, "this must not be empty", "write a value or remove the field"
        case "minimum" | "maximum":
            low, high = schema.get("minimum"), schema.get("maximum")
            bounds = f"between {low} and {high}" if low is not None else f"at most {high}"
            yield path, f"{value} is out of range", f"write a whole number {bounds}"
        case "minItems" | "maxItems" | "items":
            if isinstance(value, list) and "prefixItems" in schema:
                yield path, f"a range has two ends, here {len(value)}", "write [first, last]"
            elif isinstance(value, list) and error.validator != "items":
                yield path, f"expected {wanted} entries, found {len(value)}", ""
        case _:
            yield path, error.message, ""


def _alternatives(error: ValidationError, path: Path) -> Iterator[tuple[Path, str, str]]:
    """Of several allowed forms, explain the one whose type the value has."""
    forms = cast(list[Schema], error.validator_value)
    kind = _json_type(error.instance)
    stated = [index for index, form in enumerate(forms) if form.get("type") != "null"]
    fitting = [
        index
        for index, form in enumerate(forms)
        if any(kind in types_of(variant) and "const" not in variant for variant in variants(form))
    ]
    chosen = fitting if len(fitting) == 1 else stated
    if len(chosen) == 1:
        for inner in error.context or ():
            if inner.schema_path[0] == chosen[0]:
                yield from _explain(inner)
        return
    wanted = sorted(
        {
            repr(variant["const"]) if "const" in variant else KIND_NAMES[name]
            for form in forms
            for variant in variants(form)
            for name in types_of(variant)
            if name != "null"
        }
    )
    yield path, f"found {_found(error.instance)}", f"write {' or '.join(wanted)}"


def _not_one_of(value: object, error: ValidationError) -> tuple[str, str]:
    if error.validator == "const":
        return f"found {_found(value)}", f"write {error.validator_value}, without quotes"
    words = [word for word in cast(list[str | None], error.validator_value) if word is not None]
    near = get_close_matches(str(value), words, n=1, cutoff=0.6)
    choices = ", ".join(words)
    hint = f"did you mean {near[0]!r}? One of: {choices}" if near else f"one of: {choices}"
    return f"{value!r} is not a value of this field", hint


def _wrong_type(value: object, schema: dict[str, Any]) -> tuple[str, str]:
    allowed = types_of(schema)
    wanted = " or ".join(sorted(KIND_NAMES[name] for name in allowed if name != "null"))
    fix = f"write {wanted}"
    if isinstance(value, str):
        if "array" in allowed:
            fix = f"put it in brackets: [{value}]"
        elif "boolean" in allowed:
            fix = "write true or false, without quotes"
        elif "integer" in allowed:
            fix = "write a whole number, digits only, without quotes"
    elif value is None:
        fix = f"write {wanted}, or remove the field"
    return f"expected {wanted}, found {_found(value)}", fix


def _found(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:37] + "…")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "named fields"
    return "a list" if isinstance(value, list) else repr(value)


def _json_type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    names = {"str": "string", "int": "integer", "list": "array", "dict": "object"}
    return names.get(type(value).__name__, "null")


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name.lower().replace("-", "_"), known, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"remove it; the fields here are: {', '.join(known)}"
