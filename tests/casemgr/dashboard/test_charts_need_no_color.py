"""Charts are read on any screen and on paper: ink and patterns, a name, and nothing of style."""

import re
from xml.etree import ElementTree as ET

import pytest

from access import drawing
from casemgr.dashboard import charts
from casemgr.dashboard.figures import Figure, Line, Table

PARTS = Table(
    ("draft", "legal review", "all open"),
    tuple(
        Line(day, (Figure(a, ""), Figure(b, ""), Figure(a + b, "")))
        for day, a, b in (("2026-11-09", 3, 0), ("2026-11-16", 2, 4), ("2026-11-23", 1, 5))
    ),
)
DRAWN = {
    "over time": lambda: charts.over_time("one", "Open cases", PARTS, (0, 5)),
    "shares": lambda: charts.shares("two", "Parts", PARTS, (0, 5)),
    "lengths": lambda: charts.lengths("three", "Lengths", PARTS, part=1),
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("kind", DRAWN)
def test_every_fill_and_stroke_is_ink_or_a_pattern_of_it(kind) -> None:
    svg = DRAWN[kind]().svg
    assert "currentColor" in svg
    used = set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg))
    assert {each for each in used if not each.startswith("url(#")} <= {"none", "currentColor"}


@pytest.mark.parametrize("kind", DRAWN)
def test_nothing_in_it_is_a_style_or_a_script(kind) -> None:
    svg = DRAWN[kind]().svg
    for forbidden in ("style", "<script", "font-family", "http-equiv", "onload"):
        assert forbidden not in svg


@pytest.mark.parametrize("kind", DRAWN)
def test_it_has_a_name_and_every_pattern_it_uses(kind) -> None:
    chart = DRAWN[kind]()
    root = ET.fromstring(chart.svg)  # noqa: S314 - we drew it
    assert root.get("role") == "img"
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert root.get("aria-labelledby") in ids
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    assert set(re.findall(r"url\(#([^)]*)\)", chart.svg)) <= set(ids)


def test_a_name_is_text_and_not_markup() -> None:
    svg = charts.shares("two", "<b>&", PARTS, (0, 5)).svg
    assert "&lt;b&gt;&amp;" in svg
    ET.fromstring(svg)  # noqa: S314 - we drew it


def test_the_same_figures_are_drawn_once(monkeypatch) -> None:
    first = DRAWN["shares"]()
    monkeypatch.setattr(drawing.vl_convert, "vegalite_to_svg", None)
    assert DRAWN["shares"]() == first
