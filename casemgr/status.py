"""What managers ask: what is ready, what is stuck, on whom, and since when.

Attorney work product, stamped on every way out. The number of queries does not depend on the
number of cases.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.contrib.auth.models import AnonymousUser

from access.models import User
from casemgr.clock import decision_day
from casemgr.docketing.page import lines
from casemgr.docketing.remembered import remembered
from casemgr.docketing.rows import CaseStatus, case_rows
from casemgr.models import OPEN_STAGES, Case, Stage
from casemgr.models.case_queries import CaseQuerySet
from casemgr.words import UNASSESSED, Grade

MOST_ROWS = 1000
"""Rows whose order is remembered with the figures; who wants every row waits for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFilter:
    """Which cases to report on; what is empty does not narrow."""

    team: str = ""
    authority: str = ""
    """A slug, or slug@version."""
    stage: str = ""
    grade: str = ""
    assignee: str = ""
    """Key of a person who leads the case or has an element of it."""
    due_before: date | None = None


@dataclass(frozen=True, slots=True)
class _Figures:
    """What is counted over all cases, and which of them come first."""

    stages: dict[str, int]
    grades: dict[str, int]
    crossed: dict[str, dict[str, int]]
    overdue: int
    first: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The figures, and the cases behind them."""

    as_of: date
    cases: int
    by_stage: Mapping[str, int]
    by_grade: Mapping[str, int]
    by_stage_and_grade: Mapping[str, Mapping[str, int]]
    oldest_serious_flag: Mapping[str, Any] | None
    overdue: int
    rows: tuple[CaseStatus, ...] = field(default_factory=tuple)


def cases_for_status(user: User | AnonymousUser, narrow: StatusFilter, day: date) -> CaseQuerySet:
    """The cases the user sees, narrowed, with what they are counted by, longest wait first."""
    cases = (
        Case.objects.visible_to(user).with_grade().with_oldest_serious_day(day).with_next_deadline()
    )
    if narrow.team:
        cases = cases.filter(team__key=narrow.team)
    if narrow.authority:
        slug, _, label = narrow.authority.partition("@")
        cases = cases.under_authority(slug, label)
    if narrow.stage:
        cases = cases.filter(stage=narrow.stage)
    if narrow.grade:
        unassessed = narrow.grade == UNASSESSED
        cases = cases.never_assessed() if unassessed else cases.graded(narrow.grade)
    if narrow.assignee:
        cases = cases.worked_on_by_key(narrow.assignee)
    if narrow.due_before:
        cases = cases.due_before(narrow.due_before)
    return cases.longest_waiting_first()


def status_of(
    user: User | AnonymousUser,
    narrow: StatusFilter | None = None,
    *,
    day: date | None = None,
    limit: int | None = None,
) -> Status:
    """The status of the cases a user sees; ``limit`` bounds the rows, never the figures.

    Figures and order are worked out once for each state of the docket (docketing.remembered).
    """
    today = day or decision_day()
    asked = narrow or StatusFilter()
    if limit is None or limit > MOST_ROWS:
        figures = _count(user, asked, today, limit)
    else:
        figures = remembered(
            user, repr(asked), today, lambda: _count(user, asked, today, MOST_ROWS)
        )
    shown = lines(list(islice(figures.first, limit)), today)
    oldest = shown[0].oldest_serious_flag if shown else None
    return Status(
        as_of=today,
        cases=sum(figures.stages.values()),
        by_stage=figures.stages,
        by_grade=figures.grades,
        by_stage_and_grade=figures.crossed,
        oldest_serious_flag={"case": shown[0].key, **oldest} if oldest else None,
        overdue=figures.overdue,
        rows=tuple(case_rows(shown, today)),
    )


def _count(
    user: User | AnonymousUser, asked: StatusFilter, today: date, limit: int | None
) -> _Figures:
    """One pass over every case, of nothing but what is counted."""
    standing = cases_for_status(user, asked, today).standing()
    stages: Counter[str] = Counter()
    grades: Counter[str] = Counter()
    crossed: dict[str, Counter[str]] = {}
    overdue = 0
    for _, stage, given, deadline in standing:
        grade = given or UNASSESSED
        stages[stage] += 1
        grades[grade] += 1
        crossed.setdefault(stage, Counter())[grade] += 1
        overdue += stage in OPEN_STAGES and deadline is not None and deadline < today
    return _Figures(
        stages={stage: stages[stage] for stage in Stage.values if stages[stage]},
        grades={g: grades[g] for g in (UNASSESSED, *(w.value for w in Grade)) if grades[g]},
        crossed={stage: dict(counts) for stage, counts in crossed.items()},
        overdue=overdue,
        first=tuple(pk for pk, *_ in standing[:limit]),
    )
