"""How many cases stood in each stage, and had each grade, on the days of the past weeks.

Read from the spells of stages and from the stored assessments, not from today's rows: a case that
is decided today still counts as open on the days on which it was. Three queries however many
cases and days.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.db.models.functions import TruncDate

from casemgr.models import OPEN_STAGES, Stage, StageSpell
from casemgr.models.case_queries import CaseQuerySet
from casemgr.words import UNASSESSED, Grade

WEEKS = 13


@dataclass(frozen=True, slots=True)
class Series:
    """One stage or grade with its number of cases at the end of each day."""

    value: str
    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Open cases at the end of each day, by stage and by grade."""

    days: tuple[date, ...]
    stages: tuple[Series, ...]
    grades: tuple[Series, ...]
    totals: tuple[int, ...]


def week_ends(today: date, weeks: int = WEEKS) -> tuple[date, ...]:
    """Today, and the same day of the weeks before, oldest first."""
    return tuple(today - timedelta(days=7 * back) for back in range(weeks, -1, -1))


def history_of(cases: CaseQuerySet, days: Sequence[date]) -> History:
    """How ``cases`` stood at the end of each of ``days``."""
    moves = _stage_moves(cases)
    stages = [
        Series(stage.value, stage.label, _standing(moves.get(stage.value, ()), days))
        for stage in Stage
        if stage in OPEN_STAGES
    ]
    totals = tuple(sum(counts) for counts in zip(*(each.counts for each in stages), strict=True))
    graded = _grade_moves(cases)
    grades = [
        Series(grade.value, grade.value, _standing(graded.get(grade.value, ()), days))
        for grade in Grade
    ]
    assessed = [sum(counts) for counts in zip(*(each.counts for each in grades), strict=True)]
    never = tuple(total - known for total, known in zip(totals, assessed, strict=True))
    return History(
        days=tuple(days),
        stages=tuple(stages),
        grades=(Series(UNASSESSED, "not assessed", never), *grades),
        totals=totals,
    )


Moves = Iterable[tuple[date, int]]
"""(day, cases that came less those that left), in any order."""


def _standing(moves: Moves, days: Sequence[date]) -> tuple[int, ...]:
    """How many there were at the end of each day."""
    known = sorted(moves)
    sums = list(accumulate(number for _, number in known))
    at = [bisect_right(known, (day, 1 << 62)) for day in days]
    return tuple(sums[place - 1] if place else 0 for place in at)


def _stage_moves(cases: CaseQuerySet) -> Mapping[str, list[tuple[date, int]]]:
    """By stage, the days on which cases came into it and left it."""
    zone = ZoneInfo(settings.DECISION_TIME_ZONE)
    spells: Any = StageSpell.objects.filter(
        case__in=cases.order_by().values("pk"), stage__in=OPEN_STAGES
    ).order_by()
    found: dict[str, list[tuple[date, int]]] = {}
    for column, sign in (("began_at", 1), ("ended_at", -1)):
        rows = (
            spells.filter(**{f"{column}__isnull": False})
            .annotate(day=TruncDate(column, tzinfo=zone))
            .values_list("stage", "day")
            .annotate(number=Count("pk"))
        )
        for stage, day, number in rows:
            found.setdefault(stage, []).append((day, sign * number))
    return found


# An assessment holds until the next one. It counts while its case was open.
_GRADES = """
WITH graded AS (
    SELECT case_id, grade, assessed_at AS began_at,
           lead(assessed_at) OVER (PARTITION BY case_id ORDER BY seq) AS ended_at
      FROM casemgr_assessment WHERE case_id IN ({cases})
), piece AS (
    SELECT grade, greatest(graded.began_at, spell.began_at) AS began_at,
           least(graded.ended_at, spell.ended_at) AS ended_at
      FROM graded JOIN casemgr_stagespell AS spell USING (case_id)
     WHERE spell.stage = ANY (%s)
), moved AS (
    SELECT grade, began_at AS at, 1 AS number FROM piece
     WHERE ended_at IS NULL OR began_at < ended_at
    UNION ALL
    SELECT grade, ended_at, -1 FROM piece WHERE began_at < ended_at
)
SELECT grade, (at AT TIME ZONE %s)::date, sum(number)::int FROM moved GROUP BY 1, 2
"""


def _grade_moves(cases: CaseQuerySet) -> Mapping[str, list[tuple[date, int]]]:
    """By grade, the days on which open cases came to it and left it."""
    seen, values = cases.order_by().values("pk").query.sql_with_params()
    zone = settings.DECISION_TIME_ZONE
    found: dict[str, list[tuple[date, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            _GRADES.format(cases=seen), [*values, [stage.value for stage in OPEN_STAGES], zone]
        )
        for grade, day, number in cursor.fetchall():
            found.setdefault(grade, []).append((day, number))
    return found
