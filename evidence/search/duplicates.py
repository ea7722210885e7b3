"""Whether something like this is logged already: the same file, the same address or Message-ID,
or much the same title from the same source on the same day. Speaks only of what the reader may
see.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from access.models import User
from evidence.models import EvidenceItem
from evidence.search.words import ranked_by

Items = QuerySet[EvidenceItem]
MOST = 5
CANDIDATES = 25
ALIKE = 0.6
"""Share of words that two titles have in common, from which they are much the same; taste."""

_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "it", "its", "of",
     "on", "or", "s", "says", "that", "the", "their", "this", "to", "was", "were", "with")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entered:
    """What is being entered, as far as it is typed."""

    words: str = ""  # the title, or what it says where it has none
    addresses: tuple[str, ...] = ()
    sha256: str = ""
    message_id: str = ""  # of an e-mail, with its angle brackets
    source: str = ""  # a name
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """An item that may be the same thing, and why."""

    item: EvidenceItem
    why: str
    same: bool  # the same file or address, not only alike


def alike(
    entered: Entered, user: User, except_for: int | None = None, *, closely: bool = True
) -> list[Alike]:
    """Items that may be the same thing, the surest first; at most two queries.

    Unless ``closely``, only those with the same file or address.
    """
    visible = EvidenceItem.objects.visible_to(user).select_related("source")
    if except_for is not None:
        visible = visible.exclude(pk=except_for)
    found: dict[int, Alike] = {}
    for item, why in _same(entered, visible):
        found.setdefault(item.pk, Alike(item, why, same=True))
    for item, why in _similar(entered, visible) if closely else ():
        found.setdefault(item.pk, Alike(item, why, same=False))
    return list(found.values())[:MOST]


def likeness(one: str, other: str) -> float:
    """The share of their words that two texts have in common, small words apart.

    >>> likeness("The smuggled chips", "Smuggled chips found")
    0.6666666666666666
    """
    ours, theirs = _words(one), _words(other)
    if not ours or not theirs:
        return 0.0
    return len(ours & theirs) / len(ours | theirs)


def _same(entered: Entered, visible: Items) -> Iterator[tuple[EvidenceItem, str]]:
    wanted = Q()
    for address in entered.addresses:
        wanted |= Q(citation__contains=address)
    if entered.message_id:
        wanted |= Q(citation__contains=entered.message_id)
    if entered.sha256:
        wanted |= Q(exhibits__blob=entered.sha256)
    if not wanted:
        return
    for item in visible.filter(wanted).distinct().prefetch_related("exhibits")[:MOST]:
        if entered.sha256 in {exhibit.blob_id for exhibit in item.exhibits.all()}:
            yield item, "has the same file"
        elif entered.message_id and entered.message_id in item.citation:
            yield item, "has the same Message-ID"
        else:
            yield item, "cites the same address"


def _similar(entered: Entered, visible: Items) -> Iterator[tuple[EvidenceItem, str]]:
    words = sorted(_words(entered.words), key=len, reverse=True)[:12]
    if len(words) < 2:
        return
    query = SearchQuery(" | ".join(f"'{word}'" for word in words), search_type="raw")
    for item in ranked_by(visible.filter(search_text__document=query), query)[:CANDIDATES]:
        share = max(
            likeness(entered.words, item.title), likeness(entered.words, item.summary[:400])
        )
        same_source = bool(entered.source) and entered.source.casefold() == (
            item.source.name.casefold() if item.source else ""
        )
        same_day = bool(entered.dated) and entered.dated == str(item.dated or "")
        # What else agrees makes up for words that do not.
        if share >= ALIKE - 0.15 * same_source - 0.15 * same_day:
            also = [word for word, holds in (("source", same_source), ("date", same_day)) if holds]
            said = f", with the same {' and '.join(also)}" if also else ""
            yield item, f"says much the same{said}"


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if word not in _SMALL}
