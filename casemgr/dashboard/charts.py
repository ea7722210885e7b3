"""Charts of the dashboard's figures; how they look is of `access.drawing`."""

from collections.abc import Sequence
from typing import Any

from access.drawing import INK, WIDTH, Chart, density, drawn, lying
from casemgr.dashboard.figures import Table


def over_time(name: str, title: str, table: Table, densities: Sequence[int]) -> Chart:
    """A bar for each day of the table, stacked of its columns but the last, which is their sum."""
    columns = table.columns[:-1]
    values = [
        {"day": line.label, "part": column, "place": place, "cases": figure.cases}
        for line in table.lines
        for place, (column, figure) in enumerate(zip(columns, line.figures, strict=False))
    ]
    spec = {
        "data": {"values": values},
        "width": WIDTH,
        "height": 220,
        "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.75},
        "encoding": {
            "x": {
                "field": "day",
                "type": "ordinal",
                "sort": None,
                "timeUnit": None,
                "axis": {
                    "title": None,
                    "labelAngle": 0,
                    "labelOverlap": "greedy",
                    "labelSeparation": 8,
                    "labelExpr": "timeFormat(toDate(datum.value + 'T12:00:00'), '%d %b')",
                },
            },
            "y": {
                "field": "cases",
                "type": "quantitative",
                "axis": {"title": "cases", "tickMinStep": 1, "format": "d"},
            },
            "fill": _shares(columns, densities),
            "order": {"field": "place"},
        },
    }
    return drawn(name, title, spec)


def shares(name: str, title: str, table: Table, densities: Sequence[int]) -> Chart:
    """A bar for each line of the table, made of its columns but the last, which is their sum."""
    columns = table.columns[:-1]
    values = [
        {"line": line.label, "part": column, "place": place, "cases": figure.cases}
        for line in table.lines
        for place, (column, figure) in enumerate(zip(columns, line.figures, strict=False))
    ]
    spec = lying(values) | {
        "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.75},
    }
    spec["encoding"] |= {"fill": _shares(columns, densities), "order": {"field": "place"}}
    return drawn(name, title, spec)


def lengths(
    name: str, title: str, table: Table, *, part: int | None = None, most: int = 15
) -> Chart:
    """A bar for each line by its first column, with its number; ``part`` of it in full ink."""
    values = [
        {
            "line": line.label,
            "cases": line.figures[0].cases,
            "part": line.figures[part].cases if part is not None else 0,
        }
        for line in table.lines[:most]
    ]
    plain = lying(values)
    encoding = plain.pop("encoding")
    number = {**encoding, "text": {"field": "cases", "type": "quantitative", "format": "d"}}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "fill": density(2), "stroke": INK, "strokeWidth": 0.75},
            "encoding": encoding,
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 4, "fill": INK},
            "encoding": number,
        },
    ]
    if part is not None:
        filled = {**encoding, "x": {**encoding["x"], "field": "part"}}
        layers.insert(1, {"mark": {"type": "bar", "fill": density(5)}, "encoding": filled})
    return drawn(name, title, {**plain, "layer": layers})


def _shares(columns: Sequence[str], densities: Sequence[int]) -> dict[str, Any]:
    return {
        "field": "part",
        "type": "nominal",
        "scale": {"domain": list(columns), "range": [density(each) for each in densities]},
        "legend": {
            "title": None,
            "orient": "top",
            "columns": 3,
            "symbolType": "square",
            "symbolSize": 220,
            "symbolStrokeColor": INK,
            "symbolStrokeWidth": 0.75,
            "labelLimit": 300,
        },
    }
