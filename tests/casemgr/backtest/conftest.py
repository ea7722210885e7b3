"""Folders of docket files, and the score of one."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from casemgr.backtest import SHIPPED, Score, decided_grounds, read_folder, score
from casemgr.backtest.live_twin import judged_as_live

Edit = Callable[[str], str]


def score_of(folder: Path) -> Score:
    """Read, judge and score one folder."""
    corpus = read_folder(folder)
    judged = decided_grounds(corpus)
    return score(judged.grounds, judged.grades, corpus.ordering)


@pytest.fixture
def score_texts(tmp_path: Path) -> Callable[[Mapping[str, str]], Score]:
    """Score docket texts, given by file name."""

    def run(texts: Mapping[str, str]) -> Score:
        for name, text in texts.items():
            (tmp_path / name).write_text(text, "utf-8")
        return score_of(tmp_path)

    return run


@pytest.fixture
def shipped() -> Score:
    """The shipped precedents, scored."""
    return score_of(SHIPPED)


@pytest.fixture(scope="session")
def twins() -> Score:
    """The live twins of the shipped precedents, scored."""
    corpus = read_folder(SHIPPED)
    judged = judged_as_live(corpus)
    return score(judged.grounds, judged.grades, corpus.ordering)


@pytest.fixture
def score_shipped_with(tmp_path: Path) -> Callable[[Edit], Score]:
    """Score the shipped precedents after an edit of every text."""

    def run(edit: Edit) -> Score:
        for path in SHIPPED.glob("*.yaml"):
            (tmp_path / path.name).write_text(edit(path.read_text("utf-8")), "utf-8")
        return score_of(tmp_path)

    return run
