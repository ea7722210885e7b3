"""The same expressions are SQL for the engine an office already has."""

import pytest

from evidence.figures import CATALOG
from evidence.figures.compute import checked, compiled


@pytest.mark.parametrize("dialect", ["duckdb", "pyspark", "trino", "bigquery", "postgres"])
@pytest.mark.parametrize("figure", CATALOG, ids=lambda figure: figure.name)
def test_each_figure_compiles(figure, dialect):
    sql = compiled(figure, checked(figure, {}), dialect)
    assert sql.startswith(("SELECT", "WITH"))
    assert all(table in sql for table in figure.tables)
