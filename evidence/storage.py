"""Where the bytes of exhibits lie: files named by the SHA-256 of what is in them.

``<root>/ab/cd/abcd…`` holds one blob. Bytes are hashed while they are written to a file of
their own, which takes its name only when it is whole and on the disk: whatever is under a name
here is complete. Names are never reused for other bytes, so equal files are stored once.
"""

import errno
import fcntl
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, Protocol

from django.conf import settings

CHUNK = 1024 * 1024
_UNFINISHED = "incoming"
_SHARD = 2
# A file this young may belong to a writer that has not locked it yet.
_YOUNG_SECONDS = 60
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Readable(Protocol):
    """Anything that hands out bytes piece by piece."""

    def read(self, size: int, /) -> bytes: ...


class EmptyFileError(ValueError):
    """There was nothing in the file."""


class FileTooLargeError(ValueError):
    """The file is larger than may be stored; reading stopped there."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"the file is larger than {limit} bytes")


class BytesMissingError(LookupError):
    """No bytes are stored under this SHA-256."""


class BytesUnreadableError(BytesMissingError):
    """Something is stored under this SHA-256, and the disk does not hand it out."""


class StoreAwayError(Exception):
    """Nothing at all is stored here: the folder is not the one that holds the exhibits."""


class BytesDifferError(Exception):
    """What is stored under this SHA-256 has another one: the file was damaged or altered."""

    def __init__(self, sha256: str, found: str) -> None:
        self.found = found
        super().__init__(f"the bytes stored for {sha256} are no longer those bytes")


class Received:
    """Bytes that arrived whole and have no name yet."""

    def __init__(self, store: "ExhibitStore", path: Path, sha256: str, size: int) -> None:
        self._store = store
        self._path = path
        self.sha256 = sha256
        self.size = size

    def keep(self, *, anew: bool = False) -> None:
        """Give the bytes their name; nothing happens when equal bytes are stored already.

        ``anew``: what is stored already is not to be trusted, and is replaced.
        """
        self._store._publish(self._path, self.sha256, self.size, anew=anew)


class ExhibitStore:
    """The bytes under one folder, which only the service's own user may read."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextmanager
    def receive(self, stream: Readable, limit: int) -> Iterator[Received]:
        """Read the stream to its end, hashing as it is written; at most ``limit`` bytes.

        Inside the block the bytes wait; ``keep()`` stores them, and what was not kept is gone
        when the block ends. Of a killed process nothing stays: the next ``receive`` removes what
        no living process holds.

        Raises EmptyFileError and FileTooLargeError.
        """
        folder = self._private(self.root / _UNFINISHED)
        self._sweep(folder)
        handle, name = mkstemp(dir=folder)
        path = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                # The lock says that someone lives who writes this; it ends with the process.
                fcntl.flock(file, fcntl.LOCK_EX)
                sha256, size = _copy(stream, file, limit)
                file.flush()
                os.fsync(file.fileno())
                yield Received(self, path, sha256, size)
        finally:
            path.unlink(missing_ok=True)

    @contextmanager
    def adopt(self, path: Path, limit: int) -> Iterator[Received]:
        """As ``receive``, of a file on the store's own disk, read once and not copied.

        The caller holds a lock on it (``flock``) until the block ends, and removes it when the
        rest is done: until then it keeps its name too.
        """
        folder = self._private(self.root / _UNFINISHED)
        self._sweep(folder)
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if not size:
                raise EmptyFileError("the file is empty")
            if size > limit:
                raise FileTooLargeError(limit)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        link = folder / f"{path.name}-{os.getpid()}"
        os.link(path, link)
        try:
            yield Received(self, link, sha256, size)
        finally:
            link.unlink(missing_ok=True)

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
            found = _digest_of(file, lambda: None)
            if found != sha256:
                raise BytesDifferError(sha256, found)
            file.seek(0)
        except BaseException as error:
            file.close()
            if isinstance(error, OSError):
                raise BytesUnreadableError(f"{sha256}: {error.strerror}") from error
            raise
        return file

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
                raise StoreAwayError(f"no exhibit at all is stored under {self.root}") from None
            raise
        except OSError as error:
            raise BytesUnreadableError(f"{sha256}: {error.strerror}") from error

    def is_there(self) -> bool:
        """Whether this is a folder that ever held bytes; a disk not mounted leaves an empty one."""
        try:
            return any(len(each.name) == _SHARD for each in self.root.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return False

    def path(self, sha256: str) -> Path:
        """Where these bytes lie or would lie. Raises ValueError for what is no SHA-256."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is not a SHA-256 in lower-case hexadecimal")
        return self.root / sha256[:_SHARD] / sha256[_SHARD : 2 * _SHARD] / sha256

    def stored(self) -> Iterator[Path]:
        """Every file that has a name, in the order of names; what is on its way in has none."""
        if self.root.is_dir():
            for shard in sorted(self.root.iterdir()):
                if len(shard.name) == _SHARD:
                    yield from sorted(path for path in shard.rglob("*") if not path.is_dir())

    def _publish(self, path: Path, sha256: str, size: int, *, anew: bool) -> None:
        target = self.path(sha256)
        if not anew and target.exists() and target.stat().st_size == size:
            return
        folder = self._private(target.parent)
        path.chmod(0o400)
        path.replace(target)
        # The name must survive a power cut as the bytes do.
        for changed in (folder, folder.parent, self.root):
            _sync_folder(changed)

    def _private(self, folder: Path) -> Path:
        missing = [each for each in (self.root, folder.parent, folder) if not each.exists()]
        for each in missing:
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
            each.chmod(0o700)
        return folder

    def _sweep(self, folder: Path) -> None:
        """Remove what a killed process left: files that are not young and that nobody locks."""
        for path in folder.iterdir():
            # Another process may sweep the same file, or finish it, at this moment.
            with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
                if time.time() - path.stat().st_mtime > _YOUNG_SECONDS:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()


def says_no_room(error: OSError) -> bool:
    """Whether the disk is full, or more was written than this user or process may."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def exhibit_store() -> ExhibitStore:
    """The store of this installation, under ``MEDIA_ROOT``."""
    return ExhibitStore(Path(settings.MEDIA_ROOT))


def _copy(stream: Readable, file: BinaryIO, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise FileTooLargeError(limit)
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise EmptyFileError("the file is empty")
    return digest.hexdigest(), size


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
