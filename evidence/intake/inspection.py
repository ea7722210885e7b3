"""The inspection of one file: what it is, and the first reason to set it aside."""

import os
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from evidence.intake.findings import Finding, Found, FoundError, Limits
from evidence.intake.kinds import HEAD, IMAGES, Kind, contradiction, ending_of, kind_of
from evidence.intake.markup import check_markup
from evidence.intake.tars import check_compressed, check_tar
from evidence.intake.totals import Total
from evidence.intake.zips import check_zip

_END_OF_ZIP = struct.Struct("<4s4H2LH")
_MARKUP = frozenset({".svg", ".xml", ".xhtml"})
_LOOK_INTO: Mapping[Kind, Callable[..., None]] = {
    Kind.ZIP: check_zip,
    Kind.TAR: check_tar,
    Kind.GZIP: check_compressed,
    Kind.BZIP2: check_compressed,
    Kind.XZ: check_compressed,
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is, and why it is set aside; ``found`` None: it is not."""

    kind: Kind
    found: Found | None = None


def inspect(stream: BinaryIO, filename: str, limits: Limits | None = None) -> Inspection:
    """Inspect a file that can be sought in; it is read and nothing is written."""
    limits = limits or Limits()
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    head = stream.read(HEAD)
    kind = kind_of(head)
    try:
        _check(stream, filename, size, head, kind, limits)
    except FoundError as error:
        return Inspection(kind, error.found)
    return Inspection(kind)


def _check(
    stream: BinaryIO, filename: str, size: int, head: bytes, kind: Kind, limits: Limits
) -> None:
    if kind is Kind.EXECUTABLE:
        raise FoundError(Finding.EXECUTABLE, "It is a program, not a document.")
    if kind is not Kind.ZIP and _ends_as_zip(stream, size):
        raise FoundError(
            Finding.POLYGLOT,
            f"It begins as {kind.value} and ends as a ZIP archive: two files in one, of which "
            "each reader sees another.",
        )
    if kind in IMAGES and _second_face(head):
        raise FoundError(
            Finding.POLYGLOT, f"It begins as {kind.value} and holds a web page or a PDF as well."
        )
    if said := contradiction(filename, kind):
        raise FoundError(Finding.TYPE_MISMATCH, said)
    if kind in (Kind.SEVENZIP, Kind.RAR):
        raise FoundError(
            Finding.CLOSED,
            f"It is {kind.value}, which cannot be looked into here: attach a ZIP or tar archive, "
            "or the files themselves.",
        )
    stream.seek(0)
    if (look_into := _LOOK_INTO.get(kind)) is not None:
        total: Any = Total(limits, _LOOK_INTO)
        look_into(stream, size, total, limits, 1)
    elif kind is Kind.TEXT and (
        ending_of(filename) in _MARKUP or head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml")
    ):
        check_markup(stream, "It", limits)


def _ends_as_zip(stream: BinaryIO, size: int) -> bool:
    """Whether an end-of-directory record closes the file, so that an unpacker would take it."""
    stream.seek(max(0, size - _END_OF_ZIP.size - 0xFFFF))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_OF_ZIP.size:
        return False
    *_, directory, _offset, comment = _END_OF_ZIP.unpack_from(tail, at)
    return bool(at + _END_OF_ZIP.size + comment == len(tail) and 0 < directory < size)


def _second_face(head: bytes) -> bool:
    lowered = head.lower()
    return any(sign in lowered for sign in (b"<script", b"<html", b"<!doctype html")) or (
        b"%PDF-" in head[:1024]
    )
