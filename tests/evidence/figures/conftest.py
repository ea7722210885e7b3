"""Small synthetic campaigns on disk."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evidence.figures import ACCOUNTS, EXCHANGES, Source
from evidence.synthetic import Plan, write_campaign

Write = Callable[..., list[Source]]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Write a plan and name its two files as sources."""

    def write(plan: Plan, form: str = "parquet") -> list[Source]:
        accounts, exchanges = write_campaign(plan, tmp_path, form)
        return [Source(ACCOUNTS, accounts, form), Source(EXCHANGES, exchanges, form)]

    return write


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """A file of the given lines."""

    def write(*lines: str, name: str = "rows.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    return write
