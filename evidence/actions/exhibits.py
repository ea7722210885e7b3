"""Attaching files to items, and handing them out."""

import mimetypes
import unicodedata
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import structlog
from django.core.exceptions import ValidationError
from django.utils import timezone

from access.actor import Actor, acting
from access.models import User
from access.revision import revise
from designations.days import PartialDate
from evidence.actions.custody import count_up, record_custody
from evidence.actions.intake import begin_intake
from evidence.actions.integrity import Reading, note_reading, reading_of
from evidence.actions.recorded import recorded
from evidence.models import Blob, BytesState, CustodyKind, Delivery, EvidenceItem, Exhibit, Intake
from evidence.storage import (
    BytesDifferError,
    BytesMissingError,
    BytesUnreadableError,
    EmptyFileError,
    FileTooLargeError,
    Readable,
    StoreAwayError,
    exhibit_store,
    says_no_room,
)
from evidence.words import ExhibitRole, Integrity

MAX_EXHIBIT_BYTES = 4 * 1024**3

# The material itself, and not something made from it.
_MATERIAL = (ExhibitRole.ORIGINAL, ExhibitRole.COPY, ExhibitRole.DATASET)

log = structlog.get_logger(__name__)


class NotKeptError(ValidationError):
    """Nothing is wrong with the file: the service has no place for it now. It may come again."""


class TakenUpError(ValidationError):
    """The team has taken a delivery up: nothing can be added to it from outside any more."""

    def __init__(self) -> None:
        super().__init__(
            "The office has taken this delivery up; nothing is added to it any more. Deliver what "
            "is new as a delivery of its own."
        )

    def __str__(self) -> str:
        return " ".join(self.messages)


class WithheldError(Exception):
    """The file is in quarantine; the message says why and what can be done."""

    def __init__(self, intake: Intake) -> None:
        super().__init__(
            f"The file is in quarantine and is not handed out. {intake.said} Counsel or a manager "
            "of the team may release it, with a reason."
        )


def attach_exhibit(
    item: EvidenceItem,
    stream: Readable | Path,
    filename: str,
    *,
    actor: Actor | str,
    reason: str,
    role: ExhibitRole = ExhibitRole.ORIGINAL,
    acquired: PartialDate | None = None,
    of_exhibit: Exhibit | None = None,
    sha256: str = "",
    limit: int = MAX_EXHIBIT_BYTES,
) -> Exhibit:
    """Store the bytes of ``stream`` and attach them to the item.

    A path names a file that lies in the store's folder already and is left there. ``sha256`` is
    what the sender says of the bytes; other bytes are refused. Workers then inspect what came and
    read its text (evidence.actions.intake).

    The bytes take their name just before the transaction commits: an exhibit never points at
    bytes that are not there. The same file attached again to the same item in the same role is
    the exhibit it already is. An item that was stated to be a citation only is one no longer when
    the material itself comes in; whatever else is stated of its integrity stays.

    Raises ValidationError for an empty or too large file, other bytes than the sender said, a file
    name that cannot be kept, a reference to a classified original, or an ``of_exhibit`` of another
    item; NotKeptError, which is one, where the disk has no room or the store does not answer;
    TakenUpError, which is one, where a portal adds to a delivery that the team took up meanwhile.
    """
    refuse_classified(item)
    name = clean_name(filename)
    store = exhibit_store()
    arriving = (
        store.adopt(stream, limit) if isinstance(stream, Path) else store.receive(stream, limit)
    )
    try:
        with arriving as received, recorded(actor, reason):
            if sha256 not in ("", received.sha256):
                raise ValidationError({"sha256": _other_bytes(sha256, received.sha256)})
            if isinstance(actor, User) and actor.is_depositor:
                _hold_open(item)
            blob, arrived = _blob(received.sha256, received.size)
            exhibit = Exhibit.objects.filter(
                item=item, blob=blob, filename=name, role=role.value
            ).first()
            if arrived:
                begin_intake(blob)  # of other exhibits that a docket file named earlier
            if exhibit is not None and arrived:
                _record_arrival(exhibit, actor=actor, reason=reason)
            elif exhibit is None:
                exhibit = store_exhibit(
                    Exhibit(item=item, blob=blob, filename=name, role=role.value),
                    acquired=acquired,
                    of_exhibit=of_exhibit,
                    actor=actor,
                    reason=reason,
                )
            if role in _MATERIAL:
                _end_citation_only(item, name, actor=actor)
            # What lies there unknown to the record, or known to differ, is not these bytes.
            received.keep(anew=arrived or blob.not_whole)
            if blob.not_whole:
                note_reading(
                    reading_of(blob.pk, received.sha256, timezone.now()),
                    occasion="the same file, attached again",
                )
    except EmptyFileError:
        raise ValidationError({"file": "The file is empty: attach one with content."}) from None
    except FileTooLargeError:
        raise ValidationError(
            {"file": f"The file is larger than {limit} bytes, the most that may be attached."}
        ) from None
    except OSError as error:
        if not says_no_room(error):
            raise
        log.error("exhibit_disk_full", reason=str(error))
        raise NotKeptError(
            {"file": "The disk of this service has no room for it: tell whoever runs it."}
        ) from error
    except StoreAwayError as error:
        log.error("exhibit_store_away", reason=str(error))
        raise NotKeptError(
            {
                "file": "The store of exhibits does not take it now, and nothing was attached: try "
                "again in a while, and tell whoever runs this service."
            }
        ) from error
    return exhibit


def _hold_open(item: EvidenceItem) -> None:
    """Keep the team from taking a delivery up until the transaction ends, or raise TakenUpError.

    Who accepts waits for the delivery; who withdraws or links waits for the item. Bytes that were
    on their way when the team took it up come too late here, whatever was true when they set out.
    """
    EvidenceItem.objects.select_for_update().only("pk").get(pk=item.pk)
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("item")
    held = delivery.filter(item=item).first()  # none yet: its statement is being attached
    if held is not None and not held.is_open:
        raise TakenUpError


def store_exhibit(
    exhibit: Exhibit,
    *,
    acquired: PartialDate | None,
    of_exhibit: Exhibit | None,
    actor: Actor | str,
    reason: str,
) -> Exhibit:
    """Save a new exhibit with its entry of custody, in the caller's transaction."""
    if of_exhibit is not None and of_exhibit.item_id != exhibit.item_id:
        raise ValidationError(
            {"of_exhibit": "A translation, redaction or extract belongs to the original's item."}
        )
    exhibit.of_exhibit = of_exhibit
    exhibit.acquired = acquired
    exhibit.media_type = mimetypes.guess_type(exhibit.filename)[0] or ""
    exhibit.position = Exhibit.objects.filter(item=exhibit.item).count()
    exhibit.full_clean()
    exhibit.save()
    _record_arrival(exhibit, actor=actor, reason=reason)
    if exhibit.blob.size is not None:
        begin_intake(exhibit.blob)
    count_up(exhibit.item)
    return exhibit


def read_exhibit(
    exhibit: Exhibit,
    *,
    actor: Actor | str,
    reason: str,
    kind: CustodyKind = CustodyKind.VIEWED,
) -> BinaryIO:
    """The bytes of an exhibit, checked against their SHA-256 and entered as viewed, or as ``kind``.

    Raises WithheldError for a file in quarantine, BytesMissingError when the bytes are not held
    here or cannot be read, and BytesDifferError when they are no longer the bytes received. What
    was received and is not whole any more is entered into the custody.
    """
    intake = Intake.objects.filter(exhibit=exhibit).first()
    if intake is not None and intake.withheld:
        raise WithheldError(intake)
    began, store = timezone.now(), exhibit_store()
    try:
        file = store.open_verified(exhibit.blob_id)
    except BytesDifferError as error:
        reading = reading_of(exhibit.blob_id, error.found, began)
        note_reading(reading, occasion=reason, asked=exhibit, actor=actor)
        raise
    except BytesMissingError as error:
        here = not isinstance(error, StoreAwayError) and store.is_there()
        if exhibit.blob.size is not None and here:
            away = BytesState.MISSING
            if isinstance(error, BytesUnreadableError):
                away = BytesState.UNREADABLE
            reading = Reading(exhibit.blob_id, away, began)
            note_reading(reading, occasion=reason, asked=exhibit, actor=actor)
        raise
    try:
        record_custody(
            exhibit.item,
            kind,
            actor=actor,
            reason=reason,
            exhibit=exhibit,
            sha256=exhibit.blob_id,
        )
    except BaseException:
        file.close()
        raise
    return file


def _other_bytes(said: str, found: str) -> str:
    return f"What arrived has the SHA-256 {found}, not {said} as was said: send the file again."


def _blob(sha256: str, size: int) -> tuple[Blob, bool]:
    """The row of these bytes, and whether they have only now arrived."""
    blob, arrived = Blob.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "first_stored_at": timezone.now()}
    )
    if blob.size is None:
        # A docket file named these bytes before they were here.
        arrived = bool(
            Blob.objects.filter(pk=sha256, size=None).update(
                size=size, first_stored_at=timezone.now()
            )
        )
        blob.refresh_from_db()
    return blob, arrived


def _record_arrival(exhibit: Exhibit, *, actor: Actor | str, reason: str) -> None:
    record_custody(
        exhibit.item,
        CustodyKind.RECEIVED if exhibit.blob.size is not None else CustodyKind.NAMED,
        actor=actor,
        reason=reason,
        exhibit=exhibit,
        sha256=exhibit.blob_id,
        detail={"filename": exhibit.filename, "size": exhibit.blob.size},
    )


def _end_citation_only(item: EvidenceItem, filename: str, *, actor: Actor | str) -> None:
    """The item was held as a citation and nothing else; now its bytes are here, as received.

    In the caller's transaction, with an entry of its own in history and custody.
    """
    now = EvidenceItem.objects.select_for_update().get(pk=item.pk)
    if now.integrity != Integrity.CITATION_ONLY.value:
        return
    reason = f"{filename} is attached: the item is a citation only no longer"
    with acting(actor, reason):
        revise(now, now.revision, integrity=Integrity.INTACT.value)
    record_custody(
        now, CustodyKind.AMENDED, actor=actor, reason=reason, detail={"fields": ["integrity"]}
    )
    item.refresh_from_db(fields=["integrity", "revision"])


def refuse_classified(item: EvidenceItem) -> None:
    """Raise ValidationError where no file may be attached: the original is classified."""
    if item.classified_reference:
        raise ValidationError(
            {
                "file": f"{item.key} refers to the classified original "
                f"{item.classified_reference}. This system is unclassified: no file may be "
                "attached. Keep the identifier and an unclassified summary."
            }
        )


def clean_name(filename: str) -> str:
    """The last part of the name a client gave, as it may be shown and offered again."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    if name in ("", "..") or len(name) > 255:
        raise ValidationError({"filename": "A file needs a name of at most 255 characters."})
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in name):
        raise ValidationError(
            {"filename": "The file name holds invisible control characters: rename the file."}
        )
    return name
