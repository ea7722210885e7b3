"""What a file is by its first bytes, and what its name says it is."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePosixPath

HEAD = 4096
"""Bytes that are looked at."""


class Kind(StrEnum):
    """What the bytes are, as far as the beginning tells; the values are read by people."""

    PDF = "a PDF"
    PNG = "a PNG image"
    JPEG = "a JPEG image"
    GIF = "a GIF image"
    WEBP = "a WebP image"
    TIFF = "a TIFF image"
    BMP = "a BMP image"
    MEDIA = "sound or video"
    ZIP = "a ZIP archive"
    GZIP = "gzip-compressed data"
    BZIP2 = "bzip2-compressed data"
    XZ = "xz-compressed data"
    TAR = "a tar archive"
    SEVENZIP = "a 7z archive"
    RAR = "a RAR archive"
    OLE = "an Office file of the old format"
    PARQUET = "a Parquet file"
    EXECUTABLE = "a program"
    TEXT = "text"
    BINARY = "data of no kind known here"


_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
    (b"OggS", Kind.MEDIA),
    (b"ID3", Kind.MEDIA),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\x1f\x8b", Kind.GZIP),
    (b"BZh", Kind.BZIP2),
    (b"\xfd7zXZ\x00", Kind.XZ),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVENZIP),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"PAR1", Kind.PARQUET),
    (b"\x7fELF", Kind.EXECUTABLE),
    (b"\xca\xfe\xba\xbe", Kind.EXECUTABLE),
    (b"\xce\xfa\xed\xfe", Kind.EXECUTABLE),
    (b"\xcf\xfa\xed\xfe", Kind.EXECUTABLE),
)
# Two letters that a text may begin with as well.
_BINARY_BEGINNINGS = ((b"MZ", Kind.EXECUTABLE), (b"BM", Kind.BMP))

IMAGES = frozenset({Kind.PNG, Kind.JPEG, Kind.GIF, Kind.WEBP, Kind.TIFF, Kind.BMP})

_CLAIMS: Mapping[str, frozenset[Kind]] = {
    ending: frozenset(kinds)
    for endings, kinds in (
        (".pdf", {Kind.PDF}),
        (".png", {Kind.PNG}),
        (".jpg .jpeg", {Kind.JPEG}),
        (".gif", {Kind.GIF}),
        (".webp", {Kind.WEBP}),
        (".tif .tiff", {Kind.TIFF}),
        (".bmp", {Kind.BMP}),
        (".mp3 .mp4 .mov .ogg .oga .ogv .wav .avi .m4a", {Kind.MEDIA, Kind.BINARY}),
        (".zip .docx .docm .xlsx .xlsm .pptx .pptm .odt .ods .odp .epub .wacz", {Kind.ZIP}),
        (".gz .tgz", {Kind.GZIP}),
        (".bz2 .tbz2", {Kind.BZIP2}),
        (".xz .txz", {Kind.XZ}),
        (".tar", {Kind.TAR}),
        (".7z", {Kind.SEVENZIP}),
        (".rar", {Kind.RAR}),
        (".msg", {Kind.OLE}),
        # Under the old names RTF and HTML are met as well.
        (".doc .xls .ppt", {Kind.OLE, Kind.TEXT}),
        (".parquet", {Kind.PARQUET}),
        (
            ".txt .text .csv .tsv .json .jsonl .ndjson .html .htm .xhtml .xml .svg .md .log .eml "
            ".yaml .yml .rtf .mht .mhtml .ics .vcf .sql",
            {Kind.TEXT},
        ),
    )
    for ending in endings.split()
}


def ending_of(filename: str) -> str:
    """The last ending of the name, in lower case."""
    return PurePosixPath(filename.lower()).suffix


def kind_of(head: bytes) -> Kind:
    """What the bytes are that begin with ``head``.

    >>> kind_of(b"%PDF-1.7"), kind_of(b"MZ Corporation leases servers")
    (<Kind.PDF: 'a PDF'>, <Kind.TEXT: 'text'>)
    """
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF":
        return Kind.WEBP if head[8:12] == b"WEBP" else Kind.MEDIA
    if head[4:8] == b"ftyp":
        return Kind.MEDIA
    if head[257:262] == b"ustar":
        return Kind.TAR
    if is_text(head):
        return Kind.TEXT
    for beginning, kind in _BINARY_BEGINNINGS:
        if head.startswith(beginning):
            return kind
    return Kind.BINARY


def is_text(head: bytes) -> bool:
    """Whether it reads as text, in whatever coding: no zero byte, hardly a control character."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in head:
        return False
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return controls * 100 <= len(head)


def contradiction(filename: str, kind: Kind) -> str:
    """What is wrong when the name says another kind than the bytes; empty when nothing is.

    >>> contradiction("page.png", Kind.TEXT)
    'It is named “.png” and holds text.'
    """
    ending = ending_of(filename)
    claimed = _CLAIMS.get(ending)
    if claimed is None or kind in claimed:
        return ""
    return f"It is named “{ending}” and holds {kind.value}."
