"""A CSV file or the first sheet of a workbook as rows of text. Runs in a process of its own.

CSV as RFC 4180 has it, in UTF-8 or, with a byte order mark, UTF-16, as Excel writes "CSV UTF-8"
and "Unicode text"; the separator is the comma, semicolon or tab that the head has most of.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from evidence.sheets.workbook import WorkbookError, rows_of_workbook

MOST_BYTES = 5 * 1024**2
MOST_ROWS = 200
"""Each row becomes an item that somebody must read and grade. Rows of data are a dataset."""
MOST_COLUMNS = 200
_UNPACKED = 100 * 1024**2
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00:00")
_SEPARATORS = ",;\t"


class SheetError(ValueError):
    """The file cannot be read as a sheet of entries; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The names of the columns, and each row that says something with the number it has there."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(stream: BinaryIO, filename: str) -> Sheet:
    """The sheet in the file, a workbook by its first bytes or else CSV. Raises SheetError."""
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise SheetError(f"The file is larger than {MOST_BYTES:,} bytes: divide it.")
    if content.startswith(b"PK\x03\x04"):
        return _sheet(_workbook(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError("This is a workbook of the old form (.xls): save it as .xlsx or CSV.")
    return _sheet(_csv(_text(content)))


def _sheet(lines: Iterable[list[str]]) -> Sheet:
    columns: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in enumerate(lines, start=1):
        line = [_cell(cell) for cell in cells]
        while line and not line[-1]:
            line.pop()
        if number == 1:
            columns = tuple(line)
            _check_head(columns)
            continue
        if not line:
            continue
        if len(line) > len(columns):
            raise SheetError(
                f"Row {number} has {len(line)} cells, the head {len(columns)}: put a text that "
                "has the separator in it between quotation marks."
            )
        if len(rows) == MOST_ROWS:
            raise SheetError(
                f"The file has more than {MOST_ROWS} rows: divide it. Rows of accounts, "
                "exchanges or shipments belong in one file, attached to one item as a dataset."
            )
        rows.append((number, (*line, *("",) * (len(columns) - len(line)))))
    if not columns:
        raise SheetError("The file is empty: its first row names the columns.")
    if not rows:
        raise SheetError("The file has a head and no row under it.")
    return Sheet(columns, tuple(rows))


def _check_head(columns: tuple[str, ...]) -> None:
    if len(columns) > MOST_COLUMNS:
        raise SheetError(f"The file has {len(columns)} columns; at most {MOST_COLUMNS} are read.")
    for place, name in enumerate(columns, start=1):
        if not name:
            raise SheetError(f"Column {place} has no name: name it in the first row, or remove it.")


def _cell(cell: str) -> str:
    """The cell without the marks that spreadsheets and our own export put on it."""
    text = cell.strip()
    # Written by the export so that a spreadsheet does not run the text as a formula.
    if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@"):
        text = text[1:]
    midnight = _MIDNIGHT.fullmatch(text)
    return midnight[1] if midnight else text


def _workbook(content: bytes) -> Iterable[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise SheetError(f"The file cannot be read as a workbook: {error}") from error
    if unpacked > _UNPACKED:
        raise SheetError(f"The workbook unpacks to more than {_UNPACKED:,} bytes: divide it.")
    try:
        yield from rows_of_workbook(io.BytesIO(content), MOST_COLUMNS, MOST_ROWS + 10_000)
    except WorkbookError as error:
        said = str(error)
        raise SheetError(f"{said[:1].upper()}{said[1:]}.") from error


def _text(content: bytes) -> str:
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SheetError(
            f"Line {line} is not UTF-8: save the sheet as “CSV UTF-8”, or as a workbook."
        ) from error
    if "\x00" in text:
        raise SheetError("The file has NUL bytes in it: it is no CSV file.")
    return text


def _csv(text: str) -> Iterable[list[str]]:
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        try:
            number += 1
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SheetError(f"Row {number} cannot be read: {error}.") from error
