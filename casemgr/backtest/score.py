"""Step 4: recall, false alarms, the confusion table, ordering, and the null model beside each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casemgr.backtest.folder import Pair
from casemgr.backtest.ground import GROUPS, Ground
from casemgr.words import DecidedBy, Grade


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    flagged: int
    total: int

    @property
    def fraction(self) -> float | None:
        """To four places; None where there is nothing to count."""
        return round(self.flagged / self.total, 4) if self.total else None

    def __str__(self) -> str:
        return f"{self.flagged} / {self.total}"


@dataclass(frozen=True, slots=True)
class Figures:
    """One group of grounds, the engine and the null model on the same grounds."""

    recall: Share  # flagged of those held deficient
    by_the_courts_doctrine: Share  # of those held deficient where the court's doctrine is named
    false_alarms: Share  # flagged of those upheld
    null_recall: Share
    null_false_alarms: Share
    silent_upheld: int  # upheld grounds of which nothing is stated: no alarm was possible

    @property
    def false_alarms_where_possible(self) -> Share:
        """The same false alarms, the silent upheld grounds left out."""
        return Share(self.false_alarms.flagged, self.false_alarms.total - self.silent_upheld)


@dataclass(frozen=True, slots=True)
class Ordering:
    """Pairs of which the first must grade below the second."""

    held: int
    failed: tuple[tuple[str, str, Grade, Grade], ...]
    not_compared: tuple[Pair, ...]  # a case or element that is not in this folder


@dataclass(frozen=True, slots=True)
class Score:
    """Everything the back-test reports."""

    grounds: tuple[Ground, ...]
    all: Figures
    groups: Mapping[str, Figures]  # only groups with a scored ground
    confusion: Mapping[tuple[str, Grade], int]  # scored grounds by finding and grade
    ordering: Ordering


def score(
    grounds: Sequence[Ground], grades: Mapping[str, Grade], ordering: Iterable[Pair]
) -> Score:
    """Score the grounds and compare the pairs. ``grades`` maps CASE/ELEMENT to its grade."""
    scored = [ground for ground in grounds if ground.scored]
    by_group = {name: [each for each in scored if each.group == name] for name in GROUPS}
    return Score(
        grounds=tuple(grounds),
        all=_figures(scored),
        groups={name: _figures(members) for name, members in by_group.items() if members},
        confusion=Counter((ground.court, ground.grade) for ground in scored),
        ordering=_ordering(ordering, grades),
    )


def _figures(grounds: Iterable[Ground]) -> Figures:
    grounds = list(grounds)
    deficient = [ground for ground in grounds if ground.court == "deficient"]
    upheld = [ground for ground in grounds if ground.court == "upheld"]
    return Figures(
        recall=_share(ground.flagged for ground in deficient),
        by_the_courts_doctrine=_share(
            ground.caught_by_the_courts_doctrine for ground in deficient if ground.court_doctrines
        ),
        false_alarms=_share(ground.flagged for ground in upheld),
        null_recall=_share(ground.null for ground in deficient),
        null_false_alarms=_share(ground.null for ground in upheld),
        silent_upheld=sum(
            ground.decided_by is DecidedBy.SILENT and not ground.flagged for ground in upheld
        ),
    )


def _share(flags: Iterable[bool]) -> Share:
    flags = list(flags)
    return Share(sum(flags), len(flags))


def _ordering(pairs: Iterable[Pair], grades: Mapping[str, Grade]) -> Ordering:
    held = 0
    failed = []
    not_compared = []
    for below, above in dict.fromkeys(pairs):
        if below not in grades or above not in grades:
            not_compared.append((below, above))
        elif grades[below].rank < grades[above].rank:
            held += 1
        else:
            failed.append((below, above, grades[below], grades[above]))
    return Ordering(held, tuple(failed), tuple(not_compared))
