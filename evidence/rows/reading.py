"""A file of rows as one of the documented tables, read in place by DuckDB.

A file is named by its path and its format (a workbook is written out as CSV first, by
`workbooks.as_rows`); ``columns`` says which of its columns stands for which
of ours where the names differ. Values are cast strictly: nothing is dropped in silence, and
`problems_in` names row, column and value of what cannot be read.
"""

import codecs
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from evidence.rows.source import FORMATS, MOST_COLUMNS, Source, SourceError
from evidence.rows.tables import Column
from evidence.rows.workbooks import as_rows

MEMORY = "1536MB"
# A head needs little, and is read in a process that is given little.
_LITTLE = {"memory_limit": "256MB", "threads": "1"}
DUCKDB_TYPE = {"string": "VARCHAR", "int64": "BIGINT", "timestamp": "TIMESTAMP"}
_NONE = "(empty)"
_VARCHAR = "'VARCHAR'"


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

    Several files of one table are its rows one after the other. Raises SourceError where a file is
    not what it is said to be or lacks a required column.
    """
    with reading(sources, memory) as (connection, files):
        tables = dict.fromkeys(file.source.table.name for file in files)
        for table in tables:
            typed = [file.typed() for file in files if file.source.table.name == table]
            connection.execute(f"CREATE VIEW {_name(table)} AS {' UNION ALL '.join(typed)}")
        yield connection


@contextmanager
def reading(
    sources: Sequence[Source],
    memory: str = MEMORY,
    most: int | None = None,
    also: Sequence[Path] = (),
) -> Iterator[tuple[duckdb.DuckDBPyConnection, tuple["File", ...]]]:
    """DuckDB with the files as they are read; ``also`` are paths that may be written.

    ``most``: only so many rows of a workbook, where its head is enough. Raises SourceError.
    """
    with as_rows(sources, most) as read:
        paths = [*(source.path for source in read), *also]
        limits = {"memory_limit": memory} if most is None else _LITTLE
        with closing(_connected(paths, limits)) as connection:
            yield connection, tuple(_file(connection, source) for source in read)


def _connected(paths: Sequence[Path], limits: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
    """DuckDB that can reach these files and nothing else, and cannot be told otherwise."""
    connection = duckdb.connect(
        ":memory:",
        config={
            **limits,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    listed = ", ".join(_text(str(path)) for path in paths)
    connection.execute(
        f"SET TimeZone = 'UTC'; SET allowed_paths = [{listed}];"
        " SET enable_external_access = false; SET lock_configuration = true"
    )
    return connection


@dataclass(frozen=True, slots=True)
class File:
    """A file that was looked at once: the names of its columns, and how its rows are read."""

    source: Source
    names: tuple[str, ...]
    scan: str

    def mapped(self) -> dict[str, str]:
        """Our column to the file's, for every column that the file has. Raises SourceError."""
        table, columns = self.source.table, self.source.columns
        for ours, theirs in columns.items():
            if ours not in table.columns:
                known = ", ".join(table.columns)
                raise SourceError(f"columns: {ours!r} is no column of {table.name}: {known}")
            if theirs not in self.names:
                raise SourceError(
                    f"columns: the file has no column {theirs!r}; it has:"
                    f" {', '.join(self.names[:40])}"
                )
        named = {name: columns.get(name, name) for name in table.columns}
        found = {ours: theirs for ours, theirs in named.items() if theirs in self.names}
        for name in table.required:
            if name not in found:
                raise SourceError(
                    f"{name} ({table.columns[name].meaning}) is missing; say which column of the"
                    f" file holds it: {', '.join(self.names[:40])}"
                )
        return found

    def rows(self, columns: Iterable[str]) -> str:
        """The rows with those columns; of JSON as text, so that a bad value can be shown."""
        if self.source.format != "jsonl":
            return self.scan
        named = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in dict.fromkeys(columns))
        path = _text(str(self.source.path))
        return f"read_json({path}, format = 'newline_delimited', columns = {{{named}}})"

    def typed(self) -> str:
        """A query of every column of the table, each strictly of its type."""
        read = self.mapped()
        columns = ", ".join(
            f"CAST({self._value(ours, read)} AS {DUCKDB_TYPE[column.type]}) AS {_name(ours)}"
            for ours, column in self.source.table.columns.items()
        )
        return f"SELECT {columns} FROM {self.rows(read.values())}"

    def _value(self, ours: str, read: Mapping[str, str]) -> str:
        if ours in read:
            return _name(read[ours])
        return _text(self.source.stated[ours]) if ours in self.source.stated else "NULL"


def _file(connection: duckdb.DuckDBPyConnection, source: Source) -> File:
    """Look at the file once: what its columns are called, and how it is written."""
    if source.format not in FORMATS:
        raise SourceError(f"{source.format!r} is no format; one of: {', '.join(FORMATS)}")
    path = _text(str(source.path))
    if source.format == "csv":
        names, scan = _sniffed(connection, source, path)
    else:
        scan = (
            f"read_json({path}, format = 'newline_delimited', maximum_depth = 1)"
            if source.format == "jsonl"
            else f"read_parquet({path})"
        )
        described = _run(connection, source, f"DESCRIBE SELECT * FROM {scan}")
        names = tuple(row[0] for row in described)
    if len(names) > MOST_COLUMNS:
        raise SourceError(f"the file has {len(names)} columns; at most {MOST_COLUMNS} are read")
    return File(source, names, scan)


def _sniffed(
    connection: duckdb.DuckDBPyConnection, source: Source, path: str
) -> tuple[tuple[str, ...], str]:
    """How a CSV file is separated, told once: DuckDB would look anew in every query.

    Where nothing is quoted in the rows it looks at, later ones may still be, as RFC 4180 says.
    """
    found = _run(
        connection,
        source,
        "SELECT Delimiter, Quote, Escape, Comment, NewLineDelimiter, SkipRows,"
        " [each.name FOR each IN Columns]"
        f" FROM sniff_csv({path}, header = true, all_varchar = true)",
    )[0]
    delimiter, quote, escape, comment, newline, skip = (
        "" if value == _NONE else value for value in found[:6]
    )
    quote = quote or '"'
    told = ", ".join(
        (
            f"delim = {_text(delimiter)}",
            f"quote = {_text(quote)}",
            f"escape = {_text(escape or quote)}",
            f"comment = {_text(comment)}",
            f"new_line = {_text(newline)}",
            f"skip = {int(skip)}",
            f"columns = {{{', '.join(f'{_text(name)}: {_VARCHAR}' for name in found[6])}}}",
        )
    )
    return tuple(found[6]), f"read_csv({path}, auto_detect = false, header = true, {told})"


@dataclass(frozen=True, slots=True)
class Head:
    """The names of a file's columns and its first rows, as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def head_of(source: Source, rows: int = 3) -> Head:
    """How a file begins, before anything is mapped. Raises SourceError."""
    plain = Source(source.table, source.path, source.format)
    with reading([plain], most=rows) as (connection, (file,)):
        listed = ", ".join(f"CAST({_name(name)} AS VARCHAR)" for name in file.names)
        query = f"SELECT {listed} FROM {file.rows(file.names)} LIMIT {rows}"
        found = _run(connection, plain, query)
    return Head(file.names, tuple(tuple(value or "" for value in row) for row in found))


def see_columns(source: Source) -> None:
    """Raise SourceError unless the file can be opened and has the columns that are named."""
    with reading([source], most=1) as (connection, (file,)):
        connection.execute(f"CREATE VIEW seen AS {file.typed()}")


def problems_in(source: Source, most: int = 50) -> tuple[Unreadable, ...]:
    """Values that cannot be read, with their rows; at most ``most``, in the file's order.

    A required column counts as unreadable where it is empty. Raises SourceError as `opened` does.
    """
    with reading([source]) as (connection, (file,)):
        source, read = file.source, file.mapped()
        rows_of = file.rows(read.values())
        tests = {
            name: _unreadable(theirs, source.table.columns[name]) for name, theirs in read.items()
        }
        counts = _run(
            connection,
            source,
            "SELECT "
            + ", ".join(f"count(*) FILTER (WHERE {test})" for test in tests.values())
            + f" FROM {rows_of}",
        )[0]
        found: list[Unreadable] = []
        for name, count in zip(tests, counts, strict=True):
            if count:
                theirs = _name(read[name])
                rows = _run(
                    connection,
                    source,
                    f"SELECT row, CAST({theirs} AS VARCHAR) FROM ("
                    f"SELECT row_number() OVER () AS row, * FROM {rows_of})"
                    f" WHERE {tests[name]} ORDER BY row LIMIT {most}",
                )
                found += [Unreadable(row, read[name], value or "") for row, value in rows]
    return tuple(sorted(found, key=lambda each: (each.row, each.column))[:most])


def _run(
    connection: duckdb.DuckDBPyConnection, source: Source, query: str
) -> list[tuple[Any, ...]]:
    try:
        return connection.execute(query).fetchall()
    except (duckdb.Error, UnicodeDecodeError) as error:
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


def _name(word: str) -> str:
    escaped = word.replace('"', '""')
    return f'"{escaped}"'


def _text(word: str) -> str:
    escaped = word.replace("'", "''")
    return f"'{escaped}'"


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300]
