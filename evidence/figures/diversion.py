"""Chip diversion: quantities and values by route, consignee and ECCN, red flags, licenses."""

from typing import Any

import ibis
from ibis import _

from evidence.figures.figure import Figure, Parameter, Parameters, Tables


def _summed(*keys: str) -> Any:
    def build(tables: Tables, parameters: Parameters) -> Any:
        shipments = tables["shipments"]
        named = {key: shipments[key].fill_null("not stated") for key in keys}
        return (
            shipments.group_by(**named)
            .aggregate(
                shipments=_.shipment_id.nunique(),
                quantity=_.quantity.sum().fill_null(0),
                value_usd=_.value_usd.sum().fill_null(0),
            )
            .order_by(ibis.desc("value_usd"), *keys)
        )

    return build


_SUMS = ("shipments", "quantity", "value_usd")

BY_ROUTE = Figure(
    name="shipments-by-route",
    question="How much went which way?",
    tables=("shipments",),
    needs=("shipments.origin", "shipments.destination"),
    build=_summed("origin", "transit", "destination"),
    columns=("origin", "transit", "destination", *_SUMS),
)
BY_CONSIGNEE = Figure(
    name="shipments-by-consignee",
    question="How much went to whom?",
    tables=("shipments",),
    needs=("shipments.consignee",),
    build=_summed("consignee"),
    columns=("consignee", *_SUMS),
)
BY_ECCN = Figure(
    name="shipments-by-eccn",
    question="How much of what classification was shipped?",
    tables=("shipments",),
    needs=("shipments.eccn",),
    build=_summed("eccn"),
    columns=("eccn", *_SUMS),
)
BY_LICENSE = Figure(
    name="shipments-by-license",
    question="Under which license, exception or none was it shipped?",
    tables=("shipments",),
    needs=("shipments.license",),
    build=_summed("license"),
    columns=("license", *_SUMS),
)


def _red_flags(tables: Tables, parameters: Parameters) -> Any:
    """Routes through a named hub to a consignee first seen within the window before."""
    shipments = tables["shipments"]
    hubs = list(parameters["hubs"])
    first = shipments.group_by("consignee").aggregate(first_seen=_.shipped_at.min())
    joined = shipments.inner_join(first, "consignee")
    by_hub = joined.destination.isin(hubs)
    for hub in hubs:
        by_hub = by_hub | (ibis.literal(">") + joined.transit + ibis.literal(">")).contains(
            f">{hub}>"
        )
    new = (
        joined.shipped_at.date().epoch_days() - joined.first_seen.date().epoch_days()
        <= parameters["new_within_days"]
    )
    flagged = joined.filter(by_hub.fill_null(False) & new.fill_null(False))
    return (
        flagged.group_by("consignee")
        .aggregate(
            shipments=_.shipment_id.nunique(),
            quantity=_.quantity.sum().fill_null(0),
            value_usd=_.value_usd.sum().fill_null(0),
        )
        .order_by(ibis.desc("value_usd"), "consignee")
    )


RED_FLAG_ROUTES = Figure(
    name="red-flag-routes",
    question="What went through transshipment hubs to consignees that had just appeared?",
    tables=("shipments",),
    needs=("shipments.destination", "shipments.consignee", "shipments.shipped_at"),
    build=_red_flags,
    columns=("consignee", *_SUMS),
    parameters={
        "hubs": Parameter(
            default=("AE", "HK", "MY", "SG", "TR"), meaning="countries taken as hubs"
        ),
        "new_within_days": Parameter(
            default=180, least=0, meaning="days after the consignee's first shipment"
        ),
    },
)
