"""Apache Spark as the engine of figures: on this machine, or where its own configuration says.

A Parquet file whose columns are of the documented types already is read in place. Any other file
is written out as such Parquet by the reading that checks it, for as long as it is open.
"""

import logging
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import ibis

from evidence.figures.figure import FigureError, Row
from evidence.rows.reading import File, reading
from evidence.rows.source import Source, SourceError

SPARK_TYPE = {"string": "string", "int64": "bigint", "timestamp": "timestamp_ntz"}
# As DuckDB calls what a Parquet file holds, where Spark reads the same values from it.
_SAME = {
    "string": {"VARCHAR"},
    "int64": {"TINYINT", "SMALLINT", "INTEGER", "BIGINT"},
    "timestamp": {"TIMESTAMP"},
}
_PATTERN = frozenset("{}[]*?\\,:")  # Spark takes a path with these for many
_CONFIGURATION = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # what overflows or cannot be cast is an error, never null
    "spark.sql.caseSensitive": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class Spark:
    """PySpark; a machine that configures no master of its own gets Spark in this process."""

    @contextmanager
    def opened(self, sources: Sequence[Source]) -> Iterator["_InSpark"]:
        """Open the files as views of a session of their own."""
        with TemporaryDirectory(prefix="casemgr-spark-") as folder:
            parts = _parts(sources, Path(folder))
            session = _started().newSession()
            for table in dict.fromkeys(part.source.table.name for part in parts):
                frames = [
                    _frame(session, each) for each in parts if each.source.table.name == table
                ]
                whole = frames[0]
                for frame in frames[1:]:
                    whole = whole.unionAll(frame)
                whole.createOrReplaceTempView(table)
            tables = {source.table.name for source in sources}
            try:
                yield _InSpark(session, tables)
            finally:
                for table in tables:
                    session.catalog.dropTempView(table)


SPARK = Spark()


class _InSpark:
    dialect = "pyspark"

    def __init__(self, session: Any, tables: Collection[str]) -> None:
        self.tables = tables
        self.engine = (
            f"spark {session.version}, ibis {ibis.__version__}, read by duckdb {duckdb.__version__}"
        )
        self._session = session
        self._held: dict[tuple[str, str], bool] = {}

    def rows(self, sql: str) -> list[Row]:
        from pyspark.errors import PySparkException
        from pyspark.sql.types import TimestampType

        try:
            frame = self._session.sql(sql)
            # Spark shortens times to instants, which Python would get in the machine's own zone.
            columns = [
                frame[field.name].cast("timestamp_ntz").alias(field.name)
                if isinstance(field.dataType, TimestampType)
                else frame[field.name]
                for field in frame.schema
            ]
            return [tuple(row) for row in frame.select(*columns).collect()]
        except PySparkException as error:
            raise FigureError(f"Spark could not compute it: {_first_line(error)}") from error

    def holds(self, table: str, column: str) -> bool:
        if (table, column) not in self._held:
            query = f"SELECT 1 AS held FROM `{table}` WHERE `{column}` IS NOT NULL LIMIT 1"
            self._held[table, column] = bool(self.rows(query))
        return self._held[table, column]


@dataclass(frozen=True, slots=True)
class _Part:
    """Where Spark finds a file's rows; ``columns`` as they are called there."""

    source: Source
    path: Path
    columns: dict[str, str]


def _parts(sources: Sequence[Source], folder: Path) -> list[_Part]:
    targets = [folder / f"{number}.parquet" for number, _ in enumerate(sources)]
    with reading(sources, also=targets) as (connection, files):
        return [
            _part(connection, file, target) for file, target in zip(files, targets, strict=True)
        ]


def _part(connection: duckdb.DuckDBPyConnection, file: File, target: Path) -> _Part:
    source, read = file.source, file.mapped()
    try:
        if source.format == "parquet" and not _PATTERN & set(str(source.path)):
            described = connection.execute(f"DESCRIBE SELECT * FROM {file.scan}").fetchall()
            types = {row[0]: row[1] for row in described}
            columns = source.table.columns
            if all(types[theirs] in _SAME[columns[ours].type] for ours, theirs in read.items()):
                return _Part(source, source.path.resolve(), read)
        where = str(target).replace("'", "''")
        connection.execute(
            f"COPY ({file.typed()}) TO '{where}' (FORMAT parquet, USE_TMP_FILE false)"
        )
    except duckdb.Error as error:
        raise SourceError(f"the file cannot be read: {_first_line(error)}") from error
    return _Part(source, target, {name: name for name in source.table.columns})


def _frame(session: Any, part: _Part) -> Any:
    from pyspark.sql.functions import col, lit

    source = part.source
    rows = session.read.parquet(f"file://{part.path}")
    return rows.select(
        *(
            (
                col(f"`{part.columns[name].replace('`', '``')}`")
                if name in part.columns
                else lit(source.stated.get(name))
            )
            .cast(SPARK_TYPE[column.type])
            .alias(name)
            for name, column in source.table.columns.items()
        )
    )


@cache
def _started() -> Any:
    """Spark as this process's own, started once. Raises FigureError saying what is missing."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise FigureError(
            "FIGURES_BACKEND is pyspark, which is not installed: install requirements-spark.txt"
        ) from error
    # Spark listens for its own parts: on this machine alone, unless it was told another address.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.appName("casemgr figures").config(map=dict(_CONFIGURATION))
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError) as error:
        raise FigureError(
            f"Spark could not be started, which needs Java 17 or later: {_first_line(error)}"
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    logging.getLogger("py4j").setLevel(logging.WARNING)
    return session


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
