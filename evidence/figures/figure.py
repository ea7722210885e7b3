"""What a figure is: a question, the tables it asks, its parameters, and one expression."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = tuple[Any, ...]
Tables = Mapping[str, Any]  # name to Ibis table
Parameters = Mapping[str, Any]


class FigureError(ValueError):
    """The figure cannot be computed. The message names the parameter or column and the fix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number or a list of words that a figure takes; ``default`` shows its type."""

    default: int | tuple[str, ...]
    meaning: str
    least: int | None = None
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number, or one small table of numbers, that a case may rely on.

    ``build`` gives the Ibis expression; ``finish``, where a figure has one, turns its rows into
    the result in plain Python (graphs, quantiles by rank). ``metrics`` names the columns of a
    one-row result that a claim in a report can be checked against.
    """

    name: str
    question: str
    tables: tuple[str, ...]
    needs: tuple[str, ...]  # columns, "table.column", without which it says nothing
    build: Callable[[Tables, Parameters], Any]
    columns: tuple[str, ...]
    finish: Callable[[list[Row], Parameters], list[Row]] | None = None
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    metrics: tuple[str, ...] = ()
