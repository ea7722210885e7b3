"""A case as a manager sees it: one row, the same in the API, in CSV and in a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.clock import day_of
from casemgr.models import CaseElement
from casemgr.words import UNASSESSED
from casemgr.work_product import HANDLING

Cell = str | int | date | None

COLUMNS = (
    "case", "title", "designee", "team", "authority", "stage", "stage_since", "days_in_stage",
    "grade", "fatal_flags", "serious_flags", "pending_flags", "oldest_serious_flag",
    "oldest_serious_flag_raised_on", "days_unresolved", "lead", "assignees", "package",
    "opened_on", "next_deadline",
)  # fmt: skip

# What a spreadsheet would take for the beginning of a formula, or for the end of a cell before it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStatus:
    """One case as a manager sees it."""

    case: str
    title: str
    designee: str
    team: str
    authority: str
    stage: str
    stage_since: date | None
    """The day it entered its stage, or came into the service in it."""
    days_in_stage: int | None
    grade: str
    fatal_flags: int
    serious_flags: int
    pending_flags: int
    oldest_serious_flag: Mapping[str, Any] | None
    days_unresolved: int | None
    """Days since the oldest unresolved serious or fatal flag was raised."""
    lead: str
    assignees: tuple[str, ...]
    package: str
    opened_on: date
    next_deadline: date | None


def case_rows(cases: Sequence[Any], today: date) -> Iterator[CaseStatus]:
    """The rows of cases as ``casemgr.docketing.page.lines`` reads them."""
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
        since = day_of(case.stage_since) if case.stage_since else None
        yield CaseStatus(
            case=case.key,
            title=case.title,
            designee=case.designee.name if case.designee else "",
            team=case.team.name,
            authority=case.authority_name or "",
            stage=case.stage,
            stage_since=since,
            days_in_stage=(today - since).days if since else None,
            grade=case.grade or UNASSESSED,
            fatal_flags=assessment.get("fatal", 0),
            serious_flags=assessment.get("serious", 0),
            pending_flags=assessment.get("pending", 0),
            oldest_serious_flag=flag,
            days_unresolved=(today - raised).days if raised else None,
            lead=case.lead.username if case.lead else "",
            assignees=tuple(assignees.get(case.pk, ())),
            package=case.package.key if case.package else "",
            opened_on=case.opened_on,
            next_deadline=case.next_deadline,
        )


def cells(row: CaseStatus) -> tuple[Cell, ...]:
    """The row in the order of COLUMNS, each value of its own type."""
    flag = row.oldest_serious_flag or {}
    raised = flag.get("raised_on")
    values: dict[str, Cell] = {
        "oldest_serious_flag": f"{flag['element'] or 'case'}: {flag['doctrine']}" if flag else "",
        "oldest_serious_flag_raised_on": date.fromisoformat(raised) if raised else None,
        "assignees": " ".join(row.assignees),
    }
    return tuple(values[name] if name in values else getattr(row, name) for name in COLUMNS)


def csv_rows(rows: Iterator[CaseStatus] | Sequence[CaseStatus]) -> Iterator[tuple[str, ...]]:
    """The rows as text for a CSV file: the handling first, then the names of the columns."""
    yield (HANDLING,)
    yield COLUMNS
    for row in rows:
        yield tuple(inert(cell) for cell in cells(row))


def inert(value: object) -> str:
    """A cell as text; one that a spreadsheet would take for a formula is made plain text.

    >>> inert("=1+1"), inert("A = 1"), inert(None)
    ("'=1+1", 'A = 1', '')
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
