"""Who did what, decided account by account before any row is written."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

PROVIDERS = ("Provider A", "Provider B", "Provider C")
DESIGNEES = ("D-NORTH", "D-SOUTH")
DECLARED = ("US", "SG", "NL", "JP", "BR")
RESTRICTED = ("CN", "HK")
# One account goes through these in turn: four of ten exchanges are agentic coding.
CAPABILITIES = (
    *("agentic-coding",) * 4,
    *("chain-of-thought",) * 3,
    *("tool-use",) * 2,
    "rubric-grading",
)
BURST = 40  # accounts opened within one hour, where a script opened them
TIED = 5  # accounts on one payment
MOST_A_DAY = {True: 1_400, False: 400}  # automated or not; minutes must not come round again


@dataclass(frozen=True, slots=True)
class Account:
    """One account and all it does: exchange k falls on day k mod ``days``, slot k div ``days``."""

    number: int
    provider: str
    designee: str
    created_at: datetime
    declared_country: str
    payment_id: str | None
    device_id: str | None
    proxy_id: str | None
    asn: int
    exchanges: int
    first_day: int
    days: int
    automated: bool
    evading: int  # its first so many exchanges come from a restricted country
    evades_from: str

    @property
    def account_id(self) -> str:
        """As the provider names it."""
        return f"acct-{self.number:06d}"

    def on_day(self, place: int) -> int:
        """Exchanges on its ``place``-th active day, counted from 0."""
        return self.exchanges // self.days + (place < self.exchanges % self.days)


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole campaign. ``clusters`` are the sizes of the groups that share means."""

    seed: int
    start: datetime
    days: int
    accounts: tuple[Account, ...]
    clusters: tuple[int, ...]


def plan_campaign(
    seed: int,
    accounts: int = 24_000,
    exchanges: int = 16_000_000,
    days: int = 120,
    start: datetime = datetime(2025, 8, 1),
) -> Plan:
    """Decide a campaign; the same arguments give the same plan on every machine.

    Raises ValueError where the exchanges do not fit into accounts and days, or are too few.
    """
    if accounts < 1 or days < 1:
        raise ValueError("a campaign has at least one account and one day")
    if not accounts <= exchanges <= accounts * MOST_A_DAY[False] * (days // 2 or 1):
        most = accounts * MOST_A_DAY[False] * (days // 2 or 1)
        raise ValueError(f"exchanges: between {accounts} and {most} fit into these accounts")
    random = Random(seed)  # noqa: S311 - reproducible, not secret
    clusters = _clusters(random, accounts)
    means = [each for cluster, size in enumerate(clusters) for each in _means(cluster, size)]
    means += [(None, None, None)] * (accounts - len(means))
    opened = _opened(random, accounts, start, days)
    schedule = _schedules(random, accounts, exchanges, days)
    return Plan(
        seed=seed,
        start=start,
        days=days,
        accounts=tuple(
            _account(random, number, means[number], opened[number], schedule[number])
            for number in range(accounts)
        ),
        clusters=tuple(sorted(clusters, reverse=True)),
    )


def _clusters(random: Random, accounts: int) -> list[int]:
    """Hydra-like: many small groups, a few large ones, and a third of all accounts alone."""
    sizes: list[int] = []
    left = accounts * 2 // 3
    while left >= 2:
        size = min(left, 2 + int(random.paretovariate(0.9)))
        sizes.append(min(size, max(2, accounts // 8)))
        left -= sizes[-1]
    return sizes


def _means(cluster: int, size: int) -> list[tuple[str | None, str | None, str | None]]:
    """Payments tie five accounts each; the last and first of neighboring fives share a device."""
    found: list[tuple[str | None, str | None, str | None]] = []
    for member in range(size):
        link = (member + 1) // TIED
        tied = member % TIED in (0, TIED - 1) and 0 < link <= (size - 1) // TIED
        device = f"dev-{cluster}-{link}" if tied else f"dev-{cluster}-own-{member}"
        proxy = f"exit-{cluster}" if cluster % 4 == 0 else None
        found.append((f"pay-{cluster}-{member // TIED}", device, proxy))
    if size > 1 and size % TIED == 1:  # the last of the cluster sits alone on its payment
        payment, _, proxy = found[-1]
        found[-1] = (payment, found[-2][1], proxy)
    return found


def _opened(random: Random, accounts: int, start: datetime, days: int) -> list[datetime]:
    """A third of the accounts in scripted bursts, the others one by one."""
    hours = random.sample(range(days * 24), k=min(days * 24, 1 + accounts // (3 * BURST)))
    moments = [
        start + timedelta(hours=hours[(n // BURST) % len(hours)], seconds=n % BURST * 60)
        for n in range(accounts // 3)
    ]
    moments += [
        start + timedelta(seconds=random.randrange(days * 86_400))
        for _ in range(accounts - len(moments))
    ]
    random.shuffle(moments)
    return moments


def _schedules(
    random: Random, accounts: int, exchanges: int, days: int
) -> list[tuple[int, int, int, bool]]:
    """(exchanges, first day, days, automated) of each account; the exchanges sum exactly."""
    weights = [random.paretovariate(1.2) for _ in range(accounts)]
    total = sum(weights)
    found = []
    for weight in weights:
        automated = random.random() < 0.2
        active = random.randint(max(1, days // 2), days)
        most = MOST_A_DAY[automated] * active
        wanted = 1 + int((exchanges - accounts) * weight / total)
        first = random.randrange(days - active + 1)
        found.append([min(wanted, most), first, active, automated])
    left = exchanges - sum(each[0] for each in found)
    for each in found:  # what rounding and the daily limits left over
        added = min(left, MOST_A_DAY[bool(each[3])] * each[2] - each[0])
        each[0] += added
        left -= added
    return [(each[0], each[1], each[2], bool(each[3])) for each in found]


def _account(
    random: Random,
    number: int,
    means: tuple[str | None, str | None, str | None],
    opened: datetime,
    schedule: tuple[int, int, int, bool],
) -> Account:
    exchanges, first_day, days, automated = schedule
    evades = random.random() < 0.4
    return Account(
        number=number,
        provider=random.choice(PROVIDERS),
        designee=random.choice(DESIGNEES),
        created_at=opened,
        declared_country=random.choice(DECLARED),
        payment_id=means[0],
        device_id=means[1],
        proxy_id=means[2],
        asn=64_512 + random.randrange(300),
        exchanges=exchanges,
        first_day=first_day,
        days=days,
        automated=automated,
        evading=random.randint(1, exchanges) if evades else 0,
        evades_from=random.choice(RESTRICTED),
    )
