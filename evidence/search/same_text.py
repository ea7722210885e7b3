"""Files of other items whose text is much the same, as far as the reader may see them.

Found by an index of bands (evidence.intake.likeness), never by reading all texts. Whether one
copies the other, and which, is for an analyst to say.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from access.models import User
from designations.clock import today
from evidence.intake.likeness import MUCH, like_places, likeness
from evidence.models import Derivation, EvidenceItem, Exhibit, IntakeState, TextPrint

MOST = 5
"""Files that are named of one file, the most alike first."""

CANDIDATES = 500
"""Prints that are compared, the newest first; more is text that a whole office copies."""

_MOST_FILES = 100


@dataclass(frozen=True, slots=True)
class SameText:
    """Another file with much the same text."""

    exhibit: Exhibit
    percent: int
    """Of their shingles that the two have in common, estimated."""
    places: str
    """Where in the file looked at; empty where it has no pages."""
    derived: bool
    """Whether one item is said to come from the other, today."""


def much_the_same(
    item: EvidenceItem, exhibits: Collection[Exhibit], user: User
) -> dict[int, list[SameText]]:
    """What is much the same as each of these files of the item, by the file's id.

    At most five queries, however many files there are.
    """
    ours = {
        row.pk: row
        for row in TextPrint.objects.filter(exhibit__in=exhibits).order_by("pk")[:_MOST_FILES]
    }
    found = _alike(item, ours, user) if ours else {}
    shown = {pk for pairs in found.values() for _, pk in pairs}
    if not shown:
        return {}
    theirs = TextPrint.objects.in_bulk(shown)
    exhibits_of = Exhibit.objects.select_related("item").in_bulk(shown)
    others = {exhibit.item_id for exhibit in exhibits_of.values()}
    derived = _derived(item, others)
    return {
        pk: [
            SameText(
                exhibits_of[other],
                round(100 * share),
                in_runs(
                    like_places(
                        (ours[pk].places, ours[pk].sketches),
                        (theirs[other].places, theirs[other].sketches),
                    )
                ),
                exhibits_of[other].item_id in derived,
            )
            for share, other in pairs
        ]
        for pk, pairs in found.items()
    }


def in_runs(places: Iterable[str]) -> str:
    """Places as one writes them.

    >>> in_runs(["page 1", "page 2", "page 3", "page 7", "slide 2"])
    'pages 1–3, 7, slide 2'
    """
    said = []
    parted = [_PLACE.fullmatch(place) for place in places if place]
    for kind, group in groupby((each for each in parted if each), key=lambda each: each[1]):
        numbers = [int(each[2]) for each in group]
        runs = _runs(numbers)
        said.append(f"{kind}{'s' if len(numbers) > 1 else ''} {', '.join(runs)}")
    return ", ".join(said)


_PLACE = re.compile(r"(page|slide) (\d+)")


def _runs(numbers: Sequence[int]) -> list[str]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        elif not runs or number != runs[-1][-1]:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]


def _alike(
    item: EvidenceItem, ours: dict[int, TextPrint], user: User
) -> dict[int, list[tuple[float, int]]]:
    bands = sorted({band for row in ours.values() for band in row.bands})
    candidates = list(
        TextPrint.objects.filter(
            bands__overlap=bands, exhibit__item__in=EvidenceItem.objects.visible_to(user)
        )
        .exclude(exhibit__item=item)
        .exclude(exhibit__intake__state=IntakeState.QUARANTINED)
        .order_by("-pk")
        .values_list("pk", "signature")[:CANDIDATES]
    )
    found = {}
    for pk, row in ours.items():
        shares = ((likeness(row.signature, other), there) for there, other in candidates)
        best = sorted((each for each in shares if each[0] >= MUCH), reverse=True)[:MOST]
        if best:
            found[pk] = best
    return found


def _derived(item: EvidenceItem, others: set[int]) -> set[int]:
    rows = Derivation.objects.as_of(today()).filter(
        Q(child=item, parent_item__in=others) | Q(parent_item=item, child__in=others)
    )
    pairs = rows.values_list("child_id", "parent_item_id")
    return {pk for pair in pairs for pk in pair if pk is not None}
