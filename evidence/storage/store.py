"""What every store of exhibits does, whatever it is made of.

Bytes are hashed while they arrive in a file of their own, and take their name, which is their
SHA-256, only when they are whole: whatever is under a name is complete. Names are never reused
for other bytes, so equal files are stored once.
"""

import hashlib
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from evidence.storage.errors import BytesDifferError, EmptyFileError, FileTooLargeError
from evidence.storage.spool import Spool

CHUNK = 1024 * 1024
_SHARD = 2
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Readable(Protocol):
    """Anything that hands out bytes piece by piece."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """Something that lies in a store; ``misplaced``: not where bytes of that name belong."""

    name: str
    where: str
    size: int
    since: datetime
    misplaced: bool


class Received:
    """Bytes that arrived whole and have no name yet."""

    def __init__(self, store: "ExhibitStore", path: Path, sha256: str, size: int) -> None:
        self._store = store
        self._path = path
        self.sha256 = sha256
        self.size = size

    def keep(self, *, anew: bool = False) -> None:
        """Give the bytes their name; nothing happens when equal bytes are stored already.

        ``anew``: what is stored already is not to be trusted, and is replaced. Raises
        StoreAwayError where the store does not take them; nothing is then under their name that
        was not there.
        """
        self._store._publish(self._path, self.sha256, self.size, anew=anew)


class ExhibitStore(ABC):
    """Bytes under their SHA-256; ``spool`` is where they arrive, on a disk of this machine."""

    kind: str
    spool: Spool

    @contextmanager
    def receive(self, stream: Readable, limit: int) -> Iterator[Received]:
        """Read the stream to its end, hashing as it is written; at most ``limit`` bytes.

        Inside the block the bytes wait; ``keep()`` stores them, and what was not kept is gone
        when the block ends. Of a killed process nothing stays: the next ``receive`` removes what
        no living process holds.

        Raises EmptyFileError and FileTooLargeError.
        """
        with self.spool.file() as (path, file):
            sha256, size = _copy(stream, file, limit)
            file.flush()
            self._settle(file)
            yield Received(self, path, sha256, size)

    @contextmanager
    def adopt(self, path: Path, limit: int) -> Iterator[Received]:
        """As ``receive``, of a file on the spool's own disk, read once and not copied.

        The caller holds a lock on it (``flock``) until the block ends, and removes it when the
        rest is done: until then it keeps its name too.
        """
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if not size:
                raise EmptyFileError("the file is empty")
            if size > limit:
                raise FileTooLargeError(limit)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            self._settle(file)
        with self.spool.link(path) as link:
            yield Received(self, link, sha256, size)

    @abstractmethod
    def holds(self, sha256: str) -> bool:
        """Whether bytes are stored under this SHA-256."""

    @abstractmethod
    def open(self, sha256: str) -> BinaryIO:
        """The bytes, as a file of this machine. Raises BytesMissingError."""

    @abstractmethod
    def open_verified(self, sha256: str) -> BinaryIO:
        """The bytes, after reading them once to see that they are still the same.

        Raises BytesMissingError, BytesUnreadableError and BytesDifferError.
        """

    @abstractmethod
    def head(self, sha256: str, most: int) -> bytes:
        """The first bytes, without fetching the rest. Raises BytesMissingError."""

    @abstractmethod
    def local(self, sha256: str) -> AbstractContextManager[Path]:
        """The bytes as a file with a path, which readers of their own open, while the block lasts.

        They are read and nothing else. Raises BytesMissingError.
        """

    @abstractmethod
    def local_verified(self, sha256: str) -> AbstractContextManager[Path]:
        """As ``local``, after seeing that they are still the same. Raises BytesDifferError too."""

    @abstractmethod
    def read_again(self, sha256: str, alive: Callable[[], None]) -> str:
        """The SHA-256 of what is stored under this one, read from where it lies.

        ``alive`` is called after every piece. Raises BytesMissingError, BytesUnreadableError, and
        StoreAwayError where the bytes are missing because everything is.
        """

    @abstractmethod
    def is_there(self) -> bool:
        """Whether this is a store that ever held bytes; a disk not mounted leaves an empty one."""

    @abstractmethod
    def stored(self) -> Iterator[Stored]:
        """Everything that has a name, in the order of names; what is on its way in has none."""

    @abstractmethod
    def remove(self, sha256: str) -> None:
        """Remove what lies under this SHA-256. Raises StoreAwayError."""

    @abstractmethod
    def trouble(self) -> str:
        """Why nothing can be stored or fetched now; empty where the store answers. It is quick."""

    @abstractmethod
    def _publish(self, path: Path, sha256: str, size: int, *, anew: bool) -> None: ...

    @abstractmethod
    def _settle(self, file: BinaryIO) -> None:
        """Do what must be done before a file that arrived may take its name."""

    @abstractmethod
    def __str__(self) -> str: ...


def key_of(sha256: str) -> str:
    """Where these bytes lie within a store. Raises ValueError for what is no SHA-256."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is not a SHA-256 in lower-case hexadecimal")
    return f"{sha256[:_SHARD]}/{sha256[_SHARD : 2 * _SHARD]}/{sha256}"


def misplaced(key: str) -> bool:
    """Whether no bytes can have this key."""
    name = key.rpartition("/")[2]
    return not _SHA256.fullmatch(name) or key_of(name) != key


def is_shard(name: str) -> bool:
    """Whether a folder of this name holds bytes."""
    return len(name) == _SHARD


def see_same(sha256: str, found: str) -> None:
    """Raise BytesDifferError unless what was read has the SHA-256 it lies under."""
    if found != sha256:
        raise BytesDifferError(sha256, found)


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
