"""What runs a figure's SQL over files: DuckDB in this process, or another engine by one setting.

Whichever it is, DuckDB reads and checks the files (`reading`), so that a value means the same
everywhere; the engine gets typed rows, and gives whole numbers, words, dates and naive UTC times.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import duckdb
import ibis

from evidence.figures.figure import FigureError, Row
from evidence.rows.reading import MEMORY, opened
from evidence.rows.source import Source


class Opened(Protocol):
    """Files that an engine has open as the documented tables."""

    dialect: str
    engine: str  # its name and version, and the compiler's
    tables: Collection[str]

    def rows(self, sql: str) -> list[Row]:
        """What the query gives, in its order. Raises FigureError."""

    def holds(self, table: str, column: str) -> bool:
        """Whether any row of the table has a value there. Raises FigureError."""


class Engine(Protocol):
    """Something that runs SQL over files."""

    def opened(self, sources: Sequence[Source]) -> AbstractContextManager[Opened]:
        """Open the files, for as long as the block lasts. Raises SourceError, FigureError."""


class DuckDB:
    """DuckDB in this process, over the files where they lie."""

    def __init__(self, memory: str = MEMORY) -> None:
        self._memory = memory

    @contextmanager
    def opened(self, sources: Sequence[Source]) -> Iterator[Opened]:
        """Open the files as views."""
        with opened(sources, self._memory) as connection:
            yield _InDuckDB(connection, {each.table.name for each in sources}, self._memory)


class _InDuckDB:
    dialect = "duckdb"
    engine = f"duckdb {duckdb.__version__}, ibis {ibis.__version__}"

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, tables: Collection[str], memory: str
    ) -> None:
        self.tables = tables
        self._connection = connection
        self._memory = memory
        self._held: dict[tuple[str, str], bool] = {}

    def rows(self, sql: str) -> list[Row]:
        try:
            return self._connection.execute(sql).fetchall()
        except duckdb.OutOfMemoryException as error:
            raise FigureError(f"it needs more memory than {self._memory}") from error
        except duckdb.DataError as error:
            first = str(error).splitlines()[0]
            raise FigureError(f"a value cannot be read ({first}): check the file first") from error

    def holds(self, table: str, column: str) -> bool:
        if (table, column) not in self._held:
            query = f'SELECT 1 FROM "{table}" WHERE "{column}" IS NOT NULL LIMIT 1'  # noqa: S608 - documented names
            self._held[table, column] = bool(self.rows(query))
        return self._held[table, column]


DUCKDB = DuckDB()


def _spark() -> Engine:
    from evidence.figures.spark import SPARK

    return SPARK


BACKENDS: Mapping[str, Callable[[], Engine]] = {"duckdb": lambda: DUCKDB, "pyspark": _spark}
"""What the setting FIGURES_BACKEND may name; none is loaded before it is asked for."""


def engine_named(name: str) -> Engine:
    """The engine of this name. Raises KeyError with the names there are."""
    if name not in BACKENDS:
        raise KeyError(f"no engine {name!r}; there are: {', '.join(BACKENDS)}")
    return BACKENDS[name]()
