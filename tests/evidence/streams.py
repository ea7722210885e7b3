"""Streams that behave as uploads do."""

from collections.abc import Callable
from io import BytesIO


def of_bytes(content: bytes) -> BytesIO:
    """A stream of exactly these bytes."""
    return BytesIO(content)


class Dripping:
    """Hands out a few bytes at a time and calls back before each piece."""

    def __init__(self, content: bytes, piece: int, before: Callable[[int], None]) -> None:
        self._stream = BytesIO(content)
        self._piece = piece
        self._before = before

    def read(self, size: int, /) -> bytes:
        """The next piece, however much was asked for."""
        self._before(self._stream.tell())
        return self._stream.read(min(size, self._piece))
