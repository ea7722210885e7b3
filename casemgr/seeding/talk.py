"""Made-up work among people: tasks given out, and what is said on them and on cases."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from access.models import User
from casemgr.models import (
    Case,
    CaseElement,
    Comment,
    Mention,
    NoticeKind,
    Notification,
    Stage,
    Task,
    TaskState,
)
from casemgr.seeding import invented
from casemgr.seeding.copying import Rows
from casemgr.seeding.plan import Plan

_AT_WORK = {Stage.EVIDENCE_BUILDING: 0.5, Stage.LEGAL_REVIEW: 0.4, Stage.DRAFT: 0.2}
"""Share of the cases on which somebody was given something to do, by stage."""
_STATES = {TaskState.OPEN: 55, TaskState.DOING: 25, TaskState.DONE: 15, TaskState.DROPPED: 5}


class TalkMaker:
    """Makes tasks and comments of cases, and tells those concerned once all is written."""

    def __init__(self, plan: Plan, people: list[User], rows: Rows) -> None:
        self.plan = plan
        self.people = people
        self.rows = rows
        self._told: list[Notification] = []

    def about(self, case: Case, elements: list[CaseElement], number: int) -> None:
        """Some cases at work get one to three tasks, and most of those a word or two."""
        chance = self.plan.chance(f"talk/{number}")
        if chance.random() >= _AT_WORK.get(Stage(case.stage), 0):
            return
        for place in range(chance.randrange(1, 4)):
            self._task(case, chance.choice(elements), f"{number:05d}-{place}", chance)
        if chance.random() < 0.3:
            self._say(case, chance, None, None)

    def tell(self) -> None:
        """Write the notifications of what was written before; they are part of no history."""
        Notification.objects.bulk_create(self._told)
        self._told = []

    def _task(self, case: Case, element: CaseElement, name: str, chance: Random) -> None:
        state = chance.choices(list(_STATES), list(_STATES.values()))[0]
        finished = state in (TaskState.DONE, TaskState.DROPPED)
        giver, given = chance.choice(self.people), chance.choice(self.people)
        task = Task(
            key=f"{self.plan.prefix}T-{name}",
            case=case,
            case_element=element,
            title=invented.task_title(element.element.code, chance),
            note=invented.WHY,
            assignee=given if chance.random() < 0.85 else None,
            created_by=giver,
            due_on=(
                self.plan.day + timedelta(days=chance.randrange(-15, 45))
                if chance.random() < 0.7
                else None
            ),
            state=state.value,
            closed_at=timezone.now() if finished else None,
            closing_reason=invented.how_it_ended(chance) if finished else "",
        )
        self.rows.add(task)
        if task.assignee is not None and not finished:
            self._note(NoticeKind.ASSIGNED, task.assignee, giver, case, task=task)
        if chance.random() < 0.4:
            self._say(case, chance, None, task)
        elif chance.random() < 0.3:
            self._say(case, chance, element, None)

    def _say(
        self, case: Case, chance: Random, element: CaseElement | None, task: Task | None
    ) -> None:
        author, called = chance.choice(self.people), chance.choice(self.people)
        comment = Comment(
            case=case,
            case_element=element,
            task=task,
            author=author,
            text=invented.comment_text(called.username, chance),
        )
        self.rows.add(comment)
        self.rows.add(Mention(comment=comment, person=called))
        self._note(NoticeKind.MENTIONED, called, author, case, task=task, comment=comment)

    def _note(
        self,
        kind: NoticeKind,
        person: User,
        by: User,
        case: Case,
        *,
        task: Task | None = None,
        comment: Comment | None = None,
    ) -> None:
        if person.pk != by.pk:
            self._told.append(
                Notification(
                    kind=kind.value, person=person, by=by, case=case, task=task, comment=comment
                )
            )
