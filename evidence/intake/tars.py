"""What compressed data and tar archives would unpack to, read once as a stream into nothing."""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

from evidence.intake.findings import Finding, FoundError, Limits
from evidence.intake.kinds import HEAD, Kind, kind_of
from evidence.intake.names import check_link, check_name, shown
from evidence.intake.totals import Total

_CHUNK = 256 * 1024
_DAMAGE = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_OPEN: dict[Kind, Callable[[BinaryIO], Any]] = {
    Kind.GZIP: lambda stream: gzip.GzipFile(fileobj=stream),
    Kind.BZIP2: bz2.BZ2File,
    Kind.XZ: lzma.LZMAFile,
}


class _Counted(io.RawIOBase):
    """What is read of decompressed data, counted against the limits as it goes by."""

    def __init__(self, stream: Any, head: bytes, packed: int, total: Total) -> None:
        self._stream, self._head, self._packed, self._total = stream, head, packed, total
        self._read = 0
        self._add(len(head))

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        size = _CHUNK if size < 0 else size
        if self._head:
            taken, self._head = self._head[:size], self._head[size:]
            return taken
        chunk: bytes = self._stream.read(size)
        self._add(len(chunk))
        return chunk

    def _add(self, more: int) -> None:
        self._read += more
        self._total.compare(self._read, of=self._packed)
        self._total.add(more)


def check_compressed(stream: BinaryIO, size: int, total: Total, limits: Limits, depth: int) -> None:
    """Raise FoundError for the first reason not to unpack this; what is inside may be a tar."""
    try:
        kind = kind_of(stream.read(HEAD))
        stream.seek(0)
        with _OPEN[kind](stream) as unpacked:
            head = unpacked.read(HEAD)
            inner = kind_of(head)
            counted = _Counted(unpacked, head, size, total)
            if inner is Kind.TAR:
                _check_entries(counted, total, limits, depth)
                return
            if inner in total.look_into:
                total.deeper(depth, "what it unpacks to", inner)
                content = _all_of(counted, limits)
                total.look_into[inner](io.BytesIO(content), len(content), total, limits, depth + 1)
                return
            while counted.read(_CHUNK):
                pass
    except FoundError:
        raise
    except _DAMAGE as error:
        raise _damaged(error) from error


def check_tar(stream: BinaryIO, size: int, total: Total, limits: Limits, depth: int) -> None:
    """Raise FoundError for the first reason not to unpack this uncompressed tar."""
    try:
        _check_entries(stream, total, limits, depth)
    except FoundError:
        raise
    except _DAMAGE as error:
        raise _damaged(error) from error


def _check_entries(stream: Any, total: Total, limits: Limits, depth: int) -> None:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        declared = 0
        for entry in archive:
            total.count(1)
            check_name(entry.name)
            if entry.islnk() or entry.issym():
                folder = "" if entry.islnk() else entry.name.rpartition("/")[0]
                check_link(entry.name, entry.linkname, folder)
            elif entry.ischr() or entry.isblk() or entry.isfifo():
                raise FoundError(
                    Finding.DEVICE, f"The entry “{shown(entry.name)}” is a device, not a file."
                )
            # A sparse entry declares its full length and lies in a few bytes.
            declared += entry.size
            if declared > limits.unpacked:
                raise FoundError(
                    Finding.BOMB,
                    f"Its entries unpack to more than {limits.unpacked:,} bytes.",
                )
            if entry.isreg() and not entry.issparse():
                _check_inner(archive, entry, total, limits, depth)


def _check_inner(
    archive: tarfile.TarFile, entry: tarfile.TarInfo, total: Total, limits: Limits, depth: int
) -> None:
    part = archive.extractfile(entry)
    if part is None:
        return
    head = part.read(HEAD)
    kind = kind_of(head)
    if kind not in total.look_into:
        return
    total.deeper(depth, entry.name, kind)
    content = head + part.read(limits.inner)
    if len(content) > limits.inner:
        raise FoundError(
            Finding.NESTED,
            f"The archive “{shown(entry.name)}” within it is larger than {limits.inner:,} bytes: "
            "attach it by itself.",
        )
    total.look_into[kind](io.BytesIO(content), len(content), total, limits, depth + 1)


def _all_of(stream: _Counted, limits: Limits) -> bytes:
    content = bytearray()
    while chunk := stream.read(_CHUNK):
        content += chunk
        if len(content) > limits.inner:
            raise FoundError(
                Finding.NESTED,
                f"It unpacks to an archive larger than {limits.inner:,} bytes: attach that one.",
            )
    return bytes(content)


def _damaged(error: Exception) -> FoundError:
    return FoundError(
        Finding.DAMAGED, f"It cannot be unpacked ({shown(str(error)) or 'it ends too soon'})."
    )
