"""Charts of an item's figures, for those that are read faster as a picture than as a table."""

from collections.abc import Mapping
from typing import Any

from access.drawing import INK, WIDTH, Chart, density, drawn, lying
from evidence.models import Figure

MOST_DRAWN = 400
"""Days of a course that are drawn; a longer one is read in its table."""
BARS = 15
"""Lines of which a chart shows the first; the table beside it has more."""

# What a line is called, by its columns, and which column is drawn.
_LINES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "capabilities": (("capability",), "exchanges"),
    "shared-means": (("kind", "value"), "accounts"),
    "cluster-sizes": (("accounts",), "clusters"),
    "creation-bursts": (("hour",), "accounts"),
    "accounts-by-volume": (("from", "to"), "accounts"),
    "exchanges-per-account": (("rank",), "exchanges"),
    "provider-overlap": (("one", "other", "kind"), "shared"),
    "designee-overlap": (("one", "other", "kind"), "shared"),
    "shipments-by-route": (("origin", "transit", "destination"), "quantity"),
    "shipments-by-consignee": (("consignee",), "quantity"),
    "shipments-by-eccn": (("eccn",), "quantity"),
    "shipments-by-license": (("license",), "quantity"),
    "red-flag-routes": (("consignee",), "quantity"),
}
# A single row whose columns are drawn as lines, from the first to the last.
_RANKS: Mapping[str, tuple[str, ...]] = {
    "exchanges-per-account": ("least", "median", "p95", "p99", "most")
}
_COURSES: Mapping[str, tuple[str, str]] = {"volume-by-day": ("day", "exchanges")}
_NOT_STATED = "not stated"


def chart_of(figure: Figure, title: str) -> Chart | None:
    """The figure drawn; None for one that is a single line, too long, or nothing to draw.

    ``figure`` is annotated with ``first_rows``, as many as `MOST_DRAWN`.
    """
    first: list[list[Any]] = figure.first_rows  # type: ignore[attr-defined]
    rows = [dict(zip(figure.columns, row, strict=True)) for row in first]
    if figure.name in _RANKS and rows:
        rows = [{"rank": rank, "exchanges": rows[0][rank]} for rank in _RANKS[figure.name]]
    if len(rows) < 2:
        return None
    if figure.name in _COURSES and figure.row_count <= MOST_DRAWN:
        return _course(figure.name, title, rows, *_COURSES[figure.name])
    if figure.name in _LINES:
        return _lines(figure.name, title, rows, *_LINES[figure.name])
    return None


def _lines(
    name: str, title: str, rows: list[dict[str, Any]], called: tuple[str, ...], unit: str
) -> Chart | None:
    values = [
        {"line": _line(called, row), unit: row[unit]}
        for row in rows[:BARS]
        if row[unit] is not None
    ]
    if not values:
        return None
    spec = lying(values, unit)
    encoding = spec.pop("encoding")
    encoding["x"]["axis"]["format"] = ",d"
    number = {**encoding, "text": {"field": unit, "type": "quantitative", "format": ",d"}}
    bar = {"type": "bar", "fill": density(2), "stroke": INK, "strokeWidth": 0.75}
    layers = [
        {"mark": bar, "encoding": encoding},
        {"mark": {"type": "text", "align": "left", "dx": 4, "fill": INK}, "encoding": number},
    ]
    return drawn(f"figure-{name}", title, {**spec, "layer": layers})


def _course(name: str, title: str, rows: list[dict[str, Any]], at: str, unit: str) -> Chart:
    spec = {
        "data": {"values": [{"at": str(row[at]), unit: row[unit]} for row in rows]},
        "width": WIDTH,
        "height": 160,
        # Numbers are measured in another face than the page's, which is a little wider.
        "padding": {"left": 16, "top": 5, "right": 5, "bottom": 5},
        "mark": {"type": "bar", "fill": density(5)},
        "encoding": {
            "x": {
                "field": "at",
                "type": "ordinal",
                "sort": None,
                "axis": {
                    "title": None,
                    "labelAngle": 0,
                    "labelOverlap": "greedy",
                    "labelSeparation": 12,
                    "labelPadding": 8,
                    "ticks": False,
                    "labelExpr": "timeFormat(toDate(datum.value + 'T12:00:00'), '%d %b %Y')",
                },
            },
            "y": {
                "field": unit,
                "type": "quantitative",
                # Above the axis: beside it, numbers of seven digits would run into it.
                "axis": {
                    "title": unit,
                    "titleAngle": 0,
                    "titleAlign": "left",
                    "titleX": 0,
                    "titleY": -12,
                    "tickMinStep": 1,
                    "format": ",d",
                },
            },
        },
    }
    return drawn(f"figure-{name}", title, spec)


def _line(called: tuple[str, ...], row: Mapping[str, Any]) -> str:
    """What the bar is of; ways in their order, without what was not stated on the way."""
    words = [str(row[name]) for name in called if row[name] not in (None, "")]
    said = [word for word in words if word != _NOT_STATED] or [_NOT_STATED]
    if called[0] == "origin":
        return " → ".join(part for word in said for part in word.split(">"))
    if called == ("from", "to"):
        return f"{row['from']:,} to {row['to']:,} exchanges"
    if called[0] == "one":
        return f"{said[0]} and {said[1]}: {said[2]}"
    if called[0] == "hour":
        return said[0][:16].replace("T", " ")
    return ": ".join(said)
