"""A file of rows as one of the documented tables, read in place by DuckDB.

A file is named by its path and its format (a workbook is written out as CSV first, by
`workbooks.as_rows`); ``columns`` says which of its columns stands for which
of ours where the names differ. Values are cast strictly: nothing is dropped in silence, and
`problems_in` names row, column and value of what cannot be read.
"""

import codecs
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from evidence.figures.source import FORMATS, MOST_COLUMNS, Source, SourceError
from evidence.figures.tables import Column
from evidence.figures.workbooks import as_rows

MEMORY = "1536MB"
DUCKDB_TYPE = {"string": "VARCHAR", "int64": "BIGINT", "timestamp": "TIMESTAMP"}
WANTED = {
    "string": "text",
    "int64": "a whole number",
    "timestamp": "a time as 2026-02-23 14:05:00, in UTC",
}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One value that is not of its column's type; rows are counted from 1, without the header."""

    row: int
    column: str
    value: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.value!r} cannot be read"


@contextmanager
def opened(sources: Sequence[Source], memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with one view a table, able to read those files and nothing else.

    Raises SourceError where a file is not what it is said to be or lacks a required column.
    """
    with _reading(sources, memory) as (connection, read):
        for source in read:
            connection.execute(_view(connection, source))
        yield connection


@contextmanager
def _reading(
    sources: Sequence[Source], memory: str = MEMORY, most: int | None = None
) -> Iterator[tuple[duckdb.DuckDBPyConnection, tuple[Source, ...]]]:
    with as_rows(sources, most) as read, closing(_connected(read, memory)) as connection:
        yield connection, read


def _connected(sources: Sequence[Source], memory: str) -> duckdb.DuckDBPyConnection:
    """DuckDB that can read these files and nothing else, and cannot be told otherwise."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    paths = ", ".join(_text(str(source.path)) for source in sources)
    connection.execute(f"SET allowed_paths = [{paths}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


@dataclass(frozen=True, slots=True)
class Head:
    """The names of a file's columns and its first rows, as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def head_of(source: Source, rows: int = 3) -> Head:
    """How a file begins, before anything is mapped. Raises SourceError."""
    plain = Source(source.table, source.path, source.format)
    with _reading([plain], most=rows) as (connection, (plain,)):
        names = columns_of(connection, plain)
        listed = ", ".join(f"CAST({_name(name)} AS VARCHAR)" for name in names)
        found = _run(connection, plain, f"SELECT {listed} FROM {_rows(plain, names)} LIMIT {rows}")
    return Head(names, tuple(tuple(value or "" for value in row) for row in found))


def see_columns(source: Source) -> None:
    """Raise SourceError unless the file can be opened and has the columns that are named."""
    with _reading([source], most=1) as (connection, (read,)):
        connection.execute(_view(connection, read))


def columns_of(connection: duckdb.DuckDBPyConnection, source: Source) -> tuple[str, ...]:
    """The names of the file's columns, as they stand in it."""
    if source.format not in FORMATS:
        raise SourceError(f"{source.format!r} is no format; one of: {', '.join(FORMATS)}")
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {_detected(source)}").fetchall()
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise _refused(source, error) from error
    if len(described) > MOST_COLUMNS:
        raise SourceError(f"the file has {len(described)} columns; at most {MOST_COLUMNS} are read")
    return tuple(row[0] for row in described)


def problems_in(source: Source, most: int = 50) -> tuple[Unreadable, ...]:
    """Values that cannot be read, with their rows; at most ``most``, in the file's order.

    A required column counts as unreadable where it is empty. Raises SourceError as `opened` does.
    """
    with _reading([source]) as (connection, (source,)):
        read = _mapped(source, columns_of(connection, source))
        tests = {
            name: _unreadable(theirs, source.table.columns[name]) for name, theirs in read.items()
        }
        counts = _run(
            connection,
            source,
            "SELECT "
            + ", ".join(f"count(*) FILTER (WHERE {test})" for test in tests.values())
            + f" FROM {_rows(source, read.values())}",
        )[0]
        found: list[Unreadable] = []
        for name, count in zip(tests, counts, strict=True):
            if count:
                theirs = _name(read[name])
                rows = _run(
                    connection,
                    source,
                    f"SELECT row, CAST({theirs} AS VARCHAR) FROM ("
                    f"SELECT row_number() OVER () AS row, * FROM {_rows(source, read.values())})"
                    f" WHERE {tests[name]} ORDER BY row LIMIT {most}",
                )
                found += [Unreadable(row, read[name], value or "") for row, value in rows]
    return tuple(sorted(found, key=lambda each: (each.row, each.column))[:most])


def _run(
    connection: duckdb.DuckDBPyConnection, source: Source, query: str
) -> list[tuple[Any, ...]]:
    try:
        return connection.execute(query).fetchall()
    except duckdb.Error as error:
        raise _refused(source, error) from error


def _refused(source: Source, error: Exception) -> SourceError:
    """What DuckDB says, without the path it read; with the line where that is not UTF-8."""
    if source.format in ("csv", "jsonl") and (line := _line_not_utf8(source)):
        return SourceError(f"line {line} of the file is not UTF-8: save it as UTF-8")
    said = _first_line(error).replace(str(source.path), "this file")
    return SourceError(f"the file cannot be read as {source.format}: {said}")


def _line_not_utf8(source: Source) -> int:
    """The first line, counted from 1, that is no UTF-8; 0 where all are."""
    decoder, lines = codecs.getincrementaldecoder("utf-8")(), 1
    with source.path.open("rb") as file:
        while chunk := file.read(1 << 20):
            try:
                lines += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                return lines + error.object[: error.start].count(b"\n")
    return 0


def _unreadable(theirs: str, column: Column) -> str:
    name = _name(theirs)
    wrong = f"TRY_CAST({name} AS {DUCKDB_TYPE[column.type]}) IS NULL"
    if column.type == "int64":
        # A cast would round a fraction, and the number would be another one.
        wrong = f"({wrong} OR TRY_CAST({name} AS DOUBLE) <> trunc(TRY_CAST({name} AS DOUBLE)))"
    elif column.type == "string":
        # PostgreSQL has no text with a NUL in it, so no figure that has one could be kept.
        wrong = f"({wrong} OR contains(CAST({name} AS VARCHAR), chr(0)))"
    return wrong if column.required else f"{name} IS NOT NULL AND {wrong}"


def _mapped(source: Source, present: Sequence[str]) -> dict[str, str]:
    """Our column to the file's, for every column that the file has."""
    for ours, theirs in source.columns.items():
        if ours not in source.table.columns:
            known = ", ".join(source.table.columns)
            raise SourceError(f"columns: {ours!r} is no column of {source.table.name}: {known}")
        if theirs not in present:
            raise SourceError(
                f"columns: the file has no column {theirs!r}; it has: {', '.join(present[:40])}"
            )
    mapped = {name: source.columns.get(name, name) for name in source.table.columns}
    found = {ours: theirs for ours, theirs in mapped.items() if theirs in present}
    for name in source.table.required:
        if name not in found:
            raise SourceError(
                f"{name} ({source.table.columns[name].meaning}) is missing; say which column of the"
                f" file holds it: {', '.join(present[:40])}"
            )
    return found


def _view(connection: duckdb.DuckDBPyConnection, source: Source) -> str:
    read = _mapped(source, columns_of(connection, source))
    columns = ", ".join(
        f"CAST({_name(read[ours]) if ours in read else 'NULL'} AS {DUCKDB_TYPE[column.type]})"
        f" AS {_name(ours)}"
        for ours, column in source.table.columns.items()
    )
    rows = _rows(source, read.values())
    return f"CREATE VIEW {_name(source.table.name)} AS SELECT {columns} FROM {rows}"


def _detected(source: Source) -> str:
    path = _text(str(source.path))
    if source.format == "csv":
        return f"read_csv({path}, header = true, all_varchar = true)"
    if source.format == "jsonl":
        return f"read_json({path}, format = 'newline_delimited', maximum_depth = 1)"
    return f"read_parquet({path})"


def _rows(source: Source, columns: Iterable[str]) -> str:
    """The rows with every needed column; of JSON as text, so that a bad value can be shown."""
    if source.format != "jsonl":
        return _detected(source)
    named = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in dict.fromkeys(columns))
    path = _text(str(source.path))
    return f"read_json({path}, format = 'newline_delimited', columns = {{{named}}})"


def _name(word: str) -> str:
    escaped = word.replace('"', '""')
    return f'"{escaped}"'


def _text(word: str) -> str:
    escaped = word.replace("'", "''")
    return f"'{escaped}'"


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300]
