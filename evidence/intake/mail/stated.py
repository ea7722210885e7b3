"""What is told of one message: every word of it is the message's own, and none is verified."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

MOST_BYTES = 64 * 1024**2
"""A larger message is kept whole and not looked into."""
MOST_PARTS = 100
"""Attachments taken out of one message; the rest stay within it."""
MOST_TAKEN = 32 * 1024**2
"""Bytes of attachments taken out of one message, together."""
MOST_BODY = 4_000
"""Characters of the body that are told; the search reads all of it from the file."""


class MailError(ValueError):
    """This is no message that can be read here; the text says why, for an analyst."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something attached. ``left`` says why it stays within the message; empty: it is taken out."""

    number: int
    filename: str
    media_type: str
    size: int
    said: str = ""
    left: str = ""
    message_id: str = ""  # of a message that is attached


@dataclass(slots=True)
class Mail:
    """A message as it states itself; empty where it states nothing."""

    subject: str = ""
    name: str = ""
    address: str = ""
    sender: str = ""
    to: str = ""
    cc: str = ""
    date: str = ""
    day: str = ""  # that date's own day, whatever the zone: 2026-02-03
    message_id: str = ""
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    body: str = ""
    parts: list[Part] = field(default_factory=list)
    stated: list[tuple[str, str]] = field(default_factory=list)
    """How it says it was carried and signed, header by header. Anyone can write such a header."""
    notes: list[str] = field(default_factory=list)
    """What a reader should know: what could not be read, what was not checked."""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The message that the guarded child told of, as JSON."""
        parts = [Part(**part) for part in told["parts"]]
        stated = [(name, said) for name, said in told["stated"]]
        return cls(**{**told, "parts": parts, "stated": stated})
