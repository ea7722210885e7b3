"""What a file is, by how it begins; its name decides only between kinds of text.

What a browser is to show must be what it says it is: a page of HTML named ``.png`` stays a file
to download.
"""

from enum import StrEnum
from pathlib import PurePosixPath

HEAD = 4096
"""Bytes that are looked at."""

_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
_TABLES = frozenset({".csv", ".tsv"})


class Look(StrEnum):
    """How a file can be shown."""

    PDF = "pdf"
    IMAGE = "image"
    TABLE = "table"
    WORKBOOK = "workbook"
    TEXT = "text"
    NONE = "none"


def look_of(head: bytes, filename: str) -> tuple[Look, str]:
    """How the file can be shown, and the media type it may be shown as.

    >>> look_of(b"%PDF-1.7 ...", "scan.txt")
    (<Look.PDF: 'pdf'>, 'application/pdf')
    >>> look_of(b"<html>", "page.png")
    (<Look.TEXT: 'text'>, 'text/plain; charset=utf-8')
    """
    ending = PurePosixPath(filename.lower()).suffix
    if head.startswith(b"%PDF-"):
        return Look.PDF, "application/pdf"
    for beginning, media_type in _IMAGES.items():
        if head.startswith(beginning):
            return Look.IMAGE, media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Look.IMAGE, "image/webp"
    if head.startswith(b"PK\x03\x04") and ending == ".xlsx":
        return Look.WORKBOOK, "application/octet-stream"
    if _is_text(head):
        return (Look.TABLE if ending in _TABLES else Look.TEXT), "text/plain; charset=utf-8"
    return Look.NONE, "application/octet-stream"


def _is_text(head: bytes) -> bool:
    """Whether the beginning reads as UTF-8, cut anywhere, or as UTF-16 that says so."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # A character of several bytes may be cut where we stopped reading.
        return error.start >= len(head) - 3
    return True
