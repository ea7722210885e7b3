"""The list of tasks: whose, where they stand, and until when."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import QueryDict

from access.models import User
from casemgr.docketing.rows import inert
from casemgr.models import UNFINISHED, Task, TaskState
from casemgr.models.task import TaskQuerySet
from casemgr.work_product import HANDLING

TASKS_A_PAGE = 50
MINE, TEAM, NOBODYS, MADE = "mine", "team", "unassigned", "made"
WHOSE = {
    MINE: "Mine",
    TEAM: "My teams’",
    NOBODYS: "Given to no one",
    MADE: "Made by me",
}
UNFINISHED_ONES, ANY = "unfinished", "any"
STATES = {UNFINISHED_ONES: "not finished", **dict(TaskState.choices), ANY: "in any state"}
OVERDUE, THIS_WEEK, UNDATED = "overdue", "week", "none"
DUE = {"": "whenever", OVERDUE: "overdue", THIS_WEEK: "due within a week", UNDATED: "without a day"}
COLUMNS = (
    "task", "case", "element", "title", "state", "assignee", "due", "doctrine", "flag", "cure",
    "made by", "made on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaskFilters:
    """What the reader asked for; a value the list does not know counts as not asked."""

    whose: str = MINE
    state: str = UNFINISHED_ONES
    due: str = ""
    case: str = ""
    cleared: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> "TaskFilters":
        """Parse the query of the address."""
        whose, state = query.get("whose", ""), query.get("state", "")
        due = query.get("due", "")
        case = query.get("case", "").replace("\x00", "")[:64]
        return cls(
            # Who asks for one case means everybody's work on it.
            whose=whose if whose in WHOSE else (TEAM if case else MINE),
            state=state if state in STATES else UNFINISHED_ONES,
            due=due if due in DUE else "",
            case=case,
            cleared=query.get("cleared") == "1",
        )

    def address(self, **changed: str) -> str:
        """The query of the same list with some filters changed."""
        stated = {
            "whose": self.whose,
            "state": "" if self.state == UNFINISHED_ONES else self.state,
            "due": self.due,
            "case": self.case,
            "cleared": "1" if self.cleared else "",
        } | changed
        return urlencode({name: value for name, value in stated.items() if value})

    def narrow(self, tasks: TaskQuerySet, user: User, day: date) -> TaskQuerySet:
        """The tasks asked for, of those given, the soonest due first."""
        match self.whose:
            case "mine":
                tasks = tasks.given_to(user)
            case "unassigned":
                tasks = tasks.filter(assignee__isnull=True)
            case "made":
                tasks = tasks.filter(created_by=user)
        if self.state == UNFINISHED_ONES:
            tasks = tasks.unfinished()
        elif self.state != ANY:
            tasks = tasks.filter(state=self.state)
        match self.due:
            case "overdue":
                tasks = tasks.filter(due_on__lt=day)
            case "week":
                tasks = tasks.filter(due_on__lte=day + timedelta(days=7))
            case "none":
                tasks = tasks.filter(due_on__isnull=True)
        if self.case:
            tasks = tasks.filter(case__key=self.case)
        tasks = tasks.with_flag_cleared()
        if self.cleared:
            tasks = tasks.whose_flag_is_cleared()
        return tasks.soonest_due_first()


@dataclass(frozen=True, slots=True)
class TaskListPage:
    """One page of the list, with how many unfinished tasks stand behind each way of asking."""

    filters: TaskFilters
    page: Page[Task]
    whose: list[tuple[str, str, int]]  # value, label, unfinished tasks
    day: date


def read_task_list(user: User, filters: TaskFilters, number: str, day: date) -> TaskListPage:
    """Read one page; the number of queries does not depend on how many tasks there are."""
    visible = Task.objects.visible_to(user)
    counts = visible.filter(state__in=UNFINISHED).aggregate(
        mine=Count("pk", filter=Q(assignee=user)),
        team=Count("pk"),
        unassigned=Count("pk", filter=Q(assignee__isnull=True)),
        made=Count("pk", filter=Q(created_by=user)),
    )
    tasks = shown(filters.narrow(visible, user, day))
    return TaskListPage(
        filters=filters,
        page=Paginator(tasks, TASKS_A_PAGE).get_page(number),
        whose=[(value, label, counts[value]) for value, label in WHOSE.items()],
        day=day,
    )


def shown(tasks: TaskQuerySet) -> TaskQuerySet:
    """Tasks with what a row of the list shows."""
    return tasks.select_related(
        "case__designee", "case__team", "case_element__element", "assignee", "created_by"
    )


def csv_lines(tasks: TaskQuerySet) -> Iterator[str]:
    """The list as lines of a CSV file (RFC 4180), the handling in the first."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow((HANDLING,))
    yield writer.writerow(COLUMNS)
    for task in shown(tasks).iterator(chunk_size=500):
        yield writer.writerow([inert(cell) for cell in _cells(task)])


def _cells(task: Any) -> tuple[object, ...]:
    flag = ("cleared" if task.flag_cleared else "raised") if task.doctrine else ""
    return (
        task.key,
        task.case.key,
        task.element_code,
        task.title,
        task.state,
        task.assignee.username if task.assignee else "",
        task.due_on,
        task.doctrine,
        flag,
        task.cure,
        task.created_by.username,
        task.created_at.date(),
    )


class _Line:
    """What csv writes to: hands each line on."""

    def write(self, line: str) -> str:
        return line
