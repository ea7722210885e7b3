"""My work: what needs this person, and where their teams' cases stand."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from access.models import User
from access.words import Standing
from casemgr.docketing.remembered import remembered
from casemgr.models import Case, CaseElement, Task
from casemgr.web.notices import Notice, notices_of
from casemgr.web.since import CaseSince, since
from casemgr.web.task_list import shown
from casemgr.web.waiting import Waiting, waiting_for
from casemgr.words import UNASSESSED, Grade

MOST_SHOWN = 20
NOTICES_SHOWN = 8
GRADES = (*[grade.value for grade in Grade], None)  # None: never assessed


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One team with the number of its open cases in each grade, weakest first."""

    key: str
    name: str
    counts: tuple[int, ...]

    @property
    def graded(self) -> list[tuple[str, int]]:
        """Each grade, as the docket asks for it, with its count."""
        names = [grade or UNASSESSED for grade in GRADES]
        return list(zip(names, self.counts, strict=True))

    @property
    def total(self) -> int:
        """Open cases of the team."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the first page shows."""

    standings: tuple[str, ...]
    reads_cases: bool
    teams: tuple[TeamRow, ...]
    cases: list[Any]
    elements: list[CaseElement]
    waiting: tuple[Waiting, ...]
    tasks: list[Task]
    notices: list[Notice]
    since: list[CaseSince]
    last_here: datetime | None


def desk_of(user: User, day: date, last_here: datetime | None = None) -> Desk:
    """Read the desk in a number of queries that does not grow with the work.

    ``last_here`` is when the reader's visit before this one ended.
    """
    standings = user.standings()
    visible = Case.objects.visible_to(user)
    return Desk(
        standings=tuple(sorted(standing.value for standing in standings)),
        reads_cases=bool(standings - {Standing.ADMINISTRATOR}),
        teams=remembered(user, "open cases of each team by grade", day, lambda: _teams(user)),
        cases=list(
            visible.in_progress()
            .worked_on_by(user)
            .with_current_assessment()
            .with_authority(day)
            .with_oldest_serious_flag(day)
            .with_next_deadline()
            .select_related("designee")
            .order_by("key")[:MOST_SHOWN]
        ),
        elements=list(
            CaseElement.objects.filter(case__in=visible.in_progress(), assignee=user)
            .select_related("case", "element")
            .order_by("due_on", "case__key", "pk")[:MOST_SHOWN]
        ),
        waiting=waiting_for(user, day),
        tasks=list(
            shown(Task.objects.visible_to(user).unfinished().given_to(user))
            .with_flag_cleared()
            .soonest_due_first()[:MOST_SHOWN]
        ),
        notices=notices_of(user, unread=True, most=NOTICES_SHOWN),
        since=since(user, last_here),
        last_here=last_here,
    )


def _teams(user: User) -> tuple[TeamRow, ...]:
    # Any: the type checker does not see what the named query annotates.
    cases: Any = Case.objects.visible_to(user).in_progress().with_current_assessment()
    rows = cases.order_by().values("team__name", "team__key", "grade").annotate(cases=Count("pk"))
    found: dict[tuple[str, str], dict[str | None, int]] = {}
    for row in rows:
        team = row["team__name"], row["team__key"]
        found.setdefault(team, {})[row["grade"]] = row["cases"]
    return tuple(
        TeamRow(key, name, tuple(counts.get(grade, 0) for grade in GRADES))
        for (name, key), counts in sorted(found.items())
    )
