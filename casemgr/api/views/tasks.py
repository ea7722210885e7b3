"""Tasks: of one case, and of all the cases one sees."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.etag import expected_revision
from access.api.views import Created, Listed, Retrieved, ScopedViewSet, Updated
from access.policy import Verb
from casemgr.actions.tasks import NewTask, amend_task, make_task, move_task
from casemgr.api.filters import TaskFilter
from casemgr.api.of_case import WithinCase
from casemgr.api.pagination import WorkProductCursor
from casemgr.api.serializers.desk import (
    NewTaskSerializer,
    TaskChangesSerializer,
    TaskMoveSerializer,
    TaskSerializer,
)
from casemgr.models import Task, TaskState

SHOWN = Task.objects.select_related(
    "case", "case_element__element", "assignee", "created_by"
).with_flag_cleared()


class CaseTaskViewSet(WithinCase, Listed, Retrieved, Created, Updated):
    """The work to be done on one case. A task is finished or dropped, never removed."""

    resource = "task"
    verbs: ClassVar = {"move": Verb.CHANGE}
    revised: ClassVar = ("move",)
    queryset = SHOWN
    serializer_class = TaskSerializer
    requests: ClassVar = {
        "create": NewTaskSerializer,
        "partial_update": TaskChangesSerializer,
        "move": TaskMoveSerializer,
    }
    pagination_class = WorkProductCursor
    filterset_class = TaskFilter
    lookup_field = "key"
    lookup_value_converter = "key"

    def shown(self, row: Task) -> Task:
        """Read again, with where its flag stands."""
        return SHOWN.get(pk=row.pk)

    def act_create(self, data: dict[str, Any]) -> Task:
        """Add a task, and tell whom it is given to."""
        code = data.pop("element")
        element = self.element(code) if code else None
        return make_task(self.parent, NewTask(element=element, **data), **self.attribution())

    def act_update(self, row: Task, data: dict[str, Any], expected: int) -> Task:
        """Change what is to be done, by whom or until when."""
        return amend_task(row, expected, **data, **self.attribution())

    @extend_schema(responses=TaskSerializer)
    @action(detail=True, methods=["post"], url_path="state")
    def move(self, request: Request, **_kwargs: str) -> Response:
        """Begin, finish, drop or reopen the task."""
        task = self.get_object()
        expected = expected_revision(request, task)
        taken = self.taken(request, TaskMoveSerializer)
        moved = move_task(
            task, expected, TaskState(taken["to"]), why=taken["why"], **self.attribution()
        )
        return self.answer(moved)


class TaskViewSet(Listed, ScopedViewSet):
    """The tasks of all the cases one sees."""

    resource = "task"
    team_path = "case.team"
    queryset = SHOWN
    serializer_class = TaskSerializer
    pagination_class = WorkProductCursor
    filterset_class = TaskFilter
    cursor_ordering: ClassVar[tuple[str, ...]] = ("pk",)

    def get_queryset(self) -> QuerySet[Task]:
        """Those the caller may see."""
        rows: QuerySet[Task] = super().get_queryset()
        return rows
