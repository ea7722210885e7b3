"""Work that takes longer than anyone waits: what was asked for, how far it is, what is left."""

from functools import partial
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Now

from access.keys import PublicKeyField, fresh_key
from access.models import Team, User
from access.models.checked import CheckedModel
from access.scope import cleared_for, in_teams_of


class JobKind(models.TextChoices):
    """What a job does; evidence.jobs.invite names the task that does it."""

    PORTFOLIO = "portfolio", "assessment of all cases"
    FIGURES = "figures", "figures of an item's datasets"


class JobState(models.TextChoices):
    """Where a job stands. A finished job may have failures; they can be tried again."""

    WAITING = "waiting", "waiting for a worker"
    RUNNING = "running", "running"
    CANCELLED = "cancelled", "cancelled"
    FINISHED = "finished", "finished"


ACTIVE = (JobState.WAITING, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    """Named queries over jobs."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Jobs of the user's teams on nothing that they are not cleared for.

        A job carries every marking of what it works on, so its counts tell of nothing hidden.
        One of no team is for auditors.
        """
        return self.filter(in_teams_of(user), cleared_for(user))

    def active(self) -> Self:
        """Jobs that still have something to do."""
        return self.filter(state__in=ACTIVE)

    def with_progress(self) -> Self:
        """Annotates ``done`` and ``failed``: how many of ``total`` ended well, how many not."""
        parts = JobPart.objects.filter(job=OuterRef("pk")).order_by().values("job")
        return self.annotate(
            done=Coalesce(Subquery(parts.values(sum=Sum("done"))), 0),
            failed=Coalesce(Subquery(parts.values(sum=Sum("failed"))), 0),
        )

    def with_nothing_left(self) -> Self:
        """Jobs each part of which is through."""
        return self.filter(~Exists(JobPart.objects.unfinished().filter(job=OuterRef("pk"))))


class Job(CheckedModel):
    """One piece of long work, cut into parts that workers take one at a time.

    Progress is the sum of its parts, so that workers never wait for each other on one row. At most
    one job of a kind is active on its subject in a team: a second one would only do the same again.
    """

    key = PublicKeyField(default=partial(fresh_key, "J"), editable=False)
    kind = models.CharField(max_length=20, choices=JobKind.choices)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    team = models.ForeignKey(
        Team,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="jobs",
        help_text="Empty: what all teams have.",
    )
    subject = models.CharField(
        max_length=64,
        blank=True,
        db_collation="C",
        help_text="Public key of the one thing it works on. Empty: all that the team has.",
    )
    markings = ArrayField(
        models.CharField(max_length=40, db_collation="C"), default=list, blank=True
    )
    total = models.PositiveIntegerField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs"
    )
    reason = models.TextField()
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=JobState.values),
                name="evidence_job_state_known",
                violation_error_message="state is none of the states of a job.",
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="evidence_job_reason_present",
                violation_error_message="Say why this is to be done.",
            ),
            models.UniqueConstraint(
                fields=("kind", "team", "subject"),
                condition=Q(state__in=ACTIVE),
                nulls_distinct=False,
                name="evidence_job_one_active",
                violation_error_message=(
                    "Such a job is already under way: follow that one, or cancel it."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.key}: {self.get_kind_display()}, {self.get_state_display()}"

    @property
    def is_active(self) -> bool:
        """Whether there is still something to do."""
        return self.state in ACTIVE


class JobPartQuerySet(models.QuerySet["JobPart"]):
    """Named queries over parts."""

    def unfinished(self) -> Self:
        """Parts with something left."""
        return self.exclude(left=[])

    def free(self) -> Self:
        """Parts of active jobs that have something left and that no living worker holds."""
        unheld = Q(leased_until=None) | Q(leased_until__lt=Now())
        return self.unfinished().filter(unheld, job__state__in=ACTIVE)


class JobPart(CheckedModel):
    """A share of a job small enough to be done in seconds.

    A worker holds a part by its ``claim`` until ``leased_until``, which it moves on with every
    step. Whoever was killed stops doing so, and the part is free again. What is ``left`` shrinks
    in the transaction that did the work, so nothing is done twice and nothing is lost.
    """

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()
    left = ArrayField(models.TextField(), help_text="Public keys of what is still to be done.")
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    failures = models.JSONField(default=dict, help_text="Public key to what went wrong.")
    tally = models.JSONField(default=dict, help_text="What came out, counted; by kind of job.")
    attempts = models.PositiveIntegerField(
        default=0, help_text="Times it was taken since something of it last ended."
    )
    claim = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = JobPartQuerySet.as_manager()

    class Meta:
        ordering = ("job", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("job", "number"),
                name="evidence_jobpart_number",
                violation_error_message="This job already has a part of this number.",
            ),
        )

    def __str__(self) -> str:
        return f"part {self.number} of job {self.job_id}: {len(self.left)} left"
