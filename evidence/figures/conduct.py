"""How it was done: bursts of sign-ups, machine schedules, evaded restrictions, overlap."""

from typing import Any

import ibis
from ibis import _

from evidence.figures.figure import Figure, Parameter, Parameters, Tables


def _bursts(tables: Tables, parameters: Parameters) -> Any:
    accounts = tables["accounts"]
    timed = accounts.filter(accounts.created_at.notnull())
    return (
        timed.group_by(hour=timed.created_at.truncate("h"))
        .aggregate(accounts=_.account_id.nunique())
        .filter(_.accounts >= parameters["at_least"])
        .order_by(ibis.desc("accounts"), "hour")
    )


CREATION_BURSTS = Figure(
    name="creation-bursts",
    question="In which hours were accounts opened in bulk?",
    tables=("accounts",),
    needs=("accounts.created_at",),
    build=_bursts,
    columns=("hour", "accounts"),
    parameters={
        "at_least": Parameter(default=20, least=2, meaning="accounts opened within one clock hour")
    },
)


def _automation(tables: Tables, parameters: Parameters) -> Any:
    exchanges = tables["exchanges"]
    timed = exchanges.filter(exchanges.at.notnull())
    hours = timed.group_by("account_id", day=timed.at.date()).aggregate(
        exchanges=_.count(), hours=_.at.hour().nunique()
    )
    busy = hours.filter(
        (hours.hours >= parameters["hours_a_day"]) & (hours.exchanges >= parameters["exchanges"])
    )
    each = busy.group_by("account_id").aggregate(days=_.count())
    return each.aggregate(
        accounts=each.account_id.nunique(), account_days=each.days.sum().fill_null(0)
    )


AUTOMATION = Figure(
    name="automation",
    question="How many accounts were active around the clock on a day, as no person is?",
    tables=("exchanges",),
    needs=("exchanges.at",),
    build=_automation,
    columns=("accounts", "account_days"),
    metrics=("accounts",),
    parameters={
        "hours_a_day": Parameter(
            default=20, least=1, meaning="different clock hours of one UTC day with an exchange"
        ),
        "exchanges": Parameter(default=100, least=1, meaning="exchanges on that day"),
    },
)


def _evasion(tables: Tables, parameters: Parameters) -> Any:
    accounts, exchanges = tables["accounts"], tables["exchanges"]
    restricted = list(parameters["restricted"])
    opened = accounts.select("account_id", "declared_country").distinct()
    joined = exchanges.inner_join(opened, "account_id")
    from_there = joined.filter(
        joined.country.isin(restricted) & joined.declared_country.notin(restricted)
    )
    return from_there.aggregate(
        accounts=from_there.account_id.nunique(), exchanges=from_there.count()
    )


GEOGRAPHIC_EVASION = Figure(
    name="geographic-evasion",
    question="How much came from a restricted country with accounts that declared another?",
    tables=("accounts", "exchanges"),
    needs=("accounts.declared_country", "exchanges.country"),
    build=_evasion,
    columns=("accounts", "exchanges"),
    metrics=("accounts", "exchanges"),
    parameters={
        "restricted": Parameter(
            default=("CN", "HK", "KP", "RU"), meaning="countries the provider does not serve"
        )
    },
)


def _overlap(column: str) -> Any:
    def build(tables: Tables, parameters: Parameters) -> Any:
        accounts = tables["accounts"]
        kinds = ibis.union(
            *(
                accounts.filter(accounts[key].notnull() & accounts[column].notnull()).select(
                    party=accounts[column],
                    kind=ibis.literal(kind),
                    value=accounts[key].cast("string"),
                )
                for kind, key in (
                    ("payment", "payment_id"),
                    ("device", "device_id"),
                    ("proxy", "proxy_id"),
                )
            )
        ).distinct()
        other = kinds.view()
        pairs = kinds.join(
            other,
            [kinds.kind == other.kind, kinds.value == other.value, kinds.party < other.party],
        ).select(one=kinds.party, other=other.party, kind=kinds.kind, value=kinds.value)
        return (
            pairs.group_by("one", "other", "kind")
            .aggregate(shared=_.value.nunique())
            .order_by("one", "other", "kind")
        )

    return build


PROVIDER_OVERLAP = Figure(
    name="provider-overlap",
    question="Which means were used at more than one provider?",
    tables=("accounts",),
    needs=("accounts.provider",),
    build=_overlap("provider"),
    columns=("one", "other", "kind", "shared"),
)
DESIGNEE_OVERLAP = Figure(
    name="designee-overlap",
    question="Which means were used by accounts attributed to more than one designee?",
    tables=("accounts",),
    needs=("accounts.designee",),
    build=_overlap("designee"),
    columns=("one", "other", "kind", "shared"),
)
OVERLAPS = frozenset({PROVIDER_OVERLAP.name, DESIGNEE_OVERLAP.name})
"""What may be asked of the accounts of two items together."""
