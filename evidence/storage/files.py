"""Exhibits in a folder: ``<root>/ab/cd/abcd…`` holds one blob.

A file takes its name only when it is whole and on the disk.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from evidence.storage.errors import BytesMissingError, BytesUnreadableError, StoreAwayError
from evidence.storage.spool import Spool, private
from evidence.storage.store import (
    CHUNK,
    ExhibitStore,
    Stored,
    is_shard,
    key_of,
    misplaced,
    see_same,
)

_UNFINISHED = "incoming"


class FileStore(ExhibitStore):
    """The bytes under one folder, which only the service's own user may read."""

    kind = "file"

    def __init__(self, root: Path) -> None:
        self.root = root
        self.spool = Spool(root / _UNFINISHED)

    def holds(self, sha256: str) -> bool:
        """Whether bytes are stored under this SHA-256."""
        return self.path(sha256).is_file()

    def open(self, sha256: str) -> BufferedReader:
        """The bytes, for reading. Raises BytesMissingError."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError:
            raise BytesMissingError(f"no bytes are stored for {sha256}") from None
        except OSError as error:
            raise BytesUnreadableError(f"{sha256}: {error.strerror}") from error

    def open_verified(self, sha256: str) -> BufferedReader:
        """The bytes, after reading them once to see that they are still the same.

        Raises BytesMissingError, BytesUnreadableError and BytesDifferError.
        """
        file = self.open(sha256)
        try:
            see_same(sha256, _digest_of(file, lambda: None))
            file.seek(0)
        except BaseException as error:
            file.close()
            if isinstance(error, OSError):
                raise BytesUnreadableError(f"{sha256}: {error.strerror}") from error
            raise
        return file

    def head(self, sha256: str, most: int) -> bytes:
        """The first bytes. Raises BytesMissingError and BytesUnreadableError."""
        with self.open(sha256) as file:
            try:
                return file.read(most)
            except OSError as error:
                raise BytesUnreadableError(f"{sha256}: {error.strerror}") from error

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """The file itself. Raises BytesMissingError."""
        if not self.holds(sha256):
            raise BytesMissingError(f"no bytes are stored for {sha256}")
        yield self.path(sha256)

    @contextmanager
    def local_verified(self, sha256: str) -> Iterator[Path]:
        """The file itself, after reading it once. Raises BytesMissingError, BytesDifferError."""
        with self.open_verified(sha256):
            yield self.path(sha256)

    def read_again(self, sha256: str, alive: Callable[[], None]) -> str:
        """The SHA-256 of what is stored under this one, read from the disk itself where it can be.

        ``alive`` is called after every piece. Raises BytesMissingError, BytesUnreadableError, and
        StoreAwayError where the bytes are missing because everything is.
        """
        try:
            with self.open(sha256) as file:
                _forget(file)
                found = _digest_of(file, alive)
                _forget(file)
                return found
        except BytesUnreadableError:
            raise
        except BytesMissingError:
            if not self.is_there():
                raise StoreAwayError(
                    f"no exhibit at all is stored under {self.root}: is the folder mounted?"
                ) from None
            raise
        except OSError as error:
            raise BytesUnreadableError(f"{sha256}: {error.strerror}") from error

    def is_there(self) -> bool:
        """Whether this is a folder that ever held bytes; a disk not mounted leaves an empty one."""
        try:
            return any(is_shard(each.name) for each in self.root.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return False

    def path(self, sha256: str) -> Path:
        """Where these bytes lie or would lie. Raises ValueError for what is no SHA-256."""
        return self.root / key_of(sha256)

    def stored(self) -> Iterator[Stored]:
        """Every file that has a name, in the order of names."""
        if not self.root.is_dir():
            return
        for shard in sorted(self.root.iterdir()):
            if is_shard(shard.name):
                for path in sorted(each for each in shard.rglob("*") if not each.is_dir()):
                    yield self._stored(path)

    def remove(self, sha256: str) -> None:
        """Remove the file."""
        self.path(sha256).unlink()

    def trouble(self) -> str:
        """Why this folder cannot be used; empty where it can."""
        folder = next(each for each in (self.root, *self.root.parents) if each.exists())
        if os.access(folder, os.R_OK | os.W_OK | os.X_OK) and folder.is_dir():
            return ""
        return f"{folder} cannot be read and written by this user"

    def _stored(self, path: Path) -> Stored:
        stat = path.stat()
        return Stored(
            name=path.name,
            where=str(path),
            size=stat.st_size,
            # The name was given when the inode last changed; the content may be much older.
            since=datetime.fromtimestamp(stat.st_ctime, UTC),
            misplaced=misplaced(path.relative_to(self.root).as_posix()),
        )

    def _publish(self, path: Path, sha256: str, size: int, *, anew: bool) -> None:
        target = self.path(sha256)
        if not anew and target.exists() and target.stat().st_size == size:
            return
        folder = private(self.root, target.parent.parent, target.parent)
        path.chmod(0o400)
        path.replace(target)
        # The name must survive a power cut as the bytes do.
        for changed in (folder, folder.parent, self.root):
            _sync_folder(changed)

    def _settle(self, file: BinaryIO) -> None:
        os.fsync(file.fileno())

    def __str__(self) -> str:
        return f"the folder {self.root}"


def _digest_of(file: BufferedReader, alive: Callable[[], None]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        alive()
    return digest.hexdigest()


def _forget(file: BufferedReader) -> None:
    """Have the kernel read from the disk, not from what it remembers of it; a hint, where it is."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
