"""Whether somebody compared a text of the law with its source, and what that showed.

A check speaks of the words it compared. A text whose words have changed since counts as one that
nobody has checked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from designations.actions.parts import text_digest
from designations.models import AuthorityVersion, Verification, VerificationStatus

SHAPES = {
    VerificationStatus.VERIFIED.value: "●",
    VerificationStatus.DIFFERS.value: "✕",
    VerificationStatus.NOT_FOUND.value: "○",
    "": "○",
}
WORDS = {
    VerificationStatus.VERIFIED.value: "verified",
    VerificationStatus.DIFFERS.value: "differs from the source",
    VerificationStatus.NOT_FOUND.value: "not verified: the source was not found",
    "": "not verified",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of one text: a word, a shape, and where it was compared and by whom."""

    status: str = ""  # empty: nobody has checked these words
    source: str = ""
    by: str = ""
    on: str = ""

    @property
    def verified(self) -> bool:
        """Whether the text was found to be what the source says."""
        return self.status == VerificationStatus.VERIFIED

    @property
    def shape(self) -> str:
        """A sign that does not need color to be told from the others."""
        return SHAPES[self.status]

    @property
    def word(self) -> str:
        """The mark in words."""
        return WORDS[self.status]

    @property
    def style(self) -> str:
        """The class of the style sheet."""
        return "verified" if self.verified else "unverified"


UNCHECKED = Mark()
Checks = Mapping[tuple[str, str], list[Verification]]


def checks_of(version: AuthorityVersion) -> Checks:
    """Every check of the version and of its parts, newest last, by subject and code."""
    found: dict[tuple[str, str], list[Verification]] = {}
    for row in version.verifications.order_by("pk"):
        found.setdefault((row.subject, row.code), []).append(row)
    return found


def mark_of_part(subject: str, part: Any, checks: Checks) -> Mark:
    """The mark of an element, a consideration, a step, a consequence or a provision."""
    return _newest(checks.get((subject, part.code), ()), text_digest(part))


def mark_of_version(version: AuthorityVersion, checks: Checks) -> Mark:
    """The mark of the version as a whole, its tree included."""
    return _newest(checks.get(("version", ""), ()), version.body_digest)


def _newest(rows: Iterable[Verification], digest: str) -> Mark:
    speaking = [row for row in rows if row.body_digest == digest]
    if not speaking:
        return UNCHECKED
    row = speaking[-1]
    by = "" if row.by.startswith("system:") else row.by
    return Mark(row.status, row.source, by, row.on.isoformat() if row.on else "")
