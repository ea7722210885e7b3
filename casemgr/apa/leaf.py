"""Judging one leaf element: doctrines, grade, strike number."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from casemgr.apa.doctrines import ON_STATEMENTS, ON_SUPPORT
from casemgr.apa.grade import grade_element
from casemgr.apa.origins import Origin
from casemgr.apa.report import Adjustment, Flag, flag_order
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
    return judge_again(view, view)


def judge_again(whole: ElementView, left: ElementView) -> Judged:
    """Judge an element with some of its support taken away.

    What the doctrines read of the statements is read from the whole: a finding still cites what
    a court disregards.
    """
    return _judged(left, _raise(ON_SUPPORT, left), _raise(ON_STATEMENTS, whole))


Raised = list[Flag | Adjustment]
Doctrine = Callable[[ElementView], Iterator[Flag | Adjustment]]


def _raise(
    doctrines: Iterable[Callable[[ElementView], Iterator[Flag | Adjustment]]], view: ElementView
) -> Raised:
    return [raised for doctrine in doctrines for raised in doctrine(view)]


def _judged(view: ElementView, of_support: Raised, stated: Raised) -> Judged:
    raised = [*of_support, *stated]
    flags = tuple(sorted((r for r in raised if isinstance(r, Flag)), key=flag_order))
    adjustments = tuple(r for r in raised if isinstance(r, Adjustment))
    grade, decided_by = grade_element(view, flags)
    return Judged(grade, decided_by, flags, adjustments)


def strike_number(view: ElementView, judged: Judged) -> int | None:
    """How many independent origins a court must disregard before the element grades weak or below.

    0 if it does already; None where no number of origins decides it (an element not judged by
    evidence). The strongest origins are taken away first.
    """
    if judged.grade.rank <= Grade.WEAK.rank:
        return 0
    if not view.weighed or not view.origins:
        return None
    stated = _raise(ON_STATEMENTS, view)

    def weak_after(strikes: int) -> bool:
        left = without_origins(view, frozenset(order[:strikes]))
        return _judged(left, _raise(ON_SUPPORT, left), stated).grade.rank <= Grade.WEAK.rank

    order = [origin for _, origin in sorted((-weight, o) for o, weight in view.origins.items())]
    strikes, remaining = 0, view.weight
    while strikes < len(order) and remaining >= view.bar:
        remaining -= view.origins[order[strikes]]
        strikes += 1
    # Short of weight it is weak, unless a prediction is given latitude; a doctrine may have made
    # it weak before.
    predicted = view.finding is not None and view.finding.predictive
    while predicted and strikes < len(order) and not weak_after(strikes):
        strikes += 1
    while strikes > 1 and weak_after(strikes - 1):
        strikes -= 1
    return strikes


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
            provenance = entry.provenance._replace(stands=stands)
            yield entry._replace(weighed=kept, provenance=provenance)


def without_entries(view: ElementView, dropped: Callable[[Entry], bool]) -> ElementView:
    """The same element with some of its support disregarded."""
    return replace(view, supports=tuple(entry for entry in view.supports if not dropped(entry)))
