"""docs/review-method.md holds every number and doctrine of the engine, and no other."""

import importlib
import pkgutil
import re
from enum import StrEnum
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from casemgr.apa import doctrines, weights
from casemgr.words import Severity

PAGE = Path(__file__).parents[2] / "docs" / "review-method.md"
ENGINE = Path(weights.__file__).parent
MODULES = sorted(module.name for module in pkgutil.iter_modules(doctrines.__path__))
RAISED = re.compile(r'doctrine="([a-z-]+)"')
SEVERITY = re.compile(r"\bSeverity\.([A-Z]+)\b")


def table(name: str) -> dict[str, list[str]]:
    """Rows of a marked table by their first cell."""
    text = PAGE.read_text(encoding="utf-8")
    block = text.partition(f"<!-- {name}: checked by tests/docs -->")[2]
    block = block.partition(f"<!-- end of {name} -->")[0]
    rows = [line.strip("|").split("|") for line in block.splitlines() if line.startswith("|")]
    found = {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in rows[2:]}
    assert len(found) == len(rows) - 2, "a row is there twice"
    return found


def source(module: str) -> str:
    return (ENGINE / "doctrines" / f"{module}.py").read_text(encoding="utf-8")


def doctrine_of(module: str) -> str:
    return module.replace("_", "-")


def numbers() -> dict[str, int]:
    """Every number of the engine, in hundredths (days in days), as the page names them."""
    stated: dict[str, dict[StrEnum | int, int]] = {
        "threshold": dict(weights.THRESHOLD),
        "directness": dict(weights.DIRECTNESS),
        "attribution": dict(weights.ATTRIBUTION),
        "hand": dict(weights.HAND),
        "reliability": dict(weights.RELIABILITY),
        "credibility": dict(weights.CREDIBILITY),
        "integrity": dict(weights.INTEGRITY),
        "translation": dict(weights.TRANSLATION),
    }
    flat = {f"{group} {word}": value for group, of in stated.items() for word, value in of.items()}
    return flat | {
        "interested": weights.INTERESTED,
        "stale": weights.STALE,
        "stated not assessed": weights.NOT_ASSESSED,
        "silent, live file": weights.SILENT,
        "silent grading, live file": weights.SILENT_GRADING,
        "silent, summary": weights.ONE,
        "fresh days status": weights.FRESH_DAYS["status"] * 100,
        "fresh days forward": weights.FRESH_DAYS["forward"] * 100,
        "adequate at": weights.ADEQUATE_AT,
        "strong at": weights.STRONG_AT,
        "slight": weights.SLIGHT,
    }


def test_every_number_of_the_engine_is_on_the_page_and_no_other() -> None:
    written = {name: round(float(cells[0]) * 100) for name, cells in table("weights").items()}
    assert written == numbers()


def test_no_number_of_the_engine_is_left_out_of_this_test() -> None:
    known = {
        "WEIGHTS_VERSION", "ONE", "SILENT", "SILENT_GRADING", "DIRECTNESS", "ATTRIBUTION", "HAND",
        "RELIABILITY", "CREDIBILITY", "LOW_GRADING", "NOT_ASSESSED", "INTEGRITY", "TRANSLATION",
        "INTERESTED", "STALE", "THRESHOLD", "ADEQUATE_AT", "STRONG_AT", "ITEM_FACTORS",
        "LINK_FACTORS", "HALVINGS", "UNIT", "FRESH_DAYS", "SLIGHT",
    }  # fmt: skip
    assert {name for name in vars(weights) if name.isupper()} == known


def test_every_doctrine_of_the_engine_is_on_the_page_and_no_other() -> None:
    raised = {name for module in MODULES for name in RAISED.findall(source(module))}
    raised -= {"predictive-judgment"}  # an adjustment of thin-record, never a flag
    assert set(table("doctrines")) == raised | {"remedy"}
    assert {doctrine_of(module) for module in MODULES} == raised


@pytest.mark.parametrize("module", MODULES)
def test_the_page_names_the_severities_a_doctrine_can_have(module) -> None:
    written = table("doctrines")[doctrine_of(module)][1]
    in_code = {Severity[name].value for name in SEVERITY.findall(source(module))}
    assert {word.strip() for word in written.split(",")} == in_code


@pytest.mark.parametrize("module", MODULES)
def test_the_page_cites_what_the_flags_of_a_doctrine_cite(module) -> None:
    cited = importlib.import_module(f"casemgr.apa.doctrines.{module}").AUTHORITIES
    written = table("authorities")[doctrine_of(module)][0]
    for authority in cited:
        assert authority in written


def test_the_figures_of_the_back_test_are_those_it_prints() -> None:
    """To refresh them: manage.py backtest."""
    written = StringIO()
    call_command("backtest", stdout=written)
    printed = {line.strip() for line in written.getvalue().splitlines()}
    block = PAGE.read_text(encoding="utf-8").partition("<!-- back-test: checked by tests/docs -->")[
        2
    ]
    block = block.partition("```text\n")[2].partition("```")[0]
    assert block
    assert [line for line in block.splitlines() if line.strip() not in printed] == []
