"""Bundles to read: those that OASIS publishes, and some of our own making."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from evidence.exchange.stix.plan import Plan
from evidence.exchange.stix.planning import plan_of
from evidence.exchange.stix.reading import read_bundle

PUBLISHED = Path(__file__).parents[4].parent / "shared" / "data" / "stix"
THEN = "2026-02-03T04:05:06.000Z"
LATER = "2026-03-03T04:05:06.000Z"


def published(name: str) -> bytes:
    """The bytes of a bundle of OASIS; the test is skipped, and says so, where they are not."""
    path = PUBLISHED / f"{name}.json"
    if not path.is_file():
        pytest.skip(f"NOT TESTED: {path} is not there; this test reads bundles from that folder")
    return path.read_bytes()


def ident(type_: str, number: int = 1) -> str:
    """An identifier that reads well in a failure."""
    return f"{type_}--00000000-0000-4000-8000-{number:012d}"


def made(type_: str, number: int = 1, **more: Any) -> dict[str, Any]:
    """An object with versions, as STIX 2.1 wants it."""
    times = {"spec_version": "2.1", "created": THEN, "modified": THEN}
    return {"type": type_, "id": ident(type_, number), **times, **more}


def observable(type_: str, number: int = 1, **more: Any) -> dict[str, Any]:
    """An object without versions."""
    return {"type": type_, "spec_version": "2.1", "id": ident(type_, number), **more}


AUTHOR = made("identity", name="A vendor", identity_class="organization")
BY = {"created_by_ref": AUTHOR["id"]}
INDICATOR = made(
    "indicator", name="A bad address", pattern="[ipv4-addr:value = '198.51.100.3']",
    pattern_type="stix", valid_from=THEN, **BY,
)  # fmt: skip


def report(number: int = 1, *refs: str, **more: Any) -> dict[str, Any]:
    """A report on these objects."""
    stated = {
        "name": f"Report {number}",
        "published": "2026-01-15T00:00:00Z",
        "object_refs": [*refs] or [INDICATOR["id"]],
        **BY,
        **more,
    }
    return made("report", number, **stated)


def bundle(*objects: Any, **more: Any) -> bytes:
    """A file."""
    top = {"type": "bundle", "id": ident("bundle"), "objects": list(objects), **more}
    return json.dumps(top).encode()


def planned(*objects: Any, **more: Any) -> Plan:
    """What a bundle of these objects would become."""
    return plan_of(read_bundle(io.BytesIO(bundle(*objects, **more))))
