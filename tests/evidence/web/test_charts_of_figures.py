"""A course or a ranking is drawn; a single number is not; what stands in a file is never markup."""

from xml.etree import ElementTree as ET

import pytest

from evidence.models import Figure
from evidence.web.charts import BARS, MOST_DRAWN, chart_of

SVG = "{http://www.w3.org/2000/svg}"


def figure(name: str, columns: list[str], rows: list[list], count: int | None = None) -> Figure:
    made = Figure(name=name, columns=columns, row_count=count or len(rows))
    made.first_rows = rows  # type: ignore[attr-defined]
    return made


def words(chart) -> list[str]:
    root = ET.fromstring(chart.svg)  # noqa: S314 - we drew it
    return [each.text for each in root.iter(f"{SVG}text")]


def test_routes_are_called_by_the_way_they_took() -> None:
    columns = ["origin", "transit", "destination", "shipments", "quantity", "value_usd"]
    rows = [["US", "SG>HK", "CN", 3, 1200, 1], ["US", "not stated", "MY", 1, 8, 1]]
    found = words(chart_of(figure("shipments-by-route", columns, rows), "How much?"))
    assert {"US → SG → HK → CN", "US → MY", "1,200", "1,000"} <= set(found)


def test_a_course_of_days_is_drawn_with_its_dates() -> None:
    days = [[f"2026-02-{day:02d}", 100 * day, 3] for day in range(1, 29)]
    found = words(
        chart_of(figure("volume-by-day", ["day", "exchanges", "accounts"], days), "When?")
    )
    assert "01 Feb 2026" in found
    assert "exchanges" in found


DAY, SHIPPED = ["2026-02-01", 1, 1], ["3A090", 1, None, 1]


@pytest.mark.parametrize(
    ("name", "columns", "rows", "count"),
    [
        ("accounts", "accounts", [[3]], 1),
        ("volume-by-day", "day exchanges accounts", [DAY], 1),
        ("volume-by-day", "day exchanges accounts", [DAY, DAY], MOST_DRAWN + 1),
        ("shipments-by-eccn", "eccn shipments quantity value_usd", [SHIPPED, SHIPPED], 2),
    ],
)
def test_what_a_picture_adds_nothing_to_is_a_table_alone(name, columns, rows, count) -> None:
    assert chart_of(figure(name, columns.split(), rows, count), "How much?") is None


def test_the_first_lines_of_many_are_drawn() -> None:
    rows = [["payment", f"P-{number}", 90 - number] for number in range(40)]
    found = words(chart_of(figure("shared-means", ["kind", "value", "accounts"], rows), "Which?"))
    assert sum("payment: P-" in each for each in found) == BARS


def test_means_shared_by_two_parties_are_called_by_both() -> None:
    rows = [["one", "other", "asn", 2], ["one", "third", "payment", 5]]
    columns = ["one", "other", "kind", "shared"]
    found = words(chart_of(figure("provider-overlap", columns, rows), "Which?"))
    assert any("third" in each and "payment" in each for each in found)


def test_what_a_file_says_is_text_and_never_markup() -> None:
    rows = [["</text><script>alert(1)</script>", 2, 1], ["&<b>", 1, 1]]
    chart = chart_of(figure("capabilities", ["capability", "exchanges", "accounts"], rows), "<i>?")
    root = ET.fromstring(chart.svg)  # noqa: S314 - we drew it
    assert not [each for each in root.iter() if each.tag in (f"{SVG}script", f"{SVG}b", "b")]
    assert "<script" not in chart.svg
    assert root[0].text == "<i>?"
