"""A figure computed: the expression as SQL of the engine, run by it over the files.

The result carries what is needed to compute it again and compare: figure, parameters, SQL and
the engine's versions. Whoever stores it adds the SHA-256 of the files.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from evidence.figures.engines import DUCKDB, Engine, Opened
from evidence.figures.figure import Figure, FigureError, Parameter, Row
from evidence.rows.source import Source
from evidence.rows.tables import TABLES

_COMPILED: dict[tuple[str, tuple[tuple[str, Any], ...], str], str] = {}
_MOST_COMPILED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A result with its provenance; ``rows`` in the figure's own order."""

    figure: str
    parameters: Mapping[str, Any]
    sql: str
    engine: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def metrics(self) -> dict[str, Any]:
        """The one row by column, where the result is one row."""
        return dict(zip(self.columns, self.rows[0], strict=True)) if len(self.rows) == 1 else {}


def compute(
    figure: Figure,
    sources: Sequence[Source],
    parameters: Mapping[str, Any] | None = None,
    engine: Engine = DUCKDB,
) -> Computed:
    """Compute a figure over files; several of one table are its rows one after the other.

    Raises FigureError where a table, a column or a parameter is wrong, SourceError where a file
    cannot be read.
    """
    given = {source.table.name for source in sources}
    _require_tables(figure, given)
    checked(figure, parameters or {})
    asked = [source for source in sources if source.table.name in figure.tables]
    with engine.opened(asked) as opened:
        return compute_in(opened, figure, parameters)


def compute_in(
    opened: Opened, figure: Figure, parameters: Mapping[str, Any] | None = None
) -> Computed:
    """Compute a figure over files that are open already. Raises FigureError as `compute` does."""
    _require_tables(figure, opened.tables)
    chosen = checked(figure, parameters or {})
    sql = compiled(figure, chosen, opened.dialect)
    _require_columns(figure, opened)
    rows = opened.rows(sql)
    return Computed(
        figure=figure.name,
        parameters=chosen,
        sql=sql,
        engine=opened.engine,
        columns=figure.columns,
        rows=tuple(figure.finish(rows, chosen) if figure.finish else rows),
    )


def compiled(figure: Figure, parameters: Mapping[str, Any], dialect: str = "duckdb") -> str:
    """The figure's expression as SQL of any dialect Ibis knows; compiled once in a process."""
    asked = (figure.name, tuple(parameters.items()), dialect)
    if asked not in _COMPILED:
        tables = {name: TABLES[name].expression() for name in figure.tables}
        _COMPILED[asked] = str(ibis.to_sql(figure.build(tables, parameters), dialect=dialect))
        if len(_COMPILED) > _MOST_COMPILED:
            del _COMPILED[next(iter(_COMPILED))]
    return _COMPILED[asked]


def checked(figure: Figure, given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with their defaults. Raises FigureError naming the one that is wrong."""
    unknown = sorted(set(given) - set(figure.parameters))
    if unknown:
        known = ", ".join(figure.parameters) or "it takes none"
        raise FigureError(f"{figure.name} takes no parameter {unknown[0]!r} ({known})")
    return {
        name: _checked(name, parameter, given.get(name, parameter.default))
        for name, parameter in figure.parameters.items()
    }


def _checked(name: str, parameter: Parameter, value: Any) -> Any:
    if isinstance(parameter.default, int):
        if not isinstance(value, int) or isinstance(value, bool):
            raise FigureError(f"{name}: write a whole number ({parameter.meaning})")
        if parameter.least is not None and value < parameter.least:
            raise FigureError(f"{name}: at least {parameter.least} ({parameter.meaning})")
        return value
    if (
        not isinstance(value, list | tuple)
        or not value
        or not all(isinstance(word, str) for word in value)
    ):
        raise FigureError(f"{name}: write a list of words ({parameter.meaning})")
    if parameter.among and (unknown := [word for word in value if word not in parameter.among]):
        raise FigureError(f"{name}: {unknown[0]!r} is none of {', '.join(parameter.among)}")
    return tuple(value)


def _require_tables(figure: Figure, given: Collection[str]) -> None:
    missing = [name for name in figure.tables if name not in given]
    if missing:
        raise FigureError(f"{figure.name} asks the dataset {', '.join(missing)}: name its file")


def _require_columns(figure: Figure, opened: Opened) -> None:
    """A column that holds nothing would make a zero that looks like a finding."""
    for need in figure.needs:
        table, column = need.split(".")
        if not opened.holds(table, column):
            meaning = TABLES[table].columns[column].meaning
            raise FigureError(
                f"{figure.name} needs {need} ({meaning}), and the file holds none of it"
            )
