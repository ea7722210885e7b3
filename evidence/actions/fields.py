"""What can be said of an evidence item and its reports, as the actions take it.

Every field is optional: what is left out is not stated.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, TypedDict

from designations.days import PartialDate, Period
from evidence.models import EvidenceItem, Source


class ItemFields(TypedDict, total=False):
    """The description of an item. Dates are stated dates, ranges have inclusive ends."""

    kind: str
    source: Source | None
    title: str
    summary: str
    text: str
    citation: str
    markings: Sequence[str]
    privilege: str
    classified_reference: str
    access: str
    summary_given: bool | None
    occurred: Period | None
    ended: str
    relative_to: str
    relative_order: str
    dated: PartialDate | None
    obtained: PartialDate | None
    entered: PartialDate | None
    entered_why: str
    hand: str
    body: bool
    content: str
    language: str
    translation: str
    integrity: str
    supersedes: EvidenceItem | None


class NewItemFields(ItemFields, total=False):
    """What may be said besides when the item is logged: its first grading."""

    key: str
    reliability: str
    credibility: int | None
    graded: bool | None


class FraudulentAccountFields(TypedDict, total=False):
    """The typed columns of a fraudulent-account report."""

    provider: str
    accounts: int | None
    exchanges: int | None
    period: Period | None
    evasion: Sequence[str]
    proxy_network: str
    capabilities: Sequence[str]
    attribution_basis: str


class ChipDiversionFields(TypedDict, total=False):
    """The typed columns of a chip-diversion report; value in United States dollars."""

    item: str
    eccn: str
    quantity: int | None
    value_usd: Decimal | None
    exporter: str
    consignees: Sequence[str]
    route: Sequence[str]
    end_user: str
    license: str


def put(row: Any, fields: Mapping[str, Any]) -> None:
    """Set the fields on a row, in the form the columns store."""
    for name, value in fields.items():
        if not hasattr(type(row), name):
            raise TypeError(f"{type(row).__name__} has no field {name!r}")
        if isinstance(value, Enum):
            value = value.value
        elif isinstance(value, Sequence) and not isinstance(value, str):
            value = list(value)
        setattr(row, name, value)
