"""Writing a docket: one canonical YAML style, and canonical JSON.

The YAML writer is our own, a page long, because the bytes must not change with a library's
version: reading what it wrote and writing again gives the same bytes. Text that any YAML reader
could take for something else is quoted.
"""

import json
import re
import textwrap
from collections.abc import Iterator
from typing import Any

from casemgr.apa.record import Docket
from casemgr.docket.plain import plain_docket

WIDTH = 98
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _./@()§–—’'%$+;-]*")
# Words that YAML 1.1 or 1.2 readers resolve to something other than text.
RESERVED = frozenset(
    {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "none"}
)
PROSE = re.compile(r"\S+(?: \S+)*")
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def write_docket(docket: Docket) -> str:
    """The docket as canonical YAML."""
    return "\n".join(_fields(plain_docket(docket), "")) + "\n"


def write_docket_json(docket: Docket) -> str:
    """The docket as canonical JSON, two spaces deep, non-ASCII letters as themselves."""
    return json.dumps(plain_docket(docket), indent=2, ensure_ascii=False) + "\n"


def _fields(values: dict[str, Any], indent: str) -> Iterator[str]:
    for name, value in values.items():
        yield from _entry(f"{indent}{_text(name)}:", value, indent)


def _entry(lead: str, value: Any, indent: str) -> Iterator[str]:
    """One ``name: value``; lists of fields and long prose go on lines of their own."""
    if isinstance(value, dict):
        if not value:
            yield f"{lead} {{}}"
            return
        yield lead
        yield from _fields(value, indent + "  ")
    elif isinstance(value, list):
        flow = _flow(value)
        if flow is not None and len(lead) + len(flow) < WIDTH:
            yield f"{lead} {flow}"
            return
        yield lead
        for each in value:
            yield from _listed(each, indent + "  ")
    elif isinstance(value, str) and _is_long_prose(value, lead):
        yield f"{lead} >-"
        yield from _wrapped(value, indent + "  ")
    else:
        yield f"{lead} {_scalar(value)}"


def _listed(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        lines = list(_fields(value, indent + "  "))
        yield f"{indent}- {lines[0].lstrip()}"
        yield from lines[1:]
    elif isinstance(value, str) and _is_long_prose(value, indent):
        yield f"{indent}- >-"
        yield from _wrapped(value, indent + "  ")
    else:
        flow = _flow(value) if isinstance(value, list) else None
        yield f"{indent}- {flow if flow is not None else _scalar(value)}"


def _flow(values: list[Any]) -> str | None:
    """A list of bare values in brackets; None where an entry has fields of its own."""
    if any(isinstance(value, dict | list) for value in values):
        return None
    return "[" + ", ".join(_scalar(value) for value in values) + "]"


def _is_long_prose(text: str, lead: str) -> bool:
    """Whether folding the text over lines keeps it exactly as it is."""
    return (
        len(lead) + len(text) + 3 > WIDTH
        and " " in text
        and PROSE.fullmatch(text) is not None
        and UNPRINTABLE.search(text) is None
        and not any(char.isspace() and char != " " for char in text)
    )


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        width=WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return _text(value) if isinstance(value, str) else "{}"


def _text(text: str) -> str:
    if (
        PLAIN.fullmatch(text)
        and not text.endswith(" ")
        and " #" not in text
        and text.lower() not in RESERVED
    ):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
