"""The first sheet of a workbook, row by row, each cell as text.

Values are those last computed; no formula is run. Excel keeps every number as a double: a whole
one is written without its fraction, and one of more than fifteen digits has lost some before it
came here.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError,
    SyntaxError, EOFError, OSError,
)  # fmt: skip
"""What openpyxl raises for a file that is no workbook; SyntaxError is its parser's."""


class WorkbookError(Exception):
    """The file cannot be read as a workbook; the message says why and ends without a point."""


def rows_of_workbook(
    file: Path | BinaryIO, most_columns: int, most: int | None = None
) -> Iterator[list[str]]:
    """Head and rows of the first sheet, all as long as the head; at most ``most`` rows.

    Blank rows come only between others. Raises WorkbookError, while it is read, for what is no
    workbook, names no columns or more than ``most_columns``.
    """
    try:
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except _BROKEN as error:
        raise WorkbookError(f"the file cannot be read as a workbook: {error}") from error
    try:
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # what a sheet says of its size need not be so
        yield from _lines(sheet.iter_rows(values_only=True), most_columns, most)
    except _BROKEN as error:
        raise WorkbookError(f"the first sheet cannot be read: {error}") from error
    finally:
        workbook.close()


def _lines(
    rows: Iterable[Sequence[Any]], most_columns: int, most: int | None
) -> Iterator[list[str]]:
    rows = iter(rows)
    head = [_text(value) for value in next(rows, ())]
    while head and not head[-1]:
        head.pop()
    if not head:
        raise WorkbookError("the first row of the first sheet is blank: it must name the columns")
    if len(head) > most_columns:
        raise WorkbookError(f"the file has {len(head)} columns; at most {most_columns} are read")
    yield head
    blank = 0
    for row in islice(rows, most):
        line = [_text(value) for value in row[: len(head)]]
        if not any(line):
            blank += 1
            continue
        for _ in range(blank):
            yield [""] * len(head)
        blank = 0
        yield line + [""] * (len(head) - len(line))


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(" ")
        case date():
            return value.isoformat()
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value)
