"""Making a certificate of custody for a file."""

import hashlib
import platform
from dataclasses import dataclass
from importlib.metadata import version

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from access.actor import acting
from access.models import User
from designations.templatetags.wording import in_words
from evidence.actions.custody import record_custody
from evidence.actions.integrity import check_exhibit
from evidence.certificate.content import Entry, Made, Subject, stated
from evidence.certificate.render import render
from evidence.models import BY_HAND, BytesState, CustodyEvent, CustodyKind, Exhibit
from evidence.words import Privilege


class NotWholeError(ValidationError):
    """The stored bytes are not what was received: nothing can be certified of them."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The PDF, unsigned, and the name to keep it under."""

    pdf: bytes
    filename: str


def certify(exhibit: Exhibit, *, actor: User, reason: str) -> Certificate:
    """Read the stored bytes, then set the custody of the file as a form for signature.

    Both are entered in the custody with the reason: the reading, which is the last entry the form
    shows, and after it that a certificate was made, with the SHA-256 of the PDF.

    Raises ValidationError without a reason and for bytes that were never here; NotWholeError,
    with what was found entered; StoreAwayError.
    """
    reading = check_exhibit(exhibit, actor=actor, reason=reason)
    if reading.state != BytesState.WHOLE:
        raise NotWholeError(
            f"The stored bytes of {exhibit} were read now and are not whole "
            f"({reading.state.label}). The custody says so; nothing can be certified of them."
        )
    with transaction.atomic(), acting(actor, reason):
        events = list(exhibit.custody.select_related("actor").order_by("pk"))
        entries = [_entry(event) for event in _up_to_the_reading(events)]
        words = stated(_subject(exhibit), entries, Made(_name(actor), reason, _software()))
        pdf = render(words, entries[-1].at)
        record_custody(
            exhibit.item,
            CustodyKind.CERTIFIED,
            actor=actor,
            reason=reason,
            exhibit=exhibit,
            sha256=exhibit.blob_id,
            detail={
                "certificate_sha256": hashlib.sha256(pdf).hexdigest(),
                "entries": len(entries),
            },
        )
    return Certificate(pdf, f"custody-{exhibit.item.key}-{exhibit.blob_id[:12]}.pdf")


def _up_to_the_reading(events: list[CustodyEvent]) -> list[CustodyEvent]:
    """The events up to the newest reading; one that found them not whole may have come since."""
    readings = (CustodyKind.VERIFIED, CustodyKind.MISMATCH, CustodyKind.MISSING)
    newest = max(place for place, event in enumerate(events) if event.kind in readings)
    if events[newest].kind != CustodyKind.VERIFIED:
        raise NotWholeError("Another reading found the bytes not whole meanwhile: see the custody.")
    return events[: newest + 1]


def _entry(event: CustodyEvent) -> Entry:
    return Entry(
        at=event.at,
        kind=event.kind,
        what=_what(event),
        who=_name(event.actor) if event.actor else "",
        why=event.why,
        sha256=event.sha256,
    )


def _what(event: CustodyEvent) -> str:
    if event.kind in BY_HAND:
        return f"{event.get_kind_display()} on {event.detail['on']}: {event.detail['what']}"
    return event.get_kind_display()


def _subject(exhibit: Exhibit) -> Subject:
    item, blob = exhibit.item, exhibit.blob
    handling = [" // ".join(item.markings)] if item.markings else []
    if item.privilege and item.privilege != Privilege.NONE:
        handling.append(f"privileged: {item.privilege.replace('-', ' ')}")
    return Subject(
        item=item.key,
        filename=exhibit.filename,
        role=exhibit.role.replace("-", " "),
        size=blob.size or 0,
        sha256=blob.pk,
        acquired=in_words(exhibit.acquired),
        version_of=str(exhibit.of_exhibit) if exhibit.of_exhibit else "",
        handling=" · ".join(handling),
    )


def _name(person: User) -> str:
    full = person.get_full_name()
    return f"{full} ({person.username})" if full else person.username


def _software() -> str:
    return (
        f"casemgr {settings.SOFTWARE_VERSION}, on Python {platform.python_version()}; this form "
        f"was set with typst {version('typst')}."
    )
