"""A number somebody asserts, held against the number the data give.

Which figure measures a claim follows from what the claim says it counts: ``accounts`` or
``exchanges`` by the name of the figure's column; where several figures have such a column, the
first of the catalog, and any other as ``figure.column``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evidence.figures.catalog import CATALOG
from evidence.words import ClaimState, Comparator

ABOUT_WITHIN = Decimal(10)
"""Percent of the claimed number by which "about" may be off where a claim states no tolerance of
its own. A convention of this product, said in every result that used it; no rule of law fixes one.
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """The column of the one-row figure that measures something claimed."""

    figure: str
    column: str

    def __str__(self) -> str:
        return f"{self.figure}.{self.column}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check, and why, in a sentence for the record."""

    state: ClaimState
    why: str


def _measures() -> dict[str, Measure]:
    named: dict[str, Measure] = {}
    for figure in CATALOG:
        for column in figure.metrics:
            measure = Measure(figure.name, column)
            named.setdefault(column, measure)
            named[str(measure)] = measure
    return named


MEASURES: Mapping[str, Measure] = _measures()
"""What a claim may say it counts, to what measures it."""


def measure_of(metric: str) -> Measure | None:
    """What measures a claim of ``metric``; None where no figure does.

    >>> str(measure_of(" Accounts "))
    'accounts.accounts'
    >>> measure_of("accounts of other companies") is None
    True
    """
    return MEASURES.get(metric.strip().casefold().replace(" ", "-"))


def held_against(
    comparator: Comparator,
    claimed: Decimal | None,
    found: Any,
    tolerance: Decimal | None = None,
    where: str = "",
) -> Verdict:
    """Hold a claimed number against the one the data give; both in the same unit.

    ``tolerance``: percent of the claimed number by which "about" may be off, where the claim
    states one. ``where``: in whose data it was found, where these are not the item's own.

    >>> held_against(Comparator.AT_LEAST, Decimal(24000), 23999).state.value
    'contradicted'
    >>> held_against(Comparator.ABOUT, Decimal(24000), 25001).state.value
    'verified'
    >>> held_against(Comparator.ABOUT, Decimal(24000), 25001, Decimal("2.5")).why
    'About 24,000 claimed, 25,001 found (within 2.5 percent counts as about, as the claim states).'
    """
    if claimed is None:
        return Verdict(ClaimState.UNVERIFIABLE, "The claim states no number.")
    if found is None:
        return Verdict(ClaimState.UNVERIFIABLE, "The data give no number.")
    exact = Decimal(found)
    said = f"{comparator.value.replace('-', ' ')} {claimed:,} claimed, {exact:,} found{where}"
    match comparator:
        case Comparator.AT_LEAST:
            holds = exact >= claimed
        case Comparator.AT_MOST:
            holds = exact <= claimed
        case Comparator.EXACTLY:
            holds = exact == claimed
        case Comparator.ABOUT:
            within = ABOUT_WITHIN if tolerance is None else tolerance
            holds = abs(exact - claimed) * 100 <= abs(claimed) * within
            whose = (
                "the product's default: the claim states no tolerance"
                if tolerance is None
                else "as the claim states"
            )
            said += f" (within {within:f} percent counts as about, {whose})"
    return Verdict(
        ClaimState.VERIFIED if holds else ClaimState.CONTRADICTED, f"{said[0].upper()}{said[1:]}."
    )
