"""A certificate as PDF: PDF/A-2a with tags (PDF/UA-1), the same bytes for the same words.

typst reads the words as JSON; nothing that anyone wrote is ever part of its markup. Fonts are
those that come with typst, so nothing is asked of the machine or the network.
"""

import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import typst

_TEMPLATE = Path(__file__).with_name("certificate.typ")
_STANDARDS: tuple[Literal["a-2a"], Literal["ua-1"]] = ("a-2a", "ua-1")

# What the fonts have: Latin with its accents, Greek, Cyrillic, and the signs of English print. An
# archival PDF refuses a character without a shape.
_SHOWN = (
    range(0x20, 0x7F), range(0xA1, 0xAD), range(0xAE, 0x180), range(0x391, 0x3A2),
    range(0x3A3, 0x3CA), range(0x400, 0x460), range(0x2013, 0x2015), range(0x2018, 0x201F),
    range(0x2026, 0x2027), range(0x20AC, 0x20AD),
)  # fmt: skip


def render(words: dict[str, object], at: datetime) -> bytes:
    """The PDF of the words that ``content.stated`` gives; ``at`` stands in its metadata."""
    document: bytes = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"words": json.dumps(_shown(words))},
        ignore_system_fonts=True,
        pdf_standards=list(_STANDARDS),
        timestamp=int(at.astimezone(UTC).timestamp()),
    )
    return document


def in_print(text: str) -> str:
    """The text with what cannot be printed, or would not be seen, as its code point.

    >>> in_print("中.pdf")
    '<U+4E2D>.pdf'
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(_in_print(character) for character in composed)


def _in_print(character: str) -> str:
    if character == "\n" or any(ord(character) in shown for shown in _SHOWN):
        return character
    return f"<U+{ord(character):04X}>"


def _shown(words: object) -> object:
    """The same words, every text of them fit for print."""
    match words:
        case str():
            return in_print(words)
        case list():
            return [_shown(each) for each in words]
        case dict():
            return {key: _shown(value) for key, value in words.items()}
        case _:
            return words
