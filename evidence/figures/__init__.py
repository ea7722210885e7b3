"""Figures: the numbers a case relies on, recomputed from the raw rows behind a report.

The steps are the files: ``tables`` (the documented columns) → ``reading`` (a file as such a table)
→ one file a family of figures, each an Ibis expression → ``compute`` (compiled to SQL, run by
DuckDB in place). ``catalog`` names every figure. Pure Python: no Django, no database of ours; the
same expressions compile for any other engine Ibis knows.
"""

from evidence.figures.catalog import CATALOG, figure_named
from evidence.figures.compute import Computed, FigureError, compute
from evidence.figures.reading import Source, SourceError, problems_in
from evidence.figures.tables import ACCOUNTS, EXCHANGES, SHIPMENTS, TABLES

__all__ = [
    "ACCOUNTS",
    "CATALOG",
    "EXCHANGES",
    "SHIPMENTS",
    "TABLES",
    "Computed",
    "FigureError",
    "Source",
    "SourceError",
    "compute",
    "figure_named",
    "problems_in",
]
