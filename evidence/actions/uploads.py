"""Files that arrive in pieces: begun, added to, attached when they are whole, given up."""

import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from access.models import User
from designations.days import PartialDate
from evidence.actions.exhibits import (
    MAX_EXHIBIT_BYTES,
    NotKeptError,
    attach_exhibit,
    clean_name,
    refuse_classified,
)
from evidence.arriving import Arriving, InHandError
from evidence.models import EvidenceItem, Exhibit, Upload
from evidence.storage import Readable, says_no_room
from evidence.words import ExhibitRole

UNFINISHED_AT_MOST = 20
"""Uploads that a person may have under way."""
GIVEN_UP_AFTER = timedelta(days=7)
KEPT_AFTER = timedelta(days=1)
"""How long the row of an upload that ended can still be asked what became of it."""
_ROOM_LEFT = 1024**3
"""Bytes of the disk that uploads leave to the rest of the service."""

log = structlog.get_logger(__name__)


class NotYoursError(Exception):
    """Only who began an upload goes on with it: the custody names one person."""


def begin_upload(
    item: EvidenceItem,
    filename: str,
    size: int,
    *,
    actor: User,
    reason: str,
    role: ExhibitRole = ExhibitRole.ORIGINAL,
    acquired: PartialDate | None = None,
    sha256: str = "",
) -> Upload:
    """Make room for a file of ``size`` bytes that will come in pieces.

    ``sha256``, where the sender knows it, must be that of the whole file in the end.

    Raises ValidationError naming the field: an item of a classified original, a name that cannot
    be kept, a file that is empty or too large for the store or the disk, too many unfinished.
    """
    refuse_classified(item)
    if not 0 < size <= MAX_EXHIBIT_BYTES:
        raise ValidationError({"size": f"A file has between 1 and {MAX_EXHIBIT_BYTES} bytes."})
    if actor.uploads.filter(exhibit=None).count() >= UNFINISHED_AT_MOST:
        raise ValidationError(
            {"file": f"You have {UNFINISHED_AT_MOST} uploads under way: finish or discard one."}
        )
    upload = Upload(
        item=item,
        begun_by=actor,
        filename=clean_name(filename),
        size=size,
        sha256=sha256,
        role=role.value,
        reason=reason,
    )
    upload.acquired = acquired
    upload.full_clean()
    bytes_of(upload).begin()
    if size > shutil.disk_usage(settings.MEDIA_ROOT).free - _ROOM_LEFT:
        bytes_of(upload).remove()
        raise ValidationError(
            {"size": "The disk of this service has no room for it: tell whoever runs it."}
        )
    upload.save()
    return upload


def received(upload: Upload) -> int:
    """Bytes that have arrived."""
    return int(upload.size) if upload.exhibit_id else bytes_of(upload).received


def add_bytes(upload: Upload, stream: Readable, offset: int, *, actor: User) -> int:
    """Add a piece that begins at ``offset``; when the file is whole it is attached.

    Returns what has arrived. Whatever came of the piece is kept, even if the rest of it did not:
    the sender asks how much has arrived and goes on from there. A piece that came before is
    refused by its offset, so nothing is added twice.

    Raises NotYoursError, OffsetError, InHandError, and ValidationError where the whole file
    cannot be attached; the upload is then gone. NotKeptError, which is one, leaves it whole: the
    sweep attaches it when the store answers again; so is what came of it where the disk is full.
    """
    if upload.begun_by_id != actor.pk:
        raise NotYoursError("Only who began an upload can go on with it: begin one of your own.")
    if upload.exhibit_id:
        return int(upload.size)
    arriving = bytes_of(upload)
    with arriving.in_hand():
        try:
            has = arriving.append(stream, offset, upload.size)
        except OSError as error:
            if not says_no_room(error):
                raise
            log.error("exhibit_disk_full", reason=str(error))
            raise NotKeptError(
                {
                    "file": "The disk of this service has no room for the rest. What came is kept: "
                    "tell whoever runs this service, and go on from there."
                }
            ) from error
        finally:
            Upload.objects.filter(pk=upload.pk).update(last_at=Now())
        if has == upload.size:
            _attach(upload, arriving)
    return has


def discard_upload(upload: Upload) -> None:
    """Give an upload up; what has arrived of it is forgotten."""
    arriving = bytes_of(upload)
    arriving.begin()
    with arriving.in_hand():
        upload.delete()
        arriving.remove()


def tend_uploads() -> int:
    """Attach what is whole and was left so, and forget what nobody goes on with.

    Returns how many files were attached. Uploads that someone has in hand are left to them.
    """
    attached, now = 0, timezone.now()
    for upload in Upload.objects.select_related("item", "begun_by"):
        arriving = bytes_of(upload)
        with suppress(InHandError, ValidationError):
            if not upload.exhibit_id and arriving.received == upload.size:
                with arriving.in_hand():
                    attached += _attach(upload, arriving) is not None
            elif upload.last_at < now - (KEPT_AFTER if upload.exhibit_id else GIVEN_UP_AFTER):
                discard_upload(upload)
    return attached


def bytes_of(upload: Upload) -> Arriving:
    """Where its bytes wait."""
    return Arriving(Path(settings.MEDIA_ROOT), upload.key)


def _attach(upload: Upload, arriving: Arriving) -> Exhibit | None:
    """The whole file as an exhibit; None where another process was faster.

    Killed before the transaction ends, the file and the row are as they were and the sweep tries
    again; killed after it, only the waiting file is left.
    """
    try:
        with transaction.atomic():
            row = Upload.objects.select_for_update().filter(pk=upload.pk, exhibit=None).first()
            if row is None:
                return None
            exhibit = attach_exhibit(
                upload.item,
                arriving.path,
                upload.filename,
                role=ExhibitRole(upload.role),
                acquired=upload.acquired,
                sha256=upload.sha256,
                actor=upload.begun_by,
                reason=upload.reason,
            )
            Upload.objects.filter(pk=upload.pk).update(exhibit=exhibit)
    except NotKeptError:
        raise  # the bytes are whole and wait here for the sweep
    except ValidationError:
        upload.delete()
        arriving.remove()
        raise
    upload.exhibit = exhibit
    arriving.remove()
    return exhibit
