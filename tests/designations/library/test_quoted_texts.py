"""What the library quotes is letter for letter what was verified.

Two guards. The reference page of operative texts stands beside the project, not in it: where
it is there, every quotation must occur in it. Everywhere, ``quoted_texts.sha256`` pins each
quotation, so that an accidental edit fails; a deliberate one changes that file too.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from designations.library.load import read_library

PROJECT = Path(__file__).parents[3]
REFERENCE = PROJECT.parent / "shared" / "law" / "texts.md"
PINS = Path(__file__).parent / "quoted_texts.sha256"

# Verified in the official text or a reprint of it, and not on the reference page.
VERIFIED_ELSEWHERE = re.compile(
    r"section-1260h@\S+ MC-(C1|C2|805-\w+)|hr-8283@\S+ HR-\w+"
    r"|entity-list@\S+ EL-(1[abc]?|2|C1|example-\d|no-us-person|committee|request(-decision)?)"
)


def quotations() -> Iterator[tuple[str, str]]:
    """Pairs of ``authority@version code`` and quoted text."""
    for authority in read_library():
        for entries in (
            authority.elements,
            authority.prerequisites,
            authority.consequences,
            authority.provisions,
        ):
            for entry in entries:
                if entry.quoted:
                    yield f"{authority.name} {entry.code}", entry.text


def letters(text: str) -> str:
    """The text without line breaks, list and quotation marks, bold, italics and brackets."""
    lines = (re.sub(r"^\s*>?\s*(-\s+)?", "", line) for line in text.splitlines())
    return re.sub(r"\s+", " ", re.sub(r"[“”‘’\"'`*\[\]]", "", " ".join(lines))).strip()


def digest(text: str) -> str:
    """What the pin file holds of a quotation."""
    return hashlib.sha256(text.encode()).hexdigest()


def test_every_quotation_occurs_in_the_reference_texts() -> None:
    if not REFERENCE.exists():
        pytest.skip(f"NOT CHECKED: no reference texts at {REFERENCE}")
    reference = letters(REFERENCE.read_text(encoding="utf-8"))
    missing = [
        f"{place}: {text}"
        for place, text in quotations()
        if letters(text) not in reference and not VERIFIED_ELSEWHERE.fullmatch(place)
    ]
    assert missing == []


def test_every_quotation_is_pinned() -> None:
    pinned = dict(
        reversed(line.split("  ", 1)) for line in PINS.read_text(encoding="utf-8").splitlines()
    )
    written = {place: digest(text) for place, text in quotations()}
    changed = [f"{written[place]}  {place}" for place in written
               if pinned.get(place) != written[place]]  # fmt: skip
    assert changed == [], f"a quotation changed; if its source says so, put these into {PINS.name}"
    assert sorted(pinned) == sorted(written), "a pinned quotation is gone from the library"


def test_the_reference_check_sees_a_changed_word() -> None:
    reference = letters("> the Secretary “shall consider”\n> whether to include")
    assert letters("shall consider whether") in reference
    assert letters("may consider whether") not in reference
