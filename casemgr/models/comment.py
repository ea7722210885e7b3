"""What people say to each other about a case, an element or a task."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from access.models import User
from access.models.checked import CheckedModel
from access.scope import cleared_for, in_teams_of
from casemgr.models.case import Case
from casemgr.models.pin import CaseElement
from casemgr.models.protection import append_only, never_removed
from casemgr.models.task import Task


class CommentQuerySet(models.QuerySet["Comment"]):
    """Named queries over comments."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Comments on the cases the user may see."""
        return self.filter(in_teams_of(user, "case__team"), cleared_for(user, "case__markings"))


class Comment(CheckedModel):
    """Words of one person on a case, or on one element or task of it.

    Never removed: withdrawn, and then its words are no longer shown. What an edit replaced stands
    in the change table.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="comments")
    case_element = models.ForeignKey(
        CaseElement, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments"
    )
    text = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(text__regex=r"\S"),
                name="casemgr_comment_text_present",
                violation_error_message="text: a comment says something.",
            ),
            models.CheckConstraint(
                condition=Q(case_element__isnull=True) | Q(task__isnull=True),
                name="casemgr_comment_on_one_thing",
                violation_error_message="A comment is on an element or on a task, not on both.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | Q(withdrawn_at__isnull=False, withdrawn_why__regex=r"\S"),
                name="casemgr_comment_withdrawn_with_reason",
                violation_error_message="reason: say why the comment is withdrawn.",
            ),
        )
        triggers = (never_removed(),)

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.case_id}"

    @property
    def element_code(self) -> str:
        """Code of the element it is on; empty for a comment on the case or on a task."""
        return self.case_element.element.code if self.case_element else ""


class Mention(CheckedModel):
    """A comment named a person who may see its case. Append-only: it was said."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentions"
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("comment", "person"),
                name="casemgr_mention_once",
                violation_error_message="This comment already mentions this person.",
            ),
        )
        triggers = (append_only(),)

    def __str__(self) -> str:
        return f"{self.person_id} in {self.comment_id}"
