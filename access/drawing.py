"""Drawings as SVG, made on the server: the one place that knows how a chart looks.

Made for any paper and any screen: ink is the color of the text around it, shares are told apart by
patterns that grow denser, and each chart stands beside the table of its figures. Nothing in them
is a style, so a strict Content-Security-Policy lets them be. Drawing takes tens of milliseconds,
so a chart is kept under the digest of what it shows.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

import vl_convert
from django.utils.html import escape

from access.optional_cache import cache

_KEPT_SECONDS = 30 * 24 * 3600
_LOOKS = 4
"""Raised when charts of the same figures are drawn otherwise."""
WIDTH = 560

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


INK = "#0000ff"
"""Stands for the color of the text until the drawing is done."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with the words that stand for it where it cannot be seen."""

    name: str
    svg: str


def density(number: int) -> str:
    """A fill from nothing (0) to full ink (5)."""
    return f"#00000{number}"


def lying(values: list[dict[str, Any]], unit: str = "cases") -> dict[str, Any]:
    """Bars that lie, one for each ``line``, as long as its number of ``unit``."""
    return {
        "data": {"values": values},
        "width": WIDTH - 140,
        "height": {"step": 26},
        "encoding": {
            "y": {
                "field": "line",
                "type": "nominal",
                "sort": None,
                "axis": {"title": None, "labelLimit": 180, "ticks": False},
            },
            "x": {
                "field": unit,
                "type": "quantitative",
                "axis": {"title": unit, "tickMinStep": 1, "format": "d"},
            },
        },
    }


_CONFIG = {
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "domainColor": INK,
        "tickColor": INK,
        "gridColor": INK,
        "gridOpacity": 0.15,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": INK, "labelFontSize": 12},
    "text": {"fontSize": 12, "fill": INK},
}


def drawn(name: str, title: str, spec: dict[str, Any]) -> Chart:
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
