"""Portfolio runs as their pages show them: how far one is, and what it moved."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Now

from access.models import User
from casemgr.models import Assessment, Case
from casemgr.reassess.portfolio import UNASSESSED, Move
from casemgr.words import Grade
from evidence.models import Job, JobKind
from evidence.models.job import JobQuerySet

MOST_SHOWN = 100
"""Cases named on the page of a run; of more the number is said."""

FELL, ROSE, FIRST, SAME = "fell", "rose", "assessed for the first time", "unchanged"


def runs_of(user: User) -> JobQuerySet:
    """The runs that the user sees, with how far they are, the newest first."""
    runs: JobQuerySet = Job.objects.filter(kind=JobKind.PORTFOLIO).visible_to(user)
    return runs.with_progress().select_related("team", "asked_by").order_by("-asked_at", "-pk")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: of ``total`` cases, ``done`` ended well and ``failed`` did not."""

    total: int
    done: int
    failed: int

    @classmethod
    def of(cls, run: Any) -> "Progress":
        """From a run read ``with_progress()``."""
        return cls(run.total, run.done, run.failed)

    @property
    def through(self) -> int:
        """Cases that need no more work in this run."""
        return self.done + self.failed

    @property
    def percent(self) -> int:
        """Rounded down, so that a hundred means all.

        >>> Progress(total=1000, done=998, failed=1).percent
        99
        """
        return 100 * self.through // self.total if self.total else 100

    @property
    def tenth(self) -> int:
        """0 to 10: a screen reader is told each tenth, not each case."""
        return self.percent // 10

    @property
    def left(self) -> int:
        """Cases not yet looked at."""
        return self.total - self.through

    @property
    def open(self) -> int:
        """Cases that resuming the run would assess: those left and those that failed."""
        return self.total - self.done


@dataclass(frozen=True, slots=True)
class ShownMove:
    """Cases that went the same way; ``before`` is empty for those never assessed before."""

    before: str
    after: str
    cases: int
    way: str


def shown_moves(moves: Iterable[Move]) -> list[ShownMove]:
    """What fell first, the deepest falls on top; what stayed as it was at the end.

    >>> [m.way for m in shown_moves((Move("weak", "weak", 9), Move("strong", "weak", 1)))]
    ['fell', 'unchanged']
    """
    order = (FELL, ROSE, FIRST, SAME)
    shown = [
        ShownMove("" if m.before == UNASSESSED else m.before, m.after, m.cases, _way(m))
        for m in moves
    ]
    return sorted(shown, key=lambda each: (order.index(each.way), -_distance(each)))


def summed(moves: Iterable[ShownMove]) -> dict[str, int]:
    """Cases by the way they went, those of no case left out.

    >>> summed(shown_moves((Move("weak", "weak", 9), Move("weak", "weak", 1))))
    {'unchanged': 10}
    """
    found: dict[str, int] = {}
    for move in moves:
        found[move.way] = found.get(move.way, 0) + move.cases
    return found


def _way(move: Move) -> str:
    if move.before == UNASSESSED:
        return FIRST
    before, after = Grade(move.before).rank, Grade(move.after).rank
    return SAME if before == after else FELL if after < before else ROSE


def _distance(move: ShownMove) -> int:
    before = Grade(move.before).rank if move.before else 0
    return abs(Grade(move.after).rank - before)


@dataclass(frozen=True, slots=True)
class Change:
    """A case whose grade became another."""

    key: str
    title: str
    before: str
    after: str


def changed_cases(run: Job, reader: User) -> list[Change]:
    """Cases that the reader sees whose grade became another between the run's start and end.

    The run counts moves and keeps no names, so a case that an edit moved meanwhile is among them.
    One more than MOST_SHOWN where there are more.
    """
    if run.started_at is None:
        return []
    cases = Case.objects.visible_to(reader)
    if run.team_id is not None:
        cases = cases.filter(team=run.team_id)
    earlier = Assessment.objects.filter(case=OuterRef("case"), seq=OuterRef("seq") - 1)
    rows = (
        Assessment.objects.filter(case__in=cases, seq__gt=1, assessed_at__gte=run.started_at)
        .filter(assessed_at__lte=run.ended_at or Now())
        .annotate(before=Subquery(earlier.values("grade")))
        .exclude(before=F("grade"))
        .order_by("case__key", "seq")
        .values_list("case__key", "case__title", "before", "grade")
    )
    return [Change(*row) for row in rows[: MOST_SHOWN + 1]]
