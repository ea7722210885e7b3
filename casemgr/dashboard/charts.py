"""Charts of the figures as SVG, drawn on the server.

Made for any paper and any screen: ink is the color of the text around it, shares are told apart by
patterns that grow denser, and each chart stands beside the table of its figures. Nothing in them
is a style, so a strict Content-Security-Policy lets them be. Drawing takes tens of milliseconds,
so a chart is kept under the digest of what it shows.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import vl_convert
from django.core.cache import cache
from django.utils.html import escape

from casemgr.dashboard.figures import Table

_KEPT_SECONDS = 30 * 24 * 3600
_LOOKS = 4
"""Raised when charts of the same figures are drawn otherwise."""
_WIDTH = 560

# From nothing to full ink; the order of stages and of grades is the order of density. Each is the
# content of a square pattern of eight units.
_PATTERNS = (
    "",
    '<path d="M0 4h8" stroke-width="1"/>',
    '<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke-width="1.5"/>',
    '<path d="M0 0l8 8M0 8l8-8" stroke-width="1.25"/>',
    '<path d="M0 2h8M0 6h8M2 0v8M6 0v8" stroke-width="2"/>',
    '<path d="M0 0h8v8H0z" fill="currentColor"/>',
)
_FILL = re.compile(r'fill="#00000([0-5])"')
_INK = re.compile(r'(fill|stroke)="#0000ff"')
_FONT = re.compile(r' font-family="[^"]*"')


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with the words that stand for it where it cannot be seen."""

    name: str
    svg: str


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
        "width": _WIDTH,
        "height": 220,
        "mark": {"type": "bar", "stroke": _ink, "strokeWidth": 0.75},
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
    return _drawn(name, title, spec)


def shares(name: str, title: str, table: Table, densities: Sequence[int]) -> Chart:
    """A bar for each line of the table, made of its columns but the last, which is their sum."""
    columns = table.columns[:-1]
    values = [
        {"line": line.label, "part": column, "place": place, "cases": figure.cases}
        for line in table.lines
        for place, (column, figure) in enumerate(zip(columns, line.figures, strict=False))
    ]
    spec = _lying(values) | {
        "mark": {"type": "bar", "stroke": _ink, "strokeWidth": 0.75},
    }
    spec["encoding"] |= {"fill": _shares(columns, densities), "order": {"field": "place"}}
    return _drawn(name, title, spec)


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
    plain = _lying(values)
    encoding = plain.pop("encoding")
    number = {**encoding, "text": {"field": "cases", "type": "quantitative", "format": "d"}}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "fill": _density(2), "stroke": _ink, "strokeWidth": 0.75},
            "encoding": encoding,
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 4, "fill": _ink},
            "encoding": number,
        },
    ]
    if part is not None:
        filled = {**encoding, "x": {**encoding["x"], "field": "part"}}
        layers.insert(1, {"mark": {"type": "bar", "fill": _density(5)}, "encoding": filled})
    return _drawn(name, title, {**plain, "layer": layers})


_ink = "#0000ff"
"""Stands for the color of the text until the drawing is done."""


def _density(number: int) -> str:
    return f"#00000{number}"


def _shares(columns: Sequence[str], densities: Sequence[int]) -> dict[str, Any]:
    return {
        "field": "part",
        "type": "nominal",
        "scale": {"domain": list(columns), "range": [_density(each) for each in densities]},
        "legend": {
            "title": None,
            "orient": "top",
            "columns": 3,
            "symbolType": "square",
            "symbolSize": 220,
            "symbolStrokeColor": _ink,
            "symbolStrokeWidth": 0.75,
            "labelLimit": 300,
        },
    }


def _lying(values: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "data": {"values": values},
        "width": _WIDTH - 140,
        "height": {"step": 26},
        "encoding": {
            "y": {
                "field": "line",
                "type": "nominal",
                "sort": None,
                "axis": {"title": None, "labelLimit": 180, "ticks": False},
            },
            "x": {
                "field": "cases",
                "type": "quantitative",
                "axis": {"title": "cases", "tickMinStep": 1, "format": "d"},
            },
        },
    }


_CONFIG = {
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": _ink,
        "titleColor": _ink,
        "domainColor": _ink,
        "tickColor": _ink,
        "gridColor": _ink,
        "gridOpacity": 0.15,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": _ink, "labelFontSize": 12},
    "text": {"fontSize": 12, "fill": _ink},
}


def _drawn(name: str, title: str, spec: dict[str, Any]) -> Chart:
    """The drawing, from memory where the same figures were drawn before."""
    whole = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": _CONFIG} | spec
    text = json.dumps([_LOOKS, name, title, whole], sort_keys=True)
    key = f"chart:{hashlib.sha256(text.encode()).hexdigest()}"
    kept = cache.get(key)
    if kept is None:
        kept = _as_ink(vl_convert.vegalite_to_svg(whole), name, title)
        cache.set(key, kept, _KEPT_SECONDS)
    return Chart(name, kept)


def _as_ink(svg: str, name: str, title: str) -> str:
    """The colors of the drawing as ink and patterns, and its name for those who hear it."""
    svg = _FILL.sub(rf'fill="url(#{name}-\1)"', svg)
    svg = _INK.sub(r'\1="currentColor"', svg)
    svg = _FONT.sub("", svg)
    svg = svg.replace("<svg ", f'<svg role="img" aria-labelledby="{name}-title" ', 1)
    patterns = "".join(
        f'<pattern id="{name}-{number}" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'stroke="currentColor" fill="none">{content}</pattern>'
        for number, content in enumerate(_PATTERNS)
    )
    head = f'<title id="{name}-title">{escape(title)}</title><defs>{patterns}</defs>'
    return re.sub(r"(<svg [^>]*>)", rf"\1{head}", svg, count=1)
