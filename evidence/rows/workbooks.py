"""Workbooks as files that DuckDB reads in place: the first sheet, each cell as text."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence.rows.source import MOST_COLUMNS, Source, SourceError
from evidence.sheets.workbook import WorkbookError, rows_of_workbook

WORKBOOK = "xlsx"


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
        with target.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows_of_workbook(source.path, MOST_COLUMNS, most))
    except WorkbookError as error:
        raise SourceError(str(error)) from error
    return replace(source, path=target, format="csv")
