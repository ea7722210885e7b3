"""A file as one of the documented tables: where it lies, its format, and what its columns are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evidence.rows.tables import Table

FORMATS = ("parquet", "csv", "jsonl", "xlsx")
ENDINGS = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xlsx": "xlsx",
}
MOST_COLUMNS = 1_000


class SourceError(ValueError):
    """The file cannot be read as the table. The message names the column and the fix."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as one of the tables; ``columns`` maps our names to the file's.

    ``stated`` gives the value of every row for columns of words that the file does not have: a
    provider's own file seldom names the provider.
    """

    table: Table
    path: Path
    format: str
    columns: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)
