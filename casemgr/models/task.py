"""Pieces of work on a case, given to someone: often what would cure a flag."""

from functools import partial
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from access.keys import PublicKeyField, fresh_key, key_form
from access.models import User
from access.models.checked import CheckedModel
from access.scope import cleared_for, in_teams_of
from casemgr.models.case import Case
from casemgr.models.flag import TrackedFlag
from casemgr.models.pin import CaseElement
from casemgr.models.protection import never_removed


class TaskState(models.TextChoices):
    """Where a piece of work stands."""

    OPEN = "open", "open"
    DOING = "doing", "being done"
    DONE = "done", "done"
    DROPPED = "dropped", "dropped"


UNFINISHED = (TaskState.OPEN, TaskState.DOING)


class TaskQuerySet(models.QuerySet["Task"]):
    """Named queries over tasks."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Tasks of the cases the user may see."""
        return self.filter(in_teams_of(user, "case__team"), cleared_for(user, "case__markings"))

    def unfinished(self) -> Self:
        """Tasks on which someone has still to act."""
        return self.filter(state__in=UNFINISHED)

    def given_to(self, user: User) -> Self:
        """Tasks of this person."""
        return self.filter(assignee=user)

    def soonest_due_first(self) -> Self:
        """By due day, those without one last; then in the order they were made."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    def with_flag_cleared(self) -> Self:
        """Annotates ``flag_cleared``: it came from a flag, and no such flag is raised any more.

        Flags are brought up to every new assessment, so this speaks of the newest one. A task
        that names no subject speaks of all flags of its doctrine on its element.
        """
        raised = TrackedFlag.objects.filter(
            case=OuterRef("case"),
            doctrine=OuterRef("doctrine"),
            element_code=Coalesce(OuterRef("case_element__element__code"), Value("")),
            cleared_on__isnull=True,
        )
        return self.annotate(
            flag_cleared=models.Case(
                models.When(doctrine="", then=Value(False)),
                models.When(flag_subject="", then=~Exists(raised)),
                default=~Exists(raised.filter(subject=OuterRef("flag_subject"))),
                output_field=models.BooleanField(),
            )
        )

    def whose_flag_is_cleared(self) -> Self:
        """Tasks that came from a flag which the newest assessment raises no more."""
        annotated: Any = self.with_flag_cleared()
        found: Self = annotated.filter(flag_cleared=True)
        return found


class Task(CheckedModel):
    """Something to be done on a case or on one element of it. Never removed: done or dropped.

    ``doctrine``, ``flag_subject`` and ``cure`` say which flag it came from, if one. Whether that
    flag is still raised is computed (``with_flag_cleared``), not stored.
    """

    key = PublicKeyField(default=partial(fresh_key, "TASK"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    case_element = models.ForeignKey(
        CaseElement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
        help_text="Empty: the case as a whole.",
    )
    doctrine = models.CharField(max_length=60, blank=True)
    flag_subject = models.TextField(blank=True, help_text="Empty: every flag of the doctrine.")
    cure = models.TextField(blank=True)
    title = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks_given",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tasks_made"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            key_form("The key of a task", "casemgr_task_key_form"),
            models.UniqueConstraint(fields=("id", "case"), name="casemgr_task_of_case"),
            models.CheckConstraint(
                condition=Q(title__regex=r"\S"),
                name="casemgr_task_title_present",
                violation_error_message="title: say in a few words what is to be done.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TaskState.values),
                name="casemgr_task_state_known",
                violation_error_message="state is open, doing, done or dropped.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED, closed_at__isnull=True)
                | Q(state__in=(TaskState.DONE, TaskState.DROPPED), closed_at__isnull=False),
                name="casemgr_task_closed_when_finished",
                violation_error_message="A task has a closing time when it is done or dropped.",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.DROPPED) | Q(closing_reason__regex=r"\S"),
                name="casemgr_task_dropped_with_reason",
                violation_error_message="reason: say why the task is dropped.",
            ),
            models.CheckConstraint(
                condition=~Q(doctrine="") | Q(flag_subject="", cure=""),
                name="casemgr_task_flag_whole",
                violation_error_message="doctrine: a subject or a cure belongs to a doctrine.",
            ),
        )
        indexes = (
            models.Index(
                fields=("assignee", "due_on"),
                condition=Q(state__in=UNFINISHED),
                name="casemgr_task_unfinished",
            ),
        )
        triggers = (never_removed(),)

    def __str__(self) -> str:
        return str(self.key)

    @property
    def element_code(self) -> str:
        """Code of the element it is about; empty for the case as a whole."""
        return self.case_element.element.code if self.case_element else ""

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to do on it."""
        return self.state not in UNFINISHED
