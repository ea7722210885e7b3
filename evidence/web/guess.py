"""What an address or a file tells of itself, to fill a form with; a person looks it over.

Pure and offline: no address is fetched. A guess fills what is empty and nothing else.
"""

import html
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from designations.days import PartialDate
from evidence.words import EvidenceKind

_YEAR = r"(20\d\d|19\d\d)"
_DAY = re.compile(rf"(?<!\d){_YEAR}[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH = re.compile(rf"(?<!\d){_YEAR}[-_/](0[1-9]|1[0-2])(?!\d)")
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_PDF_TITLE = re.compile(rb"/Title\s*\(((?:[^()\\]|\\.)*)\)")
_PDF_DAY = re.compile(rb"/CreationDate\s*\(D:(\d{4})(\d\d)(\d\d)")
_KINDS = (
    (re.compile(r"(^|\.)(uscourts\.gov|courtlistener\.com|justice\.gov)$"),
     EvidenceKind.COURT_FILING),
    (re.compile(r"(\.gov|\.mil)$"), EvidenceKind.GOVERNMENT_FINDING),
    (re.compile(r"(regist|companieshouse|opencorporates|gleif)"), EvidenceKind.CORPORATE_REGISTRY),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """What can be told; empty where nothing can."""

    title: str = ""
    dated: str = ""
    kind: EvidenceKind | None = None


def is_address(text: str) -> bool:
    """Whether this is the address of a page and nothing besides."""
    return bool(re.fullmatch(r"https?://[^\s/]+\S*", text.strip(), re.IGNORECASE))


def addresses_in(text: str) -> list[str]:
    """The addresses that stand in a text, without the point that ends its sentence."""
    return [found.rstrip(".,;:)]}>'\"") for found in re.findall(r"https?://\S+", text)]


def from_address(address: str) -> Guess:
    """The title that the last part of the address spells, and the day that stands in it.

    >>> from_address("https://news.example.org/2026/02/23/smuggled-chips-found.html").title
    'Smuggled chips found'
    """
    parts = urlsplit(address.strip())
    path = unquote(parts.path)
    host = (parts.hostname or "").lower()
    kind = next((kind for pattern, kind in _KINDS if pattern.search(host)), None)
    names = [part for part in path.split("/") if part]
    return Guess(
        title=_spelled(names[-1]) if names else "",
        dated=_dated(path),
        kind=kind or EvidenceKind.PRESS_REPORT,
    )


def from_file(head: bytes, filename: str) -> Guess:
    """What a file says of itself at its beginning, else what its name spells.

    >>> from_file(b"<html><title>A &amp; B</title>", "x.html").title
    'A & B'
    """
    title = dated = ""
    if found := _TITLE.search(head):
        title = " ".join(html.unescape(found[1].decode(errors="replace")).split())[:300]
    if head.startswith(b"%PDF-"):
        if found := _PDF_TITLE.search(head):
            title = _pdf_text(found[1])[:300]
        if found := _PDF_DAY.search(head):
            dated = b"-".join(found.groups()).decode()
    return Guess(title or _spelled(filename), dated if _exists(dated) else _dated(filename))


def _spelled(name: str) -> str:
    """The words that a name spells; none where it is but a number or a code."""
    stem = PurePosixPath(name).stem if "." in name else name
    stem = _MONTH.sub(" ", _DAY.sub(" ", stem))
    words = [word for word in re.split(r"[\W_]+", stem) if word]
    if len(words) < 2 or not any(re.search(r"[^\W\d_]{3}", word) for word in words):
        return ""
    text = " ".join(words)
    return text[:1].upper() + text[1:300]


def _dated(text: str) -> str:
    for pattern in (_DAY, _MONTH):
        for found in pattern.finditer(text):
            stated = "-".join(found.groups())
            if _exists(stated):
                return stated
    return ""


def _exists(stated: str) -> bool:
    try:
        PartialDate.parse(stated)
    except ValueError:
        return False
    return True


def _pdf_text(raw: bytes) -> str:
    plain = re.sub(rb"\\([()\\])", rb"\1", raw)
    coding = "utf-16" if plain.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1"
    return " ".join(plain.decode(coding, errors="replace").replace("\x00", "").split())
