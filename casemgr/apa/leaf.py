"""Judging one leaf element: doctrines, grade, strike number."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casemgr.apa.doctrines import ON_ELEMENTS
from casemgr.apa.grade import grade_element
from casemgr.apa.origins import Origin
from casemgr.apa.report import Adjustment, Flag
from casemgr.apa.sufficiency import Entry
from casemgr.apa.view import ElementView
from casemgr.words import DecidedBy, Grade


@dataclass(frozen=True, slots=True)
class Judged:
    """What the doctrines say of one element, and the grade that follows."""

    grade: Grade
    decided_by: DecidedBy
    flags: tuple[Flag, ...]
    adjustments: tuple[Adjustment, ...]


def judge(view: ElementView) -> Judged:
    """Run every doctrine over one element and grade it."""
    flags: list[Flag] = []
    adjustments: list[Adjustment] = []
    for doctrine in ON_ELEMENTS:
        for raised in doctrine(view):
            if isinstance(raised, Flag):
                flags.append(raised)
            else:
                adjustments.append(raised)
    flags.sort(key=flag_order)
    grade, decided_by = grade_element(view, tuple(flags))
    return Judged(grade, decided_by, tuple(flags), tuple(adjustments))


def flag_order(flag: Flag) -> tuple[bool, int, str, str]:
    """Pending flags last, then by severity, doctrine and subject."""
    return (flag.pending, flag.severity.rank, flag.doctrine, flag.subject)


def strike_number(view: ElementView, judged: Judged) -> int | None:
    """How many independent origins a court must disregard before the element grades weak or below.

    0 if it does already; None where no number of origins decides it (an element not judged by
    evidence). The strongest origins are taken away first.
    """
    if judged.grade.rank <= Grade.WEAK.rank:
        return 0
    if not view.weighed or not view.origins:
        return None
    order = [origin for _, origin in sorted((-weight, o) for o, weight in view.origins.items())]
    # Below the threshold an element is weak unless a prediction is given latitude: walk from the
    # first number of strikes that leaves the support short.
    low, high = 1, len(order)
    while low < high:
        middle = (low + high) // 2
        if judge(without_origins(view, frozenset(order[:middle]))).grade.rank <= Grade.WEAK.rank:
            high = middle
        else:
            low = middle + 1
    return low


def without_origins(view: ElementView, struck: frozenset[Origin]) -> ElementView:
    """The same element with some origins disregarded, and the analyses that rest on them."""
    return replace(view, supports=tuple(_left(view.supports, struck)))


def _left(entries: tuple[Entry, ...], struck: frozenset[Origin]) -> Iterator[Entry]:
    for entry in entries:
        rests_on = entry.provenance.rests_on
        if rests_on and rests_on <= struck:
            continue
        kept = tuple(w for w in entry.weighed if w.root.origin not in struck)
        if len(kept) == len(entry.weighed):
            yield entry
        elif kept:
            roots = {w.root.id for w in kept}
            stands = tuple(s for s in entry.provenance.stands if s.root.id in roots)
            yield replace(entry, weighed=kept, provenance=replace(entry.provenance, stands=stands))
