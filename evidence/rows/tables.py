"""The columns a dataset may have, and what each means. Times are UTC, without a zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type in Ibis's words, what it means, and whether a file must have it."""

    type: str
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of dataset."""

    name: str
    row: str  # what one row is
    columns: Mapping[str, Column]

    @property
    def required(self) -> tuple[str, ...]:
        """Columns without which no row can be read."""
        return tuple(name for name, column in self.columns.items() if column.required)

    def expression(self) -> Any:
        """The table as figures see it: every column, those a file lacks being null."""
        import ibis  # takes a second to load, and whoever only reads rows does not need it

        schema = {name: column.type for name, column in self.columns.items()}
        return ibis.table(schema, name=self.name)


ACCOUNTS = Table(
    "accounts",
    "one account that a provider attributes to the campaign",
    {
        "account_id": Column("string", "the provider's own identifier", required=True),
        "provider": Column("string", "who runs the service"),
        "designee": Column("string", "key of the designee it is attributed to"),
        "created_at": Column("timestamp", "when it was opened"),
        "closed_at": Column("timestamp", "when it was closed or banned"),
        "declared_country": Column("string", "country given at sign-up, ISO 3166-1 alpha-2"),
        "payment_id": Column("string", "fingerprint of the means of payment"),
        "device_id": Column("string", "fingerprint of the device"),
        "proxy_id": Column("string", "exit of a proxy service it was opened through"),
        "asn": Column("int64", "autonomous system of the address it was opened from"),
    },
)

EXCHANGES = Table(
    "exchanges",
    "one request with its answer",
    {
        "account_id": Column("string", "the account it was made with", required=True),
        "at": Column("timestamp", "when it was made"),
        "capability": Column("string", "the capability it exercises, in the provider's words"),
        "country": Column("string", "country of the address it came from, ISO 3166-1 alpha-2"),
        "asn": Column("int64", "autonomous system of that address"),
        "proxy_id": Column("string", "exit of a proxy service it came through"),
        "input_tokens": Column("int64", "tokens asked"),
        "output_tokens": Column("int64", "tokens answered"),
    },
)

SHIPMENTS = Table(
    "shipments",
    "one movement of controlled items from one party to the next",
    {
        "shipment_id": Column(
            "string", "the carrier's or exporter's own identifier", required=True
        ),
        "shipped_at": Column("timestamp", "when it left"),
        "item": Column("string", "what it was, in the exporter's words"),
        "eccn": Column("string", "export control classification number"),
        "quantity": Column("int64", "units"),
        "value_usd": Column("int64", "value in whole United States dollars"),
        "exporter": Column("string", "who sent it"),
        "consignee": Column("string", "who received it"),
        "end_user": Column("string", "who was said to use it"),
        "origin": Column("string", "country it left, ISO 3166-1 alpha-2"),
        "destination": Column("string", "country it was declared for"),
        "transit": Column("string", "countries on the way, in order, joined by >"),
        "license": Column("string", "license number, exception, or none"),
    },
)

TABLES: Mapping[str, Table] = {table.name: table for table in (ACCOUNTS, EXCHANGES, SHIPMENTS)}
