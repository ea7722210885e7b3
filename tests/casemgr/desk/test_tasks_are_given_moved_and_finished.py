"""Work on a case: who can be given it, what becomes of it, and who is told."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from access.models import Marking
from access.revision import StaleRevisionError
from casemgr.actions.tasks import NewTask, amend_task, make_task, move_task
from casemgr.clock import decision_day
from casemgr.ledger.change import Change
from casemgr.models import Case, NoticeKind, Notification, Stage, Task, TaskState
from tests.access.factories import UserFactory
from tests.casemgr.factories import a_case, element_of

BY = {"reason": "a test"}


def told(person, kind) -> list[Task | None]:
    return [
        each.task for each in Notification.objects.filter(person=person, kind=kind).order_by("pk")
    ]


def test_whom_it_is_given_to_is_told_and_the_giver_is_not(desk):
    task = desk.task(assignee=desk.ana)
    own = desk.task(assignee=desk.cora)
    assert told(desk.ana, NoticeKind.ASSIGNED) == [task]
    assert own.assignee == desk.cora
    assert told(desk.cora, NoticeKind.ASSIGNED) == []


def test_only_people_who_work_on_the_case_can_be_given_it(desk):
    auditor = UserFactory(auditor=True)
    for person in (desk.stranger, auditor):
        with pytest.raises(ValidationError, match="does not work on this case"):
            desk.task(assignee=person)
    Marking.objects.create(code="CUI", title="Controlled")
    Case.objects.filter(pk=desk.case.pk).update(markings=["CUI"])
    desk.case.refresh_from_db()
    with pytest.raises(ValidationError, match="does not work on this case"):
        desk.task(assignee=desk.ana)


def test_a_day_that_has_passed_and_a_case_that_is_over_are_refused(desk):
    with pytest.raises(ValidationError) as refused:
        desk.task(due_on=decision_day() - timedelta(days=1))
    assert list(refused.value.message_dict) == ["due_on"]
    Case.objects.filter(pk=desk.case.pk).update(stage=Stage.CLOSED)
    desk.case.refresh_from_db()
    with pytest.raises(ValidationError, match="takes no new work"):
        desk.task()


def test_it_may_lie_overdue_and_still_be_amended(desk):
    task = desk.task(due_on=decision_day())
    Task.objects.filter(pk=task.pk).update(due_on=decision_day() - timedelta(days=3))
    task.refresh_from_db()
    amended = amend_task(task, 1, title="Look again", due_on=task.due_on, actor=desk.ana, **BY)
    assert amended.title == "Look again"


def test_giving_it_to_another_tells_the_other(desk):
    task = desk.task(assignee=desk.ana)
    amend_task(task, 1, assignee=desk.mona, actor=desk.cora, **BY)
    amend_task(task, 2, note="And soon.", actor=desk.cora, **BY)
    assert told(desk.mona, NoticeKind.ASSIGNED) == [task]


def test_of_two_who_change_it_the_second_is_told_that_it_moved(desk):
    task = desk.task()
    amend_task(task, 1, note="one", actor=desk.ana, **BY)
    with pytest.raises(StaleRevisionError):
        amend_task(task, 1, note="two", actor=desk.cora, **BY)
    with pytest.raises(StaleRevisionError):
        move_task(task, 1, TaskState.DONE, actor=desk.cora, **BY)


def test_finishing_tells_who_made_it_and_closes_it(desk):
    task = desk.task(assignee=desk.ana)
    move_task(task, 1, TaskState.DOING, actor=desk.ana, **BY)
    done = move_task(task, 2, TaskState.DONE, why="Found it.", actor=desk.ana, **BY)
    assert (done.state, done.closing_reason, done.revision) == ("done", "Found it.", 3)
    assert done.closed_at is not None
    assert told(desk.cora, NoticeKind.FINISHED) == [task]
    with pytest.raises(ValidationError, match="open it again first"):
        amend_task(done, 3, title="Other", actor=desk.ana, **BY)
    again = move_task(done, 3, TaskState.OPEN, actor=desk.ana, **BY)
    assert (again.closed_at, again.closing_reason) == (None, "")


def test_dropping_needs_a_reason_which_the_history_keeps(desk):
    task = desk.task()
    with pytest.raises(ValidationError, match="Say why"):
        move_task(task, 1, TaskState.DROPPED, why=" ", actor=desk.ana, **BY)
    move_task(task, 1, TaskState.DROPPED, why="The source is closed", actor=desk.ana, **BY)
    assert Change.objects.of(task).last().reason == "The source is closed"


def test_there_is_no_way_from_done_to_done(desk):
    task = desk.task()
    move_task(task, 1, TaskState.DONE, actor=desk.ana, **BY)
    with pytest.raises(ValidationError, match="done already"):
        move_task(task, 2, TaskState.DONE, actor=desk.ana, **BY)


def test_the_database_refuses_what_no_action_would_do(desk):
    task = desk.task()
    other = a_case(desk.case.team, actor=desk.ana)
    broken = (
        {"state": "dropped"},
        {"state": "later"},
        {"title": "  "},
        {"cure": "of nothing"},
        {"case_element": element_of(other, "L-1")},
    )
    for change in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(**change)
    with pytest.raises(DatabaseError, match="Cannot delete rows"), transaction.atomic():
        Task.objects.filter(pk=task.pk).delete()


def test_an_element_of_another_case_is_refused(desk):
    other = a_case(desk.case.team, actor=desk.ana)
    with pytest.raises(ValidationError, match="another case"):
        make_task(
            desk.case,
            NewTask(title="x", element=element_of(other, "L-1")),
            actor=desk.ana,
            reason="a test",
        )
