"""Searching by words: what was typed becomes a query, and hits are shown where they stand.

Two configurations of PostgreSQL are asked at once: ``english`` finds "distilled" by
"distillation", ``simple`` finds names and numbers as they are written. The last word typed
finds what begins with it, as long as nothing more particular is asked for.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
)
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from evidence.models import EvidenceItem, Passage, SearchText

MOST = 200
"""Characters of a question that are read; nobody types more, and the parser costs by length."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
# From the private use area: no text holds them, and what does is shown without them.
_BEGIN, _END = "\ue000", "\ue001"
_PARTICULAR = re.compile(r'"|(^|\s)-|\bor\b', re.IGNORECASE)


def prefixes(typed: str) -> str:
    """The query, in PostgreSQL's own notation, of all words with the last one as a beginning.

    Empty where a beginning would be guesswork: of fewer than three letters, or when the reader
    quotes, excludes or says "or".

    >>> prefixes("moonshot deeps")
    "'moonshot' & 'deeps':*"
    >>> prefixes('"deep seek" rep')
    ''
    """
    found = re.findall(r"\w+", typed)
    if not found or len(found[-1]) < 3 or _PARTICULAR.search(typed):
        return ""
    return " & ".join(f"'{word}'" for word in found) + ":*"


def query_of(typed: str) -> SearchQuery:
    """What was typed as a query of the index. Words are all wanted; "quoted", -without, or."""
    asked = SearchQuery(typed, config="english", search_type="websearch") | SearchQuery(
        typed, config="simple", search_type="websearch"
    )
    if beginning := prefixes(typed):
        asked |= SearchQuery(beginning, config="simple", search_type="raw")
    return asked


def cleaned(typed: str) -> str:
    """What was typed without what the database cannot take, and not endlessly long."""
    return " ".join(typed.replace("\x00", "").split())[:MOST]


def matching(items: QuerySet[EvidenceItem], typed: str) -> QuerySet[EvidenceItem]:
    """Those of the items that the words are found in, or in a file of theirs.

    By a SHA-256, those that hold the file.
    """
    if _SHA256.fullmatch(typed.lower()):
        return items.filter(pk__in=_holding(typed.lower()))
    query = query_of(typed)
    own = SearchText.objects.filter(document=query).values("item_id")
    in_files = Passage.objects.filter(document=query).order_by().values("exhibit__item_id")
    # One list of keys from two indexes: an "or" over a join would read every item.
    return items.filter(pk__in=own.union(in_files))


def ranked(items: QuerySet[EvidenceItem], typed: str) -> QuerySet[EvidenceItem]:
    """Best match first. A hit in the title counts most, then source and columns, then text."""
    return ranked_by(items, query_of(typed))


def ranked_by(items: QuerySet[EvidenceItem], query: Any) -> QuerySet[EvidenceItem]:
    """Best match of a query of the index first."""
    rank = SearchRank(F("search_text__document"), query)
    return items.annotate(rank=Coalesce(rank, 0.0)).order_by("-rank", "-recorded_at", "-pk")


@dataclass(frozen=True, slots=True)
class Hit:
    """Title and passage of an item with the words found in them marked, safe to show."""

    title: SafeString
    passage: SafeString
    file: "FileHit | None" = None


@dataclass(frozen=True, slots=True)
class FileHit:
    """The first passage of a file of the item with the words found in it marked."""

    filename: str
    place: str
    passage: SafeString
    by_ocr: bool = False


def hits(pks: list[int], typed: str) -> dict[int, Hit]:
    """The hits of one page of items, in two queries; only they are read word by word."""
    if not typed or not pks:
        return {}
    query = query_of(typed)
    options: dict[str, Any] = {
        "config": "english",
        "start_sel": _BEGIN,
        "stop_sel": _END,
    }
    rows = EvidenceItem.objects.filter(pk__in=pks).annotate(
        title_hit=SearchHeadline("title", query, highlight_all=True, **options),
        summary_hit=SearchHeadline(
            "summary", query, max_words=45, min_words=20, max_fragments=2, **options
        ),
        text_hit=SearchHeadline(
            "text", query, max_words=35, min_words=15, max_fragments=2, **options
        ),
        citation_hit=SearchHeadline("citation", query, highlight_all=True, **options),
    )
    files = _file_hits(pks, query, options)
    return {
        pk: Hit(marked(title), marked(_best(*passages)), files.get(pk))
        for pk, title, *passages in rows.values_list(
            "pk", "title_hit", "summary_hit", "text_hit", "citation_hit"
        )
    }


def _file_hits(pks: list[int], query: Any, options: dict[str, Any]) -> dict[int, FileHit]:
    first = (
        Passage.objects.filter(exhibit__item__in=pks, document=query)
        .order_by("exhibit__item_id", "exhibit__position", "exhibit_id", "number")
        .distinct("exhibit__item_id")
        .values("pk")
    )
    rows = Passage.objects.filter(pk__in=first).annotate(
        hit=SearchHeadline("text", query, max_words=35, min_words=15, max_fragments=2, **options)
    )
    return {
        item: FileHit(filename, place, marked(hit), by_ocr)
        for item, filename, place, hit, by_ocr in rows.values_list(
            "exhibit__item_id", "exhibit__filename", "place", "hit", "by_ocr"
        )
    }


def marked(headline: str) -> SafeString:
    """A headline of the database as HTML: its text escaped, the words found in ``<mark>``."""
    shown = re.sub(
        f"{_BEGIN}([^{_BEGIN}{_END}]*){_END}", r"<mark>\1</mark>", str(escape(headline or ""))
    )
    return mark_safe(shown.replace(_BEGIN, "").replace(_END, ""))  # noqa: S308 - escaped above


def _best(*passages: str) -> str:
    """The first passage with a hit in it, else the first with words."""
    for passage in passages:
        if _BEGIN in (passage or ""):
            return passage
    return passages[0] or ""


def _holding(sha256: str) -> QuerySet[EvidenceItem, int]:
    return EvidenceItem.objects.filter(Q(exhibits__blob=sha256)).values_list("pk", flat=True)
