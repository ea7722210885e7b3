"""Sufficiency: what the evidence on one element weighs against the authority's threshold.

Each supporting item weighs the product of its factors (weights.py). Facts are counted by root:
copies of one root are one fact at the weight of its best copy. The facts of one origin count
1, 1/2, 1/4 ... from the strongest down, because a second fact from one witness is more than one
and less than two witnesses. The sum over origins is set against the threshold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import NamedTuple

from casemgr.apa import weights
from casemgr.apa.origins import Origin, Provenance, Root, Stand
from casemgr.apa.record import Link
from casemgr.words import Attribution, Directness
from designations.library.model import Element
from designations.words import ElementKind
from evidence.words import Interest, Order, RelativeTo

# Elements that do not by themselves ask "is it about this person?": where a link names nobody, the
# question does not arise. Where it names somebody else, it does.
NOT_PERSONAL = frozenset(
    {
        ElementKind.LEGAL,
        ElementKind.PROCESS,
        ElementKind.EXCEPTION,
        ElementKind.JURISDICTIONAL,
        ElementKind.TIMING,
    }
)
NOBODY = frozenset({None, Attribution.NONE})
AGES = frozenset({ElementKind.STATUS, ElementKind.FORWARD})


class Weighed(NamedTuple):
    """One root an item stands for on one element: its weight in `weights.UNIT` scale."""

    root: Root
    weight: int
    stale: bool


class Entry(NamedTuple):
    """One item bearing on one element: the link, where it comes from, and what it weighs."""

    link: Link
    provenance: Provenance
    weighed: tuple[Weighed, ...]
    outside_period: bool
    interested: bool  # everyone it goes back to gains by the finding

    @property
    def key(self) -> str:
        """The item's key."""
        return self.link.item

    @property
    def weight(self) -> int:
        """Weight on the element, by the best root."""
        return max(w.weight for w in self.weighed)

    @property
    def stale(self) -> bool:
        """Whether the state it shows is too old for the element, on every root."""
        return all(w.stale for w in self.weighed)

    @property
    def direct(self) -> bool:
        """Whether it is stated to show the element itself, within the element's time."""
        return self.link.directness is Directness.DIRECT and not self.outside_period


@dataclass(frozen=True, slots=True)
class Yardstick:
    """How one element measures its evidence."""

    element: Element
    live: bool
    day: date | None  # ages are measured from here
    decided_on: date | None

    @property
    def ages(self) -> bool:
        """Whether the element asks for a present or future state, which old facts do not show."""
        return self.element.kind in AGES or self.element.fresh_days is not None

    def entry(self, link: Link, provenance: Provenance) -> Entry:
        """Weigh one item on the element."""
        outside = self._outside_period(provenance)
        interested = _interested(link, provenance)
        factor = (
            self._directness(link, outside)
            * self._attribution(link)
            * (weights.INTERESTED if interested else weights.ONE)
        )
        weighed = tuple([self._weigh(stand, provenance, factor) for stand in provenance.stands])
        return Entry(link, provenance, weighed, outside, interested)

    def _weigh(self, stand: Stand, provenance: Provenance, factor: int) -> Weighed:
        stale = self.ages and self._stale(stand, provenance)
        age = weights.STALE if stale else weights.ONE
        return Weighed(stand.root, (stand.quality * factor * age) << weights.HALVINGS, stale)

    def _directness(self, link: Link, outside: bool) -> int:
        if outside:
            return weights.DIRECTNESS[Directness.BACKGROUND]
        if link.directness is None:
            return weights.SILENT if self.live else weights.ONE
        return weights.DIRECTNESS[link.directness]

    def _attribution(self, link: Link) -> int:
        if self.element.kind in NOT_PERSONAL and link.attribution in NOBODY:
            return weights.ONE
        if link.attribution is None:
            return weights.SILENT if self.live else weights.ONE
        return weights.ATTRIBUTION[link.attribution]

    def _outside_period(self, provenance: Provenance) -> bool:
        """The item speaks of another time than the element does: background at most."""
        item, period = provenance.item, self.element.period
        if item.relative and item.relative.to is RelativeTo.CONDUCT:
            return item.relative.order is Order.BEFORE
        if period is None or item.occurred is None:
            return False
        starts, ends = item.occurred.start, item.occurred.end
        if period.start and ends and ends.last() < period.start.first():
            return True
        return bool(period.end and starts and starts.first() > period.end.last())

    def _stale(self, stand: Stand, provenance: Provenance) -> bool:
        if stand.ended:
            return True
        days = self.element.fresh_days
        if days is None:
            occurred = provenance.item.occurred
            if occurred and occurred.end and self.decided_on:
                return occurred.end.last() < self.decided_on
            if not self.live:
                return False
            days = weights.FRESH_DAYS.get(str(self.element.kind), weights.FRESH_DAYS["status"])
        if stand.shown is None:
            return self.live
        return self.day is not None and stand.shown + timedelta(days=days) < self.day


def _interested(link: Link, provenance: Provenance) -> bool:
    if link.interest is not Interest.DEFAULT:
        return link.interest is Interest.INTERESTED
    return provenance.interested


def by_origin(entries: Iterable[Entry]) -> dict[Origin, int]:
    """Weight of each origin, in `weights.UNIT` scale."""
    facts: dict[Origin, dict[tuple[str, str], int]] = {}
    for entry in entries:
        for weighed in entry.weighed:
            of_origin = facts.setdefault(weighed.root.origin, {})
            if weighed.weight >= of_origin.get(weighed.root.id, 0):
                of_origin[weighed.root.id] = weighed.weight
    return {origin: _from_one(roots) for origin, roots in facts.items()}


def _from_one(roots: dict[tuple[str, str], int]) -> int:
    if len(roots) == 1:
        return next(iter(roots.values()))
    # A source named without an item of its own may be speaking in the items we hold: it adds no
    # fact beside them, and counts where it is the better account.
    named = sorted((w for (kind, _), w in roots.items() if kind == "source"), reverse=True)
    items = sorted((w for (kind, _), w in roots.items() if kind == "item"), reverse=True)
    facts = (max(pair) for pair in zip_longest(items, named, fillvalue=0))
    return sum(weight >> min(place, weights.HALVINGS) for place, weight in enumerate(facts))


def total(entries: Sequence[Entry]) -> int:
    """Weight of all entries together, in `weights.UNIT` scale."""
    return sum(by_origin(entries).values())


def about_the_subject(entry: Entry, element: Element, live: bool) -> bool:
    """Whether the item is about the subject of the element (or the question does not arise)."""
    attribution = entry.link.attribution
    if element.kind in NOT_PERSONAL and attribution in NOBODY:
        return True
    if attribution is None:
        return not live
    return attribution in (Attribution.DESIGNEE, Attribution.AGENT, Attribution.NOT_APPLICABLE)
