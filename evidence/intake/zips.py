"""What a ZIP archive would unpack to, from its directory; nothing is written anywhere.

``zipfile`` hands out no more of an entry than the directory declares, so the declared sizes
bound what anyone here can read. Entries that lie over one another are how small files declare
honestly and still unpack to terabytes (Fifield, "A better zip bomb", 2019).
"""

import io
import stat
import zipfile
import zlib
from typing import BinaryIO

from evidence.intake.findings import Finding, FoundError, Limits
from evidence.intake.kinds import HEAD, kind_of
from evidence.intake.markup import check_markup
from evidence.intake.names import check_link, check_name, shown
from evidence.intake.totals import Total

_ENCRYPTED = 0x1
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError
)  # fmt: skip
_MACROS = "vbaproject.bin"


def check_zip(stream: BinaryIO, size: int, total: Total, limits: Limits, depth: int) -> None:
    """Raise FoundError for the first reason not to open this archive of ``size`` bytes."""
    try:
        with zipfile.ZipFile(stream) as archive:
            _check(archive, size, total, limits, depth)
    except FoundError:
        raise
    except _DAMAGE as error:
        raise FoundError(
            Finding.DAMAGED, f"The archive cannot be read ({shown(str(error)) or 'damaged'})."
        ) from error


def _check(archive: zipfile.ZipFile, size: int, total: Total, limits: Limits, depth: int) -> None:
    entries = archive.infolist()
    total.count(len(entries))
    _check_overlap(entries)
    unpacked = sum(entry.file_size for entry in entries)
    total.compare(unpacked, of=size)
    total.add(unpacked)
    names = {entry.filename for entry in entries}
    office = "[Content_Types].xml" in names
    for entry in entries:
        check_name(entry.filename)
        if entry.flag_bits & _ENCRYPTED:
            raise FoundError(
                Finding.ENCRYPTED,
                f"The entry “{shown(entry.filename)}” is encrypted: nobody can say what it holds. "
                "Attach the files unencrypted.",
            )
        if entry.filename.lower().rpartition("/")[2] == _MACROS:
            raise FoundError(Finding.MACRO, "It holds macros: programs that run when it is opened.")
        if entry.is_dir():
            continue
        if stat.S_ISLNK(entry.external_attr >> 16):
            target = _beginning(archive, entry, HEAD).decode(errors="replace")
            check_link(entry.filename, target, entry.filename.rpartition("/")[0])
            continue
        if office and entry.filename.lower().endswith((".xml", ".rels")):
            with archive.open(entry) as part:
                check_markup(part, shown(entry.filename), limits, office=True)  # type: ignore[arg-type]
            continue
        _check_inner(archive, entry, total, limits, depth)


def _check_overlap(entries: list[zipfile.ZipInfo]) -> None:
    end, before = 0, ""
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            raise FoundError(
                Finding.BOMB,
                f"The entries “{shown(before)}” and “{shown(entry.filename)}” lie over one "
                "another, as only a decompression bomb has it.",
            )
        end, before = entry.header_offset + 30 + entry.compress_size, entry.filename


def _check_inner(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, total: Total, limits: Limits, depth: int
) -> None:
    kind = kind_of(_beginning(archive, entry, HEAD))
    if kind not in total.look_into:
        return
    total.deeper(depth, entry.filename, kind)
    if entry.file_size > limits.inner:
        raise FoundError(
            Finding.NESTED,
            f"The archive “{shown(entry.filename)}” within it is larger than {limits.inner:,} "
            "bytes: attach it by itself.",
        )
    content = _beginning(archive, entry, limits.inner)
    total.look_into[kind](io.BytesIO(content), len(content), total, limits, depth + 1)


def _beginning(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(entry) as part:
        return part.read(most)
