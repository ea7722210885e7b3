"""The checklist in a terminal: complete, a hundred columns wide, without color."""

from pathlib import Path

import pytest

from casemgr.apa.assess import assess_all
from casemgr.docket import read_docket, records
from casemgr.docket.output import report_json, report_text
from designations.days import PartialDate
from tests.casemgr.docket.docket_texts import with_case

DEMONSTRATION = Path(__file__).parents[3] / "casemgr" / "demo" / "adversarial-distillation.yaml"


@pytest.fixture(scope="module")
def shown() -> tuple[str, dict]:
    """The demonstration docket as text and as JSON."""
    of_cases = records(read_docket(DEMONSTRATION), as_of=PartialDate.parse("2026-11-23"))
    reports = assess_all(of_cases)
    return report_text(reports, of_cases), report_json(reports)


def test_no_line_is_wider_than_a_hundred_columns(shown):
    text, _ = shown
    assert [line for line in text.splitlines() if len(line) > 100] == []


def test_it_is_plain_text_without_control_characters(shown):
    text, _ = shown
    assert "\x1b" not in text and "\t" not in text
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_each_case_shows_posture_grade_elements_and_carrying_path(shown):
    text, report = shown
    parts = text.split("━" * 100)[1:]
    for part, case in zip(parts, report["cases"], strict=True):
        words = " ".join(part.split())
        assert case["docket"] in words
        assert case["grade"].upper() in words
        assert case["posture_note"] in words
        assert f"Carrying path: {', '.join(case['carrying_path'])}" in words
        for element in case["elements"]:
            (row,) = (line for line in part.splitlines() if f" {element['code']}  " in line[:40])
            assert element["grade"] in row


def test_each_weakness_shows_doctrine_facts_and_cure(shown):
    text, report = shown
    for part, case in zip(text.split("━" * 100)[1:], report["cases"], strict=True):
        words = " ".join(part.split())
        relied_on = set(case["carrying_path"])
        flags = [f for e in case["elements"] if e["code"] in relied_on for f in e["flags"]]
        for flag in [*flags, *case["flags"]]:
            assert flag["doctrine"] in words
            assert all(item in words for item in flag["evidence"] if not flag["pending"])
        assert flags == [] or "→ cure: " in words


def test_steps_still_ahead_stand_apart_from_weaknesses(shown):
    text, _ = shown
    weaknesses, _, ahead = text.partition("Not yet done")
    assert "EL-P3" not in weaknesses
    assert "EL-P3" in ahead


def test_a_case_without_weakness_says_so():
    text = with_case(
        "decided_on: 2021-03-01\n"
        "answers: [{code: C-1, state: answered}]\n"
        "steps: [{code: P-1, state: met, on: 2021-01-01}]"
    ).replace("docket: 1", "docket: 1\ncompleteness: summary")
    of_cases = records(read_docket(text))
    assert "No weakness found." in report_text(assess_all(of_cases), of_cases)


def test_several_cases_begin_with_an_overview(shown):
    text, report = shown
    head = text.split("━" * 100)[0].splitlines()
    assert [line.split()[0] for line in head[1:-1]] == [case["docket"] for case in report["cases"]]
