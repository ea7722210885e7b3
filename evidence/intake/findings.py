"""Why a file is set aside, each with the sentence an analyst reads."""

from dataclasses import dataclass
from enum import StrEnum


class Finding(StrEnum):
    """One kind of reason to keep a file from being shown, read or handed out."""

    TYPE_MISMATCH = "type-mismatch"
    POLYGLOT = "polyglot"
    EXECUTABLE = "executable"
    BOMB = "bomb"
    TOO_MANY = "too-many-entries"
    NESTED = "nested-too-deep"
    OUTSIDE = "outside-path"
    LINK = "link"
    DEVICE = "device"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    CLOSED = "closed-archive"
    ENTITY = "entity"
    MACRO = "macro"
    CALLS_OUT = "calls-out"
    MALWARE = "malware"
    NOT_INSPECTED = "not-inspected"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Found:
    """A reason, and what of this file gave it."""

    finding: Finding
    said: str


class FoundError(Exception):
    """Stops an inspection at the first reason found."""

    def __init__(self, finding: Finding, said: str) -> None:
        self.found = Found(finding, said)
        super().__init__(said)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may be. ``ratio`` counts only above ``floor`` bytes unpacked."""

    entries: int = 10_000
    unpacked: int = 4 * 1024**3
    ratio: int = 200
    floor: int = 100 * 1024**2
    depth: int = 3
    """Archives within archives, the outermost being the first."""
    inner: int = 64 * 1024**2
    """Bytes of an archive within another one: it is looked into in memory."""
    markup: int = 64 * 1024**2
    """Bytes of one part of markup that is looked through."""
