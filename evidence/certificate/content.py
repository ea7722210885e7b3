"""What a certificate of custody says: only what the entries show, in words for a signer.

The form follows what Fed. R. Evid. 902(13) and 902(14) ask a qualified person to certify: that a
record was made by a process, and that a copy is authenticated by digital identification. The
rules are named by number; whether a certificate meets them is for counsel and the court.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

SYSTEM = "the system (casemgr)"

# Kinds of entries (evidence.models.CustodyKind) of which the certificate speaks.
RECEIVED, VERIFIED = "received", "verified"
HANDED_OUT = ("viewed", "exported")
NOT_WHOLE = ("mismatch", "missing")
_LINE = 32  # hexadecimal digits of a SHA-256 set on one line


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the custody. ``who`` empty: the system itself; ``sha256`` empty: not stated."""

    at: datetime
    kind: str
    what: str
    who: str
    why: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The file, as its row states it; ``size`` in bytes."""

    item: str
    filename: str
    role: str
    size: int
    sha256: str
    acquired: str
    version_of: str
    handling: str
    """Markings and privilege of the item, for the head of every page."""


@dataclass(frozen=True, slots=True)
class Made:
    """Who had the certificate made, why, and by which software."""

    who: str
    why: str
    software: str


def stated(subject: Subject, entries: Sequence[Entry], made: Made) -> dict[str, object]:
    """The words of the certificate, for the template.

    ``entries`` in the order of the custody; the last one is the reading of the stored bytes that
    was made for this certificate, and found them whole. Raises ValueError where it is not.
    """
    last = entries[-1] if entries else None
    if last is None or last.kind != VERIFIED or last.sha256 != subject.sha256:
        raise ValueError("A certificate rests on a reading that found the stored bytes whole.")
    return {
        "item": subject.item,
        "handling": subject.handling,
        "dated": {"year": last.at.year, "month": last.at.month, "day": last.at.day},
        "made": f"Made {_moment(last.at)} at the request of {made.who}. Reason given: “{made.why}”",
        "facts": _facts(subject),
        "process": list(_process(subject, entries, last)),
        "software": made.software,
        "entries": [
            {
                "at": _moment(entry.at),
                "what": entry.what,
                "who": entry.who or SYSTEM,
                "why": entry.why,
                "sha256": _of(entry, subject),
            }
            for entry in entries
        ],
        "counted": _counted(len(entries), "entry", "entries"),
    }


def _facts(subject: Subject) -> list[list[str]]:
    half = [subject.sha256[:_LINE], subject.sha256[_LINE:]]
    facts = [
        ["Evidence item", subject.item],
        ["File name", subject.filename or "none was given"],
        ["Stated to be", subject.role],
        ["A version of", subject.version_of],
        ["Stated to be acquired", subject.acquired],
        ["Size", f"{subject.size:,} bytes"],
        ["SHA-256", "\n".join(half)],
    ]
    return [fact for fact in facts if fact[1]]


def _process(subject: Subject, entries: Sequence[Entry], last: Entry) -> list[str]:
    return [
        _receipt(entries),
        f"For this certificate the stored bytes were read from the store on {_moment(last.at)}. "
        "The SHA-256 computed from them is the one stated above.",
        _readings(entries[:-1]),
        _failures(entries),
        "SHA-256 is the digest of Federal Information Processing Standard 180-4. It identifies "
        "bytes by their content: a change of any one of them gives another value.",
    ]


def _receipt(entries: Sequence[Entry]) -> str:
    received = [entry for entry in entries if entry.kind == RECEIVED]
    if not received:
        return (
            "The entries do not show when and from whom the bytes were received. The signer states "
            "it, or strikes this line."
        )
    first = received[0]
    return (
        f"The file was received on {_moment(first.at)}, entered by {first.who or SYSTEM}. Its "
        "SHA-256 was computed from the bytes that arrived, and they were stored under that value. "
        "That copy in the store is what this form speaks of."
    )


def _readings(entries: Sequence[Entry]) -> str:
    handed = sum(entry.kind in HANDED_OUT for entry in entries)
    verified = sum(entry.kind == VERIFIED for entry in entries)
    return (
        f"Before that, the entries below show {_counted(handed, 'time', 'times')} that the file "
        "was looked at or downloaded, each after its bytes were read and their SHA-256 compared, "
        f"and {_counted(verified, 'other reading', 'other readings')} that found them whole."
    )


def _failures(entries: Sequence[Entry]) -> str:
    failed = [entry for entry in entries if entry.kind in NOT_WHOLE]
    if not failed:
        return "No entry shows that the stored bytes were found altered, missing or unreadable."
    when = "; ".join(f"{_moment(entry.at)}: {entry.what}" for entry in failed)
    return (
        f"The stored bytes were not always found whole: "
        f"{_counted(len(failed), 'entry shows', 'entries show')} otherwise ({when}). The entries "
        "below show what was found after that."
    )


def _of(entry: Entry, subject: Subject) -> str:
    if not entry.sha256:
        return "not stated"
    return "as above" if entry.sha256 == subject.sha256 else entry.sha256


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M:%S} UTC"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
