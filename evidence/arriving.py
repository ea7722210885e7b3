"""Bytes of uploads that are under way: one file each, appended to until it is whole.

How much has arrived is the size of the file, and nothing else says so: what a cut connection or a
killed process left is what the next request goes on from.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from evidence.storage import CHUNK, Readable

_FOLDER = "uploads"


class InHandError(Exception):
    """Another request or a worker has this upload in hand."""


class OffsetError(ValueError):
    """The bytes offered do not begin where the last ones ended."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(f"{received} bytes have arrived: go on from there")


class Arriving:
    """The file of one upload, in the folder of the store whose blob it will be."""

    def __init__(self, root: Path, key: UUID) -> None:
        self.path = root / _FOLDER / str(key)

    @property
    def received(self) -> int:
        """Bytes that have arrived."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def begin(self) -> None:
        """Make the file, empty; nothing happens where there is one."""
        for folder in (self.path.parent.parent, self.path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))

    def append(self, stream: Readable, offset: int, size: int) -> int:
        """Add what the stream gives, up to ``size`` bytes in all; returns what has arrived.

        To be called `in_hand`. What was read before the stream broke is kept, on the disk; the
        error then goes on. Raises OffsetError where ``offset`` is not the end of what is here.
        """
        if offset != self.received:
            raise OffsetError(self.received)
        left = size - offset
        with self.path.open("ab") as file:
            try:
                while left and (chunk := stream.read(min(CHUNK, left))):
                    file.write(chunk)
                    left -= len(chunk)
            finally:
                file.flush()
                os.fsync(file.fileno())
        return self.received

    def remove(self) -> None:
        """Forget the bytes."""
        self.path.unlink(missing_ok=True)

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        """Keep everybody else from this upload; the lock ends with the process at the latest.

        Raises InHandError where another has it, FileNotFoundError where there is no such file.
        """
        handle = os.open(self.path, os.O_RDONLY)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InHandError("this upload is in hand: try again in a moment") from None
            yield
        finally:
            os.close(handle)
