"""Figures: the numbers a case relies on, recomputed from the raw rows behind a report.

The steps: a file of rows as one of the documented tables (`evidence.rows`) → one file a family of
figures, each an Ibis expression → ``compute`` (compiled to SQL, run by one of the ``engines``:
DuckDB in place, or Spark). ``catalog`` names every figure. Pure Python: no Django, no database of
ours; the same expressions compile for any other engine Ibis knows.
"""

from evidence.figures.catalog import CATALOG, figure_named
from evidence.figures.compute import Computed, compute, compute_in
from evidence.figures.engines import Engine, Opened, engine_named
from evidence.figures.figure import FigureError
from evidence.figures.matching import matched, renamed
from evidence.rows.reading import Head, head_of, problems_in
from evidence.rows.source import Source, SourceError
from evidence.rows.tables import ACCOUNTS, EXCHANGES, SHIPMENTS, TABLES
from evidence.rows.workbooks import as_rows

__all__ = [
    "ACCOUNTS",
    "CATALOG",
    "EXCHANGES",
    "SHIPMENTS",
    "TABLES",
    "Computed",
    "Engine",
    "FigureError",
    "Head",
    "Opened",
    "Source",
    "SourceError",
    "as_rows",
    "compute",
    "compute_in",
    "engine_named",
    "figure_named",
    "head_of",
    "matched",
    "problems_in",
    "renamed",
]
