"""The first of what is in a file, as text or as rows of a table; never all of a large one."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from openpyxl import load_workbook

MOST_BYTES = 200_000
MOST_ROWS = 60
MOST_COLUMNS = 40
MOST_IN_CELL = 300
# A workbook is a compressed archive: what it unpacks to counts, not what it weighs.
MOST_UNPACKED = 200_000_000


class CannotShowError(ValueError):
    """The file cannot be shown here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Text:
    """The beginning of a text."""

    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of a table. ``sheet`` and ``sheets``: of a workbook."""

    head: list[str]
    rows: list[list[str]]
    whole: bool
    sheet: str = ""
    sheets: int = 1


def text_of(stream: BinaryIO) -> Text:
    """The beginning as text; bytes that are no text are shown as the replacement character."""
    content = stream.read(MOST_BYTES + 1)
    whole = len(content) <= MOST_BYTES
    coding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return Text(content[:MOST_BYTES].decode(coding, errors="replace"), whole)


def rows_of_csv(stream: BinaryIO) -> Table:
    """The first rows of a comma, semicolon or tab separated file, the first as its head."""
    text = text_of(stream)
    sample = text.text[:8192]
    try:
        dialect: Any = csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    lines = io.StringIO(text.text, newline="")
    try:
        return _table(csv.reader(lines, dialect), text.whole)
    except csv.Error as error:
        raise CannotShowError(f"Its rows cannot be told apart ({error}): download it.") from None


def rows_of_workbook(stream: BinaryIO) -> Table:
    """The first rows of the first sheet, values as last computed; no formula is run.

    Raises CannotShowError for what is no workbook, or unpacks to more than is safe.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        raise CannotShowError("It is named as a workbook and is none: download it.") from None
    if unpacked > MOST_UNPACKED:
        raise CannotShowError(
            f"It unpacks to {unpacked:,} bytes, more than is shown here: download it."
        )
    stream.seek(0)
    try:
        book = load_workbook(stream, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        table = _table(sheet.iter_rows(values_only=True), whole=True)
        return Table(table.head, table.rows, table.whole, sheet.title, len(book.sheetnames))
    except Exception as error:
        # openpyxl raises whatever a damaged part makes it stumble over.
        raise CannotShowError(
            f"It cannot be read as a workbook ({type(error).__name__}): download it."
        ) from error


def _table(rows: Iterable[Iterable[Any]], whole: bool) -> Table:
    lines = iter(rows)
    taken = [list(_cells(row)) for row in islice(lines, MOST_ROWS + 1)]
    more = next(lines, None) is not None
    head, body = (taken[0], taken[1:]) if taken else ([], [])
    width = max((len(row) for row in taken), default=0)
    head += [""] * (width - len(head))
    return Table(head, [row + [""] * (width - len(row)) for row in body], whole=whole and not more)


def _cells(row: Iterable[Any]) -> Iterator[str]:
    for value in islice(row, MOST_COLUMNS):
        text = "" if value is None else str(value)
        yield text if len(text) <= MOST_IN_CELL else f"{text[:MOST_IN_CELL]}…"
