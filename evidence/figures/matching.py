"""Which column of a file is which of ours, as far as names tell. A proposal, never a decision."""

import re
from collections.abc import Iterable, Mapping, Sequence

from evidence.rows.tables import Table

ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    "account_id": ("account", "account no", "account number", "acct", "acct no", "user id", "user"),
    "provider": ("service", "platform"),
    "created_at": ("created", "opened", "opened at", "registered at", "signup", "signup time"),
    "closed_at": ("closed", "banned at", "suspended at", "terminated at"),
    "declared_country": ("signup country", "stated country", "billing country"),
    "payment_id": ("payment", "payment fingerprint", "card fingerprint", "payment hash"),
    "device_id": ("device", "device fingerprint", "device hash"),
    "proxy_id": ("proxy", "proxy exit", "exit node"),
    "asn": ("as number", "autonomous system"),
    "at": ("time", "timestamp", "when", "date", "datetime", "requested at", "created at"),
    "capability": ("category", "capability targeted", "task"),
    "country": ("ip country", "source country"),
    "input_tokens": ("prompt tokens", "tokens in"),
    "output_tokens": ("completion tokens", "tokens out"),
    "shipment_id": ("shipment", "shipment no", "bill of lading", "awb", "invoice no"),
    "shipped_at": ("shipped", "ship date", "export date", "date"),
    "item": ("description", "goods", "product"),
    "eccn": ("classification", "export classification"),
    "quantity": ("qty", "units", "count"),
    "value_usd": ("value", "usd", "amount usd", "value us dollars"),
    "exporter": ("shipper", "seller", "consignor"),
    "consignee": ("receiver", "recipient", "buyer", "ship to"),
    "end_user": ("ultimate consignee", "final user"),
    "origin": ("country of origin", "from", "export country"),
    "destination": ("country of destination", "to", "import country"),
    "transit": ("route", "via", "transit countries"),
    "license": ("licence", "license no", "licence no", "authorization"),
}


def matched(
    table: Table, present: Sequence[str], earlier: Iterable[Mapping[str, str]] = ()
) -> dict[str, str]:
    """Our column to the file's, for those whose names tell; each of the file's at most once.

    ``earlier`` are mappings that were used before, the best first: one all of whose columns the
    file has goes before any guess. Names are compared by their letters and digits alone.
    """
    found: dict[str, str] = {}
    for mapping in earlier:
        if mapping and set(mapping.values()) <= set(present):
            found = {ours: theirs for ours, theirs in mapping.items() if ours in table.columns}
            break
    free = {_plain(name): name for name in reversed(present) if name not in found.values()}
    for words in (lambda name: (name,), lambda name: ALSO_CALLED.get(name, ())):
        for ours in table.columns:
            if ours not in found:
                hit = next((word for word in map(_plain, words(ours)) if word in free), None)
                if hit is not None:
                    found[ours] = free.pop(hit)
    return {name: found[name] for name in table.columns if name in found}


def renamed(columns: Mapping[str, str]) -> dict[str, str]:
    """Those of a mapping whose names differ, as a Source and a dataset state it."""
    return {ours: theirs for ours, theirs in columns.items() if ours != theirs}


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
