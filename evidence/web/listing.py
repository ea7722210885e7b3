"""The list of evidence: a page of rows with their hits, and what one can narrow it by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from access.models import Team, User
from evidence.models import EvidenceItem
from evidence.search.asked import Asked
from evidence.search.counted import Counted, counted
from evidence.search.facets import FACETS, Choice, Facet, choices, with_facets
from evidence.search.words import Hit, hits

ITEMS_A_PAGE = 50
CSV_COLUMNS = (
    "key", "kind", "title", "summary", "source", "source_role", "citation", "dated_on",
    "entered_on", "recorded_at", "hand", "reliability", "credibility", "access", "privilege",
    "markings", "file", "linked", "claims", "standing", "team",
)  # fmt: skip
# A spreadsheet takes a cell that begins like this for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the list with the words found in it."""

    item: Any  # annotated with its facets
    hit: Hit | None

    @property
    def marks(self) -> list[str]:
        """What sets the item apart, in words."""
        found = []
        if self.item.facet_status != "current":
            found.append(self.item.facet_status)
        if self.item.facet_link == "unlinked":
            found.append("not linked")
        if self.item.facet_delivery == "waiting":
            found.append("delivered, not accepted yet")
        if "citation" in self.item.facet_exhibit:
            found.append("citation only")
        if "quarantined" in self.item.facet_exhibit:
            found.append("a file in quarantine")
        if "not-whole" in self.item.facet_exhibit:
            found.append("a file not whole as stored")
        if "contradicted" in self.item.facet_claims:
            found.append("a number is contradicted")
        return found


@dataclass(frozen=True, slots=True)
class OfferedFacet:
    """A facet with the choices to show."""

    facet: Facet
    choices: list[Choice]
    open: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A choice that narrows the list, and the query without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page of a list whose length is not counted yet."""

    object_list: Sequence[int]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether pages come before it."""
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """The page after."""
        return self.number + 1


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything the page shows."""

    asked: Asked
    page: Page[Any] | Stretch
    rows: list[Row]
    facets: list[OfferedFacet]
    taken: list[Taken]
    total: int | None
    """Items of the whole list; None while they are not counted."""

    @property
    def handling(self) -> list[str]:
        """Every marking of what the page shows: how the page as a whole is handled."""
        return sorted({code for row in self.rows for code in row.item.markings})


def read_list(user: User, asked: Asked, number: str, *, wait: bool = False) -> ListPage:
    """Read one page; the number of queries depends on nothing.

    Where counting takes longer than a page may it is left out, unless one is ready to ``wait``.
    """
    found = counted(user, asked, wait=wait)
    # Keys first: what a facet says of an item is then read for those of the page alone.
    keys: Any = asked.rows(user).values_list("pk", flat=True)
    page: Page[Any] | Stretch
    if found is None:
        page = _stretch(keys, number)
        if page.has_previous and not page.object_list:
            return read_list(user, asked, number, wait=True)  # the last page is shown instead
    else:
        paginator = Paginator(keys, ITEMS_A_PAGE)
        paginator.count = found[""].get("", 0)  # counted already, with the facets
        page = paginator.get_page(number)
    pks = list(page.object_list)
    teams = dict(Team.objects.visible_to(user).values_list("key", "name"))
    shown = with_facets(EvidenceItem.objects.filter(pk__in=pks), user)
    of_pk = {item.pk: item for item in shown.select_related("source", "owner_team")}
    items = [of_pk[pk] for pk in pks]
    hit = hits(pks, asked.words)
    return ListPage(
        asked=asked,
        page=page,
        rows=[Row(item, hit.get(item.pk)) for item in items],
        facets=list(_offered(asked, found, teams)),
        taken=list(_taken(asked, teams)),
        total=None if found is None else found[""].get("", 0),
    )


def _stretch(keys: Any, asked: str) -> Stretch:
    """The page of that number, and whether another follows."""
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 9 else 1
    begin = (number - 1) * ITEMS_A_PAGE
    found = list(keys[begin : begin + ITEMS_A_PAGE + 1])
    return Stretch(found[:ITEMS_A_PAGE], number, len(found) > ITEMS_A_PAGE)


def _offered(asked: Asked, found: Counted | None, teams: dict[str, str]) -> Iterator[OfferedFacet]:
    """The facets that tell items apart here: one with a single value narrows nothing."""
    for place, facet in enumerate(FACETS):
        chosen = asked.chosen.get(facet.name, ())
        names = teams if facet.name == "team" else {}
        offered = choices(facet, found[facet.name] if found else None, chosen, names)
        if len(offered) > 1 or chosen:
            yield OfferedFacet(facet, offered, open=bool(chosen) or place < 3)


def _taken(asked: Asked, teams: dict[str, str]) -> Iterator[Taken]:
    if asked.words:
        yield Taken("words", asked.words, asked.address(q=""))
    for facet in FACETS:
        words = {**facet.words, **(teams if facet.name == "team" else {})}
        for value in asked.chosen.get(facet.name, ()):
            without = asked.address(without=(facet.name, value))
            yield Taken(facet.label.lower(), words.get(value, value), without)
    for name, label, day in (
        ("from", "dated from", asked.dated_from),
        ("to", "dated to", asked.dated_to),
    ):
        if day:
            yield Taken(label, day.isoformat(), asked.address(None, **{name: ""}))


def csv_rows(user: User, asked: Asked) -> Iterator[tuple[str, ...]]:
    """Every item of the list as text, the names of the columns first."""
    yield CSV_COLUMNS
    for item in with_facets(asked.rows(user), user).iterator(chunk_size=2000):
        yield tuple(_plain(value) for value in _cells(item))


def _cells(item: EvidenceItem) -> tuple[Any, ...]:
    row: Any = item
    source = item.source
    return (
        item.key, item.kind, item.title, item.summary, source.name if source else "",
        source.role if source else "", item.citation, item.dated or "", item.entered or "",
        item.recorded_at.isoformat(timespec="seconds"), item.hand, item.reliability,
        item.credibility or "", item.access, item.privilege, " ".join(item.markings),
        " ".join(row.facet_exhibit), row.facet_link, " ".join(row.facet_claims), row.facet_status,
        item.owner_team.key,
    )  # fmt: skip


def _plain(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
