"""What managers ask: what is ready, what is stuck, on whom, and since when.

Attorney work product, stamped on every way out. The number of queries does not depend on the
number of cases.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser

from access.models import User
from casemgr.clock import decision_day
from casemgr.models import OPEN_STAGES, Case, CaseElement, Stage
from casemgr.models.case_queries import CaseQuerySet
from casemgr.words import Grade
from casemgr.work_product import HANDLING

UNASSESSED = "not-assessed"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStatus:
    """One case as a manager sees it."""

    case: str
    title: str
    designee: str
    team: str
    authority: str
    stage: str
    grade: str
    fatal_flags: int
    serious_flags: int
    pending_flags: int
    oldest_serious_flag: Mapping[str, Any] | None
    days_unresolved: int | None
    """Days since the oldest unresolved serious or fatal flag was raised."""
    lead: str
    assignees: tuple[str, ...]
    opened_on: date
    next_deadline: date | None


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


CSV_COLUMNS = (
    "case", "title", "designee", "team", "authority", "stage", "grade", "fatal_flags",
    "serious_flags", "pending_flags", "oldest_serious_flag", "oldest_serious_flag_raised_on",
    "days_unresolved", "lead", "assignees", "opened_on", "next_deadline",
)  # fmt: skip


def cases_for_status(user: User | AnonymousUser, narrow: StatusFilter, day: date) -> CaseQuerySet:
    """The cases the user sees, narrowed, with everything a row shows, weakest wait first."""
    cases = (
        Case.objects.visible_to(user)
        .with_current_assessment()
        .with_oldest_serious_flag(day)
        .with_next_deadline()
        .with_authority(day)
        .select_related("designee", "team", "lead")
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
    """The status of the cases a user sees; ``limit`` bounds the rows, never the figures."""
    today = day or decision_day()
    cases = cases_for_status(user, narrow or StatusFilter(), today)
    # One pass over every case for the figures, of nothing but what they count; what a row shows
    # is read for the rows shown.
    standing = cases.standing()
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
    shown = _in_order(cases, [pk for pk, *_ in standing[:limit]])
    oldest = shown[0].oldest_serious_flag if shown else None
    return Status(
        as_of=today,
        cases=sum(stages.values()),
        by_stage={stage: stages[stage] for stage in Stage.values if stages[stage]},
        by_grade={g: grades[g] for g in (UNASSESSED, *(w.value for w in Grade)) if grades[g]},
        by_stage_and_grade=crossed,
        oldest_serious_flag={"case": shown[0].key, **oldest} if oldest else None,
        overdue=overdue,
        rows=tuple(_rows(shown, today)),
    )


def csv_rows(rows: tuple[CaseStatus, ...]) -> Iterator[tuple[str, ...]]:
    """The rows as text for a CSV file: the handling first, then the names of the columns."""
    yield (HANDLING,)
    yield CSV_COLUMNS
    for row in rows:
        flag = row.oldest_serious_flag or {}
        values = {
            "oldest_serious_flag": f"{flag['element'] or 'case'}: {flag['doctrine']}"
            if flag
            else "",
            "oldest_serious_flag_raised_on": flag.get("raised_on", ""),
            "assignees": " ".join(row.assignees),
        }
        yield tuple(
            _text(values[name] if name in values else getattr(row, name)) for name in CSV_COLUMNS
        )


def _in_order(cases: CaseQuerySet, ids: Sequence[int]) -> list[Any]:
    """These cases with what a row shows, in this order."""
    found = {case.pk: case for case in cases.filter(pk__in=ids).order_by()}
    return [found[pk] for pk in ids if pk in found]


def _rows(cases: list[Any], today: date) -> Iterator[CaseStatus]:
    assignees: dict[int, list[str]] = {}
    for case_id, name in (
        CaseElement.objects.filter(case__in=[case.pk for case in cases], assignee__isnull=False)
        .order_by("assignee__username")
        .values_list("case_id", "assignee__username")
        .distinct()
    ):
        assignees.setdefault(case_id, []).append(name)
    for case in cases:
        assessment = case.assessment or {}
        flag = case.oldest_serious_flag
        raised = date.fromisoformat(flag["raised_on"]) if flag else None
        yield CaseStatus(
            case=case.key,
            title=case.title,
            designee=case.designee.name if case.designee else "",
            team=case.team.name,
            authority=case.authority_name or "",
            stage=case.stage,
            grade=case.grade or UNASSESSED,
            fatal_flags=assessment.get("fatal", 0),
            serious_flags=assessment.get("serious", 0),
            pending_flags=assessment.get("pending", 0),
            oldest_serious_flag=flag,
            days_unresolved=(today - raised).days if raised else None,
            lead=case.lead.username if case.lead else "",
            assignees=tuple(assignees.get(case.pk, ())),
            opened_on=case.opened_on,
            next_deadline=case.next_deadline,
        )


def _text(value: object) -> str:
    """A cell; one that a spreadsheet would take for a formula is made plain text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
