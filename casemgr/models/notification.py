"""What a person is told, in the product and by e-mail, and when they were last here."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from access.models import User
from access.models.checked import CheckedModel
from access.scope import NOTHING, cleared_for, in_teams_of
from casemgr.models.case import Case
from casemgr.models.comment import Comment
from casemgr.models.task import Task
from evidence.models import EvidenceItem


class NoticeKind(models.TextChoices):
    """What happened; the label is what an e-mail may say of it."""

    ASSIGNED = "assigned", "a task was given to you"
    MENTIONED = "mentioned", "you were mentioned in a comment"
    COMMENTED = "commented", "a comment was written on a task of yours"
    FINISHED = "finished", "a task you made was finished"
    NOT_WHOLE = "not-whole", "a stored file is not whole"


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Named queries over notifications."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, about cases that one may still see."""
        if not isinstance(user, User):
            return self.filter(NOTHING)
        return self.filter(
            in_teams_of(user, "case__team"), cleared_for(user, "case__markings"), person=user
        )

    def unread(self) -> Self:
        """Those the person has not read."""
        return self.filter(read_at__isnull=True)


class Notification(CheckedModel):
    """Something happened that concerns one person. Its words are made when it is shown.

    It points at what happened and holds no text of its own, so a case that someone may no longer
    see leaves nothing readable behind in their list.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications"
    )
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: the service itself.",
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    item = models.ForeignKey(
        EvidenceItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    happened_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey(
        "casemgr.NoticeDigest",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notifications",
        help_text="The e-mail that spoke of it.",
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.values),
                name="casemgr_notification_kind_known",
                violation_error_message="kind is none of the known kinds.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=(NoticeKind.ASSIGNED, NoticeKind.FINISHED))
                | Q(task__isnull=False),
                name="casemgr_notification_names_its_task",
                violation_error_message="What happened to a task names the task.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=(NoticeKind.MENTIONED, NoticeKind.COMMENTED))
                | Q(comment__isnull=False),
                name="casemgr_notification_names_its_comment",
                violation_error_message="What was said in a comment names the comment.",
            ),
            models.UniqueConstraint(
                fields=("person", "comment"),
                name="casemgr_notification_once_per_comment",
                violation_error_message="This person was already told of this comment.",
            ),
            models.CheckConstraint(
                condition=Q(kind=NoticeKind.NOT_WHOLE, item__isnull=False, by=None)
                | (~Q(kind=NoticeKind.NOT_WHOLE) & Q(item=None, by__isnull=False)),
                name="casemgr_notification_names_its_item",
                violation_error_message="The service tells of files not whole, of their item.",
            ),
            models.UniqueConstraint(
                fields=("person", "item"),
                condition=Q(kind=NoticeKind.NOT_WHOLE, read_at=None),
                name="casemgr_notification_once_until_read",
                violation_error_message="This person has yet to read that of this item.",
            ),
        )
        indexes = (
            models.Index(
                fields=("person",),
                condition=Q(read_at__isnull=True),
                name="casemgr_notification_unread",
            ),
            models.Index(fields=("person", "-id"), name="casemgr_notification_newest"),
        )

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"


class DigestRhythm(models.TextChoices):
    """How often a person is written to."""

    DAILY = "daily", "once a day, when something is unread"
    OFF = "off", "never"


class NoticeSetting(CheckedModel):
    """How a person wants to be told; one without a row has the defaults."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notice_setting"
    )
    digest = models.CharField(
        max_length=5, choices=DigestRhythm.choices, default=DigestRhythm.DAILY
    )

    class Meta:
        ordering = ("person",)
        constraints = (
            models.CheckConstraint(
                condition=Q(digest__in=DigestRhythm.values),
                name="casemgr_noticesetting_digest_known",
                violation_error_message="digest is daily or off.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.digest}"


class NoticeDigest(CheckedModel):
    """The e-mail of one day to one person: claimed before it is sent, so that it is sent once.

    A worker killed between the two leaves a claim without ``sent_at``: that day's e-mail is lost,
    and what it would have said is in the next one.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notice_digests"
    )
    day = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-day", "person")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "day"),
                name="casemgr_noticedigest_once_a_day",
                violation_error_message="This person was already written to on this day.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} on {self.day}"


class Visit(CheckedModel):
    """When a person was last at their work, so that they can be told what changed since."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visit"
    )
    here_at = models.DateTimeField()
    before_at = models.DateTimeField(
        null=True, blank=True, help_text="The end of the visit before the present one."
    )

    class Meta:
        ordering = ("person",)
        constraints = (
            models.CheckConstraint(
                condition=Q(before_at__isnull=True) | Q(before_at__lte=models.F("here_at")),
                name="casemgr_visit_order",
                violation_error_message="A visit follows the one before it.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} at {self.here_at}"
