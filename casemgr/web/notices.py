"""Notifications in words, and the number of unread ones for the head of every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from access.models import User
from access.policy import Verb, may
from casemgr.models import Comment, NoticeKind, Notification
from casemgr.web.navigation import place_address

_WORDS = {
    NoticeKind.ASSIGNED: "gave you the task",
    NoticeKind.MENTIONED: "mentioned you",
    NoticeKind.COMMENTED: "commented on the task",
    NoticeKind.FINISHED: "finished the task",
    NoticeKind.NOT_WHOLE: "found a stored file not whole, of",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification as the page shows it."""

    row: Notification
    who: str
    did: str
    address: str
    """What it is about."""


def notices_of(user: User, *, unread: bool, most: int) -> list[Notice]:
    """The newest of one's notifications, in one query."""
    rows = Notification.objects.visible_to(user)
    if unread:
        rows = rows.unread()
    rows = rows.select_related(
        "case",
        "by",
        "item",
        "task",
        "comment__case",
        "comment__task",
        "comment__case_element__element",
    )
    return [
        Notice(
            row=row,
            who=(row.by.get_full_name() or row.by.username) if row.by else "The service",
            did=_WORDS[NoticeKind(row.kind)],
            address=address_of(row),
        )
        for row in rows.order_by("-pk")[:most]
    ]


def address_of(row: Notification) -> str:
    """The page on which the thing it speaks of stands."""
    comment = row.comment
    if row.item is not None:
        return reverse("evidence-item", args=[row.item.key]) + "#files"
    if comment is None:
        assert row.task is not None  # noqa: S101 - the database: it names item, task or comment
        return reverse("task-page", args=[row.task.key])
    return address_of_comment(comment)


def address_of_comment(comment: Comment) -> str:
    """The page on which a comment stands, down to the comment."""
    at = f"#comment-{comment.pk}"
    if comment.task is not None:
        return reverse("task-page", args=[comment.task.key]) + at
    if comment.case_element is not None:
        code = comment.case_element.element.code
        return reverse("element-page", args=[comment.case.key, code]) + at
    return reverse("case-tasks", args=[comment.case.key]) + at


def bell(request: HttpRequest) -> Mapping[str, Any]:
    """Context processor: how many notifications are unread, counted only where it is shown."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not may(user.standings(), "notification", Verb.READ):
        return {}
    address = place_address("notifications-page")
    if not address:
        return {}
    count = SimpleLazyObject(lambda: Notification.objects.visible_to(user).unread().count())
    return {"bell": {"unread": count, "address": address}}
