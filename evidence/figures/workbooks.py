"""Workbooks as rows: the first sheet, each cell as text, in a file that DuckDB reads in place.

Values are those last computed; no formula is run. Excel keeps every number as a double: a whole
one is written without its fraction, and one of more than fifteen digits has lost some before it
came here.
"""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from evidence.figures.source import MOST_COLUMNS, Source, SourceError

WORKBOOK = "xlsx"
_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError,
    SyntaxError, EOFError, OSError,
)  # fmt: skip
"""What openpyxl raises for a file that is no workbook; SyntaxError is its parser's."""


@contextmanager
def as_rows(sources: Sequence[Source], most: int | None = None) -> Iterator[tuple[Source, ...]]:
    """The sources with every workbook written out as CSV, for as long as the block lasts.

    ``most``: only so many rows of a workbook, where its head is enough. Other files are left as
    they are. Raises SourceError for what is no workbook or has too many columns.
    """
    with TemporaryDirectory(prefix="casemgr-rows-") as folder:
        yield tuple(
            _written(source, Path(folder) / f"{number}.csv", most)
            if source.format == WORKBOOK
            else source
            for number, source in enumerate(sources)
        )


def _written(source: Source, target: Path, most: int | None) -> Source:
    try:
        workbook = load_workbook(source.path, read_only=True, data_only=True, keep_links=False)
    except _BROKEN as error:
        raise SourceError(f"the file cannot be read as a workbook: {error}") from error
    try:
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # what a sheet says of its size need not be so
        with target.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(_lines(sheet.iter_rows(values_only=True), most))
    except SourceError:
        raise
    except _BROKEN as error:
        raise SourceError(f"the first sheet cannot be read: {error}") from error
    finally:
        workbook.close()
    return replace(source, path=target, format="csv")


def _lines(rows: Iterable[Sequence[Any]], most: int | None) -> Iterator[list[str]]:
    """Head and rows as text, all as long as the head; blank rows only between others."""
    rows = iter(rows)
    head = [_text(value) for value in next(rows, ())]
    while head and not head[-1]:
        head.pop()
    if not head:
        raise SourceError("the first row of the first sheet is blank: it must name the columns")
    if len(head) > MOST_COLUMNS:
        raise SourceError(f"the file has {len(head)} columns; at most {MOST_COLUMNS} are read")
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
