"""What a reader asked a list of evidence for, as it stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.http import QueryDict

from access.models import User
from evidence.models import EvidenceItem
from evidence.search.facets import FACETS, narrowed, with_facets
from evidence.search.words import cleaned, matching, ranked

BEST = "best"
SORTS: Mapping[str, tuple[str, tuple[Any, ...]]] = {
    "newest": ("newest in the record", ("-recorded_at", "-pk")),
    "oldest": ("oldest in the record", ("recorded_at", "pk")),
    "dated": ("latest date of its own", (F("dated_on").desc(nulls_last=True), "-pk")),
    "dated-first": ("earliest date of its own", (F("dated_on").asc(nulls_last=True), "pk")),
    "title": ("title", ("title", "key")),
    "source": ("source", (F("source__name").asc(nulls_last=True), "key")),
    "key": ("key", ("key",)),
}
"""How a list can be ordered: the word in the address, what a reader reads, the columns."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Words, choices, dates and order; a value that no list knows counts as not asked."""

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dated_from: date | None = None
    dated_to: date | None = None
    sort: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        """Parse the query of the address."""
        words = cleaned(query.get("q", ""))
        sort = query.get("sort", "")
        known = sort in SORTS or (sort == BEST and words)
        return cls(
            words=words,
            chosen={
                facet.name: tuple(
                    dict.fromkeys(
                        value
                        for value in query.getlist(facet.name)
                        if value and "\x00" not in value and len(value) <= 64
                    )
                )
                for facet in FACETS
            },
            dated_from=_day(query.get("from", "")),
            dated_to=_day(query.get("to", "")),
            sort=sort if known else BEST if words else "newest",
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.words or any(self.chosen.values()) or self.dated_from or self.dated_to)

    def sorts(self) -> list[tuple[str, str]]:
        """The orders to offer: value and label."""
        best = [(BEST, "best match")] if self.words else []
        return best + [(name, label) for name, (label, _) in SORTS.items()]

    def address(self, without: tuple[str, str] | None = None, **changed: str) -> str:
        """The query of the same list, with one choice taken away or parts changed."""
        pairs: list[tuple[str, str]] = []
        if self.words:
            pairs.append(("q", self.words))
        pairs += [(name, value) for name, values in self.chosen.items() for value in values]
        for name, day in (("from", self.dated_from), ("to", self.dated_to)):
            if day:
                pairs.append((name, day.isoformat()))
        if self.sort != (BEST if self.words else "newest"):
            pairs.append(("sort", self.sort))
        kept = [pair for pair in pairs if pair != without and pair[0] not in changed]
        return urlencode(kept + [(name, value) for name, value in changed.items() if value])

    def items(self, user: User) -> QuerySet[EvidenceItem]:
        """What the reader may see of what words and dates ask for."""
        items: QuerySet[EvidenceItem] = EvidenceItem.objects.visible_to(user)
        if self.words:
            items = matching(items, self.words)
        if self.dated_from:
            items = items.filter(dated_on__gte=self.dated_from)
        if self.dated_to:
            items = items.filter(dated_on__lte=self.dated_to)
        return items

    def base(self, user: User) -> QuerySet[EvidenceItem]:
        """The same with its facets, to be counted."""
        return with_facets(self.items(user), user)

    def rows(self, user: User) -> QuerySet[EvidenceItem]:
        """The items of the list, in its order, with their source and team."""
        chosen = [name for name, values in self.chosen.items() if values]
        items = narrowed(with_facets(self.items(user), user, chosen), self.chosen)
        items = items.select_related("source", "owner_team")
        if self.sort == BEST:
            return ranked(items, self.words)
        return items.order_by(*SORTS[self.sort][1])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
