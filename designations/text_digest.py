"""Digests of single texts of the law, which verifications and carried links speak of."""

import hashlib
import json
from typing import Any

from designations.library.model import Element


def digest_of(**stated: Any) -> str:
    """SHA-256 of the stated values as canonical JSON; what is empty does not count."""
    filled = {key: value for key, value in stated.items() if value}
    plain = json.dumps(filled, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def element_text_digest(element: Element) -> str:
    """The digest by which an element of another version says the same.

    Words, kind, join and the time it speaks of; a new citation alone makes no other element.
    """
    period = element.period
    return digest_of(
        text=element.text,
        kind=str(element.kind or ""),
        join=str(element.join or ""),
        period=[str(period.start or ""), str(period.end or "")] if period else None,
    )
