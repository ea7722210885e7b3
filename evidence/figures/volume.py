"""How much, by whom and when: accounts, exchanges, period, days, and how they are spread."""

from collections import Counter
from typing import Any

import ibis
from ibis import _

from evidence.figures.figure import Figure, Parameter, Parameters, Row, Tables


def _accounts(tables: Tables, parameters: Parameters) -> Any:
    accounts = tables["accounts"]
    return accounts.aggregate(accounts=accounts.account_id.nunique())


ACCOUNT_COUNT = Figure(
    name="accounts",
    question="How many accounts are there?",
    tables=("accounts",),
    needs=(),
    build=_accounts,
    columns=("accounts",),
    metrics=("accounts",),
)


def _exchanges(tables: Tables, parameters: Parameters) -> Any:
    exchanges = tables["exchanges"]
    return exchanges.aggregate(exchanges=exchanges.count(), accounts=exchanges.account_id.nunique())


EXCHANGE_COUNT = Figure(
    name="exchanges",
    question="How many exchanges were made, and with how many accounts?",
    tables=("exchanges",),
    needs=(),
    build=_exchanges,
    columns=("exchanges", "accounts"),
    metrics=("exchanges",),
)


def _period(tables: Tables, parameters: Parameters) -> Any:
    exchanges = tables["exchanges"]
    return exchanges.aggregate(first=exchanges.at.min(), last=exchanges.at.max()).mutate(
        days=(_.last.date().epoch_days() - _.first.date().epoch_days() + 1)
    )


PERIOD = Figure(
    name="period",
    question="When did it begin and end?",
    tables=("exchanges",),
    needs=("exchanges.at",),
    build=_period,
    columns=("first", "last", "days"),
    metrics=("days",),
)


def _by_day(tables: Tables, parameters: Parameters) -> Any:
    exchanges = tables["exchanges"]
    timed = exchanges.filter(exchanges.at.notnull())
    return (
        timed.group_by(day=timed.at.date())
        .aggregate(exchanges=_.count(), accounts=_.account_id.nunique())
        .order_by("day")
    )


VOLUME_BY_DAY = Figure(
    name="volume-by-day",
    question="How many exchanges were made on each day, with how many accounts?",
    tables=("exchanges",),
    needs=("exchanges.at",),
    build=_by_day,
    columns=("day", "exchanges", "accounts"),
)


def _per_account(tables: Tables, parameters: Parameters) -> Any:
    exchanges = tables["exchanges"]
    each = exchanges.group_by("account_id").aggregate(exchanges=_.count())
    return each.group_by("exchanges").aggregate(accounts=_.count()).order_by("exchanges")


def _spread(rows: list[Row], parameters: Parameters) -> list[Row]:
    """Nearest-rank quantiles, exact whole numbers: the k-th smallest with k = ceil(q n / 100)."""
    accounts = sum(count for _, count in rows)
    if not accounts:
        return [(0, None, None, None, None, None)]

    def at_rank(percent: int) -> int:
        rank, seen = -(-percent * accounts // 100), 0
        for exchanges, count in rows:
            seen += count
            if seen >= rank:
                return int(exchanges)
        return int(rows[-1][0])

    return [(accounts, rows[0][0], at_rank(50), at_rank(95), at_rank(99), rows[-1][0])]


EXCHANGES_PER_ACCOUNT = Figure(
    name="exchanges-per-account",
    question="How are the exchanges spread over the accounts?",
    tables=("exchanges",),
    needs=(),
    build=_per_account,
    finish=_spread,
    columns=("accounts", "least", "median", "p95", "p99", "most"),
)


def _by_size(rows: list[Row], parameters: Parameters) -> list[Row]:
    """Accounts in classes of tenfold width: 1 to 9 exchanges, 10 to 99, and so on."""
    counted: Counter[int] = Counter()
    for exchanges, count in rows:
        counted[len(str(exchanges))] += count
    return (
        [
            (10 ** (digits - 1), 10**digits - 1, counted[digits])
            for digits in range(min(counted), max(counted) + 1)
        ]
        if counted
        else []
    )


ACCOUNTS_BY_VOLUME = Figure(
    name="accounts-by-volume",
    question="How many accounts made few exchanges, and how many made very many?",
    tables=("exchanges",),
    needs=(),
    build=_per_account,
    finish=_by_size,
    columns=("from", "to", "accounts"),
)


def _share(tables: Tables, parameters: Parameters) -> Any:
    return _per_account(tables, parameters)


def _concentrated(rows: list[Row], parameters: Parameters) -> list[Row]:
    """Exchanges of the busiest accounts; the number of accounts is rounded up."""
    accounts = sum(count for _, count in rows)
    total = sum(exchanges * count for exchanges, count in rows)
    top = -(-parameters["percent"] * accounts // 100)
    left, held = top, 0
    for exchanges, count in reversed(rows):
        taken = min(left, count)
        held += exchanges * taken
        left -= taken
        if not left:
            break
    return [(top, held, total)]


CONCENTRATION = Figure(
    name="concentration",
    question="How much of the volume comes from the busiest accounts?",
    tables=("exchanges",),
    needs=(),
    build=_share,
    finish=_concentrated,
    columns=("busiest_accounts", "their_exchanges", "exchanges"),
    parameters={"percent": Parameter(default=10, least=1, meaning="the busiest so many percent")},
)


def _capabilities(tables: Tables, parameters: Parameters) -> Any:
    exchanges = tables["exchanges"]
    return (
        exchanges.group_by(capability=exchanges.capability.fill_null("not stated"))
        .aggregate(exchanges=_.count(), accounts=_.account_id.nunique())
        .order_by(ibis.desc("exchanges"), "capability")
    )


CAPABILITIES = Figure(
    name="capabilities",
    question="Which capabilities were targeted, how often, with how many accounts?",
    tables=("exchanges",),
    needs=("exchanges.capability",),
    build=_capabilities,
    columns=("capability", "exchanges", "accounts"),
)
