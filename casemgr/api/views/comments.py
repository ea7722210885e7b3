"""Comments on a case, its elements and its tasks."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.etag import expected_revision
from access.api.views import Created, Listed, Retrieved, Updated
from access.policy import Verb
from casemgr.actions.comments import edit_comment, withdraw_comment, write_comment
from casemgr.api.filters import CommentFilter
from casemgr.api.of_case import WithinCase
from casemgr.api.pagination import WorkProductCursor
from casemgr.api.serializers.desk import (
    CommentChangesSerializer,
    CommentSerializer,
    CommentWithdrawalSerializer,
    NewCommentSerializer,
)
from casemgr.models import Comment, Mention, Task

_MENTIONS = Prefetch("mentions", queryset=Mention.objects.select_related("person"))


class CommentViewSet(WithinCase, Listed, Retrieved, Created, Updated):
    """What people say to each other. A comment is withdrawn, never removed."""

    resource = "comment"
    verbs: ClassVar = {"withdrawal": Verb.CHANGE}
    revised: ClassVar = ("withdrawal",)
    queryset = Comment.objects.select_related(
        "case_element__element", "task", "author"
    ).prefetch_related(_MENTIONS)
    serializer_class = CommentSerializer
    requests: ClassVar = {
        "create": NewCommentSerializer,
        "partial_update": CommentChangesSerializer,
        "withdrawal": CommentWithdrawalSerializer,
    }
    pagination_class = WorkProductCursor
    filterset_class = CommentFilter

    def shown(self, row: Comment) -> Comment:
        """Read again, with whom it mentions."""
        found: Comment = self.queryset.get(pk=row.pk)
        return found

    def act_create(self, data: dict[str, Any]) -> Comment:
        """Say it, and tell whom it mentions."""
        code, key = data["element"], data["task"]
        if code and key:
            raise ValidationError({"task": ["A comment is on an element or on a task, not both."]})
        return write_comment(
            self.parent,
            data["text"],
            element=self.element(code) if code else None,
            task=self.task(key) if key else None,
            **self.attribution(),
        )

    def act_update(self, row: Comment, data: dict[str, Any], expected: int) -> Comment:
        """Say it anew; only its author can."""
        return edit_comment(row, expected, data.get("text", row.text), **self.attribution())

    @extend_schema(responses=CommentSerializer)
    @action(detail=True, methods=["post"])
    def withdrawal(self, request: Request, **_kwargs: str) -> Response:
        """Take it back; its author and managers can."""
        comment = self.get_object()
        expected = expected_revision(request, comment)
        taken = self.taken(request, CommentWithdrawalSerializer)
        actor = self.attribution()["actor"]
        return self.answer(withdraw_comment(comment, expected, taken["reason"], actor=actor))

    def task(self, key: str) -> Task:
        """The task of this key; raises ValidationError."""
        found = Task.objects.filter(case=self.parent, key=key).first()
        if found is None:
            raise ValidationError({"task": [f"The case has no task {key!r}."]})
        return found
