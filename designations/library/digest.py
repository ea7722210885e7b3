"""The frozen body of an authority version, and its digest.

The body is what the law says: tree, kinds, texts, citations, threshold, posture, first day in
force, steps and consequences. Outside it stays what may change without the law changing: the
last day and other statuses, verification, and the house's readings (settledness, freshness,
undefined terms, considerations, weak points, titles, notes). Fields that are empty are left
out, so an optional field added later changes no digest.
"""

import hashlib
import json
from typing import Any

from designations.days import Period
from designations.library.model import Authority

_BODY_OF = {
    "elements": ("code", "parent", "join", "kind", "text", "citation", "period"),
    "prerequisites": ("code", "text", "kind", "element", "citation"),
    "consequences": (
        "code",
        "text",
        "citation",
        "applies_to",
        "required",
        "menu",
        "condition",
        "letter",
        "depends_on",
    ),
    "provisions": ("code", "kind", "text", "citation"),
}


def canonical_body(authority: Authority) -> str:
    """The body as canonical JSON: sorted keys, no spaces, no floats, non-ASCII as it is."""
    start = authority.in_force.start if authority.in_force else None
    body: dict[str, Any] = {
        "slug": authority.slug,
        "version": authority.version,
        "first_day": str(start) if start else None,
        "threshold": authority.threshold.value,
        "posture": authority.posture.value,
        "citation": authority.citation,
        "minimum_consequences": authority.minimum_consequences,
    }
    for name, fields in _BODY_OF.items():
        body[name] = [
            _filled({field: _plain(getattr(entry, field)) for field in fields})
            for entry in getattr(authority, name)
        ]
    return json.dumps(_filled(body), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def body_digest(authority: Authority) -> str:
    """SHA-256 of the canonical body, in hexadecimal."""
    return hashlib.sha256(canonical_body(authority).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Period):
        return [str(end) if end else None for end in (value.start, value.end)]
    return list(value) if isinstance(value, tuple) else value


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in (None, "", [], 0, False)}
