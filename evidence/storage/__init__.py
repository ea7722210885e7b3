"""Where the bytes of exhibits lie: under the SHA-256 of what is in them, in a folder or on S3."""

from pathlib import Path

from django.conf import settings

from evidence.storage.errors import (
    BytesDifferError,
    BytesMissingError,
    BytesUnreadableError,
    EmptyFileError,
    FileTooLargeError,
    StoreAwayError,
    says_no_room,
)
from evidence.storage.files import FileStore
from evidence.storage.spool import Spool
from evidence.storage.store import CHUNK, ExhibitStore, Readable, Received, Stored, key_of

__all__ = [
    "CHUNK",
    "BytesDifferError",
    "BytesMissingError",
    "BytesUnreadableError",
    "EmptyFileError",
    "ExhibitStore",
    "FileStore",
    "FileTooLargeError",
    "Readable",
    "Received",
    "StoreAwayError",
    "Stored",
    "exhibit_store",
    "key_of",
    "says_no_room",
]


def exhibit_store() -> ExhibitStore:
    """The store of this installation, as ``EXHIBIT_STORE`` says; files arrive in ``MEDIA_ROOT``."""
    folder = Path(settings.MEDIA_ROOT)
    if settings.EXHIBIT_STORE == "file":
        return FileStore(folder)
    # Its libraries are large, and an installation on a disk needs none of them.
    from evidence.storage.objects import ObjectStore

    return ObjectStore(Spool(folder / "incoming"))
