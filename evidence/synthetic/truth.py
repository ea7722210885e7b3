"""What each figure must say of a campaign, counted from the plan and never from the rows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import combinations
from typing import Any

from evidence.synthetic.plan import CAPABILITIES, Account, Plan

Rows = tuple[tuple[Any, ...], ...]
HOURS_A_DAY, EXCHANGES_A_DAY = 20, 100  # the defaults of the figure `automation`
IN_BULK = 20  # of `creation-bursts`
BUSIEST_PERCENT = 10  # of `concentration`


def truth_of(plan: Plan) -> dict[str, Rows]:
    """The rows of every figure about accounts and exchanges, by its name, at its defaults."""
    accounts = plan.accounts
    total = sum(each.exchanges for each in accounts)
    by_volume = sorted((each.exchanges for each in accounts), reverse=True)
    top = -(-BUSIEST_PERCENT * len(accounts) // 100)
    sizes = Counter(plan.clusters)
    evading = [each for each in accounts if each.evading]
    return {
        "accounts": ((len(accounts),),),
        "exchanges": ((total, len(accounts)),),
        "volume-by-day": _by_day(plan),
        "exchanges-per-account": (_spread(by_volume[::-1]),),
        "accounts-by-volume": _by_size(by_volume),
        "concentration": ((top, sum(by_volume[:top]), total),),
        "capabilities": _capabilities(accounts),
        "clusters": ((len(plan.clusters), sum(plan.clusters), max(plan.clusters, default=0)),),
        "cluster-sizes": tuple((size, sizes[size]) for size in sorted(sizes, reverse=True)),
        "creation-bursts": _bursts(accounts),
        "automation": (_automation(accounts),),
        "geographic-evasion": ((len(evading), sum(each.evading for each in evading)),),
        "provider-overlap": _overlap(accounts, lambda each: each.provider),
        "designee-overlap": _overlap(accounts, lambda each: each.designee),
    }


def _by_day(plan: Plan) -> Rows:
    exchanges: Counter[int] = Counter()
    active: Counter[int] = Counter()
    for account in plan.accounts:
        for place in range(min(account.days, account.exchanges)):
            exchanges[account.first_day + place] += account.on_day(place)
            active[account.first_day + place] += 1
    start = plan.start.date()
    return tuple((start + timedelta(days=d), exchanges[d], active[d]) for d in sorted(exchanges))


def _spread(ascending: list[int]) -> tuple[int, ...]:
    count = len(ascending)
    ranks = [ascending[-(-percent * count // 100) - 1] for percent in (50, 95, 99)]
    return (count, ascending[0], *ranks, ascending[-1])


def _by_size(volumes: list[int]) -> Rows:
    classes = [(10**place, 10 ** (place + 1) - 1) for place in range(len(str(volumes[0])))]
    counted = [(low, high, sum(low <= each <= high for each in volumes)) for low, high in classes]
    while not counted[0][2]:
        counted.pop(0)
    return tuple(counted)


def _capabilities(accounts: Iterable[Account]) -> Rows:
    exchanges: Counter[str] = Counter()
    used: Counter[str] = Counter()
    turns = len(CAPABILITIES)
    for account in accounts:
        mine: Counter[str] = Counter()
        for place, capability in enumerate(CAPABILITIES):
            mine[capability] += (account.exchanges - place + turns - 1) // turns
        exchanges.update(mine)
        used.update(name for name, count in mine.items() if count)
    found = ((name, exchanges[name], used[name]) for name in exchanges if exchanges[name])
    return tuple(sorted(found, key=lambda row: (-row[1], row[0])))


def _bursts(accounts: Iterable[Account]) -> Rows:
    hours = Counter(each.created_at.replace(minute=0, second=0, microsecond=0) for each in accounts)
    found = ((hour, count) for hour, count in hours.items() if count >= IN_BULK)
    return tuple(sorted(found, key=lambda row: (-row[1], row[0])))


def _automation(accounts: Iterable[Account]) -> tuple[int, int]:
    """Only automated accounts use more than eight hours of a day, one hour after the other."""
    machines = days = 0
    for account in accounts:
        if account.automated:
            full = sum(
                account.on_day(place) >= max(HOURS_A_DAY, EXCHANGES_A_DAY)
                for place in range(account.days)
            )
            machines += full > 0
            days += full
    return machines, days


def _overlap(accounts: Iterable[Account], party: Callable[[Account], str]) -> Rows:
    users: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for account in accounts:
        for kind, value in (
            ("payment", account.payment_id),
            ("device", account.device_id),
            ("proxy", account.proxy_id),
        ):
            if value is not None:
                users[kind, value].add(party(account))
    shared: Counter[tuple[str, str, str]] = Counter()
    for (kind, _), parties in users.items():
        for one, other in combinations(sorted(parties), 2):
            shared[one, other, kind] += 1
    return tuple((*pair, shared[pair]) for pair in sorted(shared))
