"""Giving people work on a case, changing it, and finishing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from access.models import User
from access.revision import StaleRevisionError, revise
from casemgr.actions.notices import tell_of_task
from casemgr.actions.recorded import recorded
from casemgr.clock import decision_day
from casemgr.models import (
    UNFINISHED,
    Case,
    CaseElement,
    NoticeKind,
    Stage,
    Task,
    TaskState,
    TrackedFlag,
)
from casemgr.people import who_work_on

OVER = (Stage.DECLINED, Stage.CLOSED)
"""Stages in which nobody is given new work on a case."""

NEXT_STATES: Mapping[TaskState, tuple[TaskState, ...]] = {
    TaskState.OPEN: (TaskState.DOING, TaskState.DONE, TaskState.DROPPED),
    TaskState.DOING: (TaskState.DONE, TaskState.OPEN, TaskState.DROPPED),
    TaskState.DONE: (TaskState.OPEN,),
    TaskState.DROPPED: (TaskState.OPEN,),
}
"""Where a task can go from each state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """What a task is made of; ``doctrine``, ``subject`` and ``cure`` when it comes from a flag."""

    title: str
    note: str = ""
    element: CaseElement | None = None
    assignee: User | None = None
    due_on: date | None = None
    doctrine: str = ""
    subject: str = ""
    cure: str = ""


def make_task(case: Case, new: NewTask, *, actor: User, reason: str) -> Task:
    """Add a task to a case, and tell whom it is given to.

    Raises ValidationError for a case that is over, a due day that has passed, someone who does
    not work on the case, an element of another case, or a flag that is not raised.
    """
    if case.stage in OVER:
        raise ValidationError(f"{case.key} is {case.get_stage_display()}: it takes no new work.")
    if new.element is not None and new.element.case_id != case.pk:
        raise ValidationError({"element": "That is an element of another case."})
    _works_on(case, new.assignee)
    _still_ahead(new.due_on)
    if new.doctrine:
        _is_raised(case, new)
    elif new.subject or new.cure:
        raise ValidationError({"doctrine": "Name the doctrine of the flag that this would cure."})
    with recorded(actor, reason):
        task = Task(
            case=case,
            case_element=new.element,
            title=" ".join(new.title.split()),
            note=new.note,
            assignee=new.assignee,
            due_on=new.due_on,
            doctrine=new.doctrine,
            flag_subject=new.subject,
            cure=new.cure,
            created_by=actor,
        )
        task.full_clean()
        task.save(force_insert=True)
        tell_of_task(NoticeKind.ASSIGNED, task, task.assignee, by=actor)
    return task


_EDITABLE = frozenset({"title", "note", "assignee", "due_on"})


def amend_task(task: Task, expected: int, *, actor: User, reason: str, **changes: Any) -> Task:
    """Change what is to be done, by whom or until when; a new assignee is told.

    ``expected`` is the revision the author saw. Raises StaleRevisionError when it has moved,
    ValidationError for a finished task or a value that cannot be, TypeError for what is changed
    otherwise.
    """
    if unknown := sorted(set(changes) - _EDITABLE):
        raise TypeError(f"{', '.join(unknown)} cannot be amended: there is an action for that.")
    with recorded(actor, reason):
        task = _locked(task)
        if task.is_finished:
            raise ValidationError(f"This task is {task.get_state_display()}: open it again first.")
        before = task.assignee_id
        if "assignee" in changes:
            _works_on(task.case, changes["assignee"])
        if "due_on" in changes and changes["due_on"] != task.due_on:
            _still_ahead(changes["due_on"])
        if "title" in changes:
            changes["title"] = " ".join(changes["title"].split())
        for name, value in changes.items():
            setattr(task, name, value)
        task.full_clean()
        revise(task, expected, **changes)
        if task.assignee_id != before:
            tell_of_task(NoticeKind.ASSIGNED, task, task.assignee, by=actor)
    return task


def move_task(
    task: Task, expected: int, state: TaskState, *, actor: User, reason: str, why: str = ""
) -> Task:
    """Begin, finish, drop or reopen a task; who made it is told when it is finished.

    ``why`` is kept with a finished task and is required to drop one. Raises ValidationError where
    there is no such way, StaleRevisionError when someone else changed the task.
    """
    if state is TaskState.DROPPED and not why.strip():
        raise ValidationError({"why": "Say why the task is dropped."})
    with recorded(actor, why.strip() or reason):
        task = _locked(task)
        if task.revision != expected:
            raise StaleRevisionError(task, expected)
        if state not in NEXT_STATES[TaskState(task.state)]:
            raise ValidationError({"to": f"This task is {task.get_state_display()} already."})
        finished = state not in UNFINISHED
        revise(
            task,
            expected,
            state=state.value,
            closed_at=timezone.now() if finished else None,
            closing_reason=why.strip() if finished else "",
        )
        if finished:
            tell_of_task(NoticeKind.FINISHED, task, task.created_by, by=actor)
    return task


def _locked(task: Task) -> Task:
    # "of self": assignee and element may be null, and an outer join cannot be locked.
    rows = Task.objects.select_for_update(of=("self",))
    return rows.select_related("case__team", "created_by", "assignee").get(pk=task.pk)


def _works_on(case: Case, person: User | None) -> None:
    if person is not None and not who_work_on(case).filter(pk=person.pk).exists():
        raise ValidationError(
            {"assignee": f"{person} does not work on this case: choose someone of its team."}
        )


def _still_ahead(day: date | None) -> None:
    if day is not None and day < decision_day():
        raise ValidationError({"due_on": "That day has passed: choose one still ahead."})


def _is_raised(case: Case, new: NewTask) -> None:
    code = new.element.element.code if new.element else ""
    flags = TrackedFlag.objects.filter(
        case=case, element_code=code, doctrine=new.doctrine, cleared_on__isnull=True
    )
    if new.subject:
        flags = flags.filter(subject=new.subject)
    if not flags.exists():
        where = code or "the case as a whole"
        raise ValidationError({"doctrine": f"No flag {new.doctrine} is raised on {where} now."})
