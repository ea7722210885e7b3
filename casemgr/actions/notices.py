"""Telling people what happened, and what they did with it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from access.models import Membership, User
from access.words import Role
from casemgr.actions.recorded import recorded
from casemgr.models import (
    Case,
    Comment,
    DigestRhythm,
    Link,
    NoticeKind,
    NoticeSetting,
    Notification,
    Task,
)
from casemgr.people import who_see, who_work_on
from evidence.models import Exhibit

A_VISIT_ENDS_AFTER = timedelta(minutes=30)


def tell_of_task(kind: NoticeKind, task: Task, person: User | None, *, by: User) -> None:
    """Tell ``person`` what ``by`` did to a task, in the caller's transaction.

    Nobody is told of their own doing, nor of a case that they may not see.
    """
    if person is None or person.pk == by.pk:
        return
    if who_see(task.case).filter(pk=person.pk).exists():
        Notification.objects.create(kind=kind, person=person, by=by, case=task.case, task=task)


def tell_of_comment(kind: NoticeKind, comment: Comment, people: Iterable[User]) -> None:
    """Tell people who may see the case of a comment, each once, in the caller's transaction."""
    told = {
        *Notification.objects.filter(comment=comment).values_list("person", flat=True),
        comment.author_id,
    }
    Notification.objects.bulk_create(
        Notification(
            kind=kind,
            person=person,
            by=comment.author,
            case=comment.case,
            task=comment.task,
            comment=comment,
        )
        for person in {person.pk: person for person in people}.values()
        if person.pk not in told
    )


def tell_of_bytes(sha256s: Collection[str]) -> int:
    """Tell those who answer for a case that a file it rests on is not whole; how many were told.

    In the caller's transaction. Told are the leads of the cases and the counsel of their teams,
    each of an item once until they have read it, however many cases rest on it.
    """
    held = Exhibit.objects.filter(blob__in=sha256s, item=OuterRef("item"))
    links = Link.objects.filter(Exists(held), ended_on=None)
    rows = links.order_by("case_element__case", "item").values_list("case_element__case", "item")
    items_of: dict[int, list[int]] = {}
    for case_id, item_id in rows.distinct():
        items_of.setdefault(case_id, []).append(item_id)
    told = 0
    for case in Case.objects.filter(pk__in=items_of).order_by("pk"):
        counsel = Membership.objects.filter(
            user=OuterRef("pk"), team=case.team_id, role=Role.COUNSEL
        )
        people = who_work_on(case).filter(Q(pk=case.lead_id) | Exists(counsel)).order_by("pk")
        notices = [
            Notification(kind=NoticeKind.NOT_WHOLE, person=person, case=case, item_id=item_id)
            for person in people
            for item_id in items_of[case.pk]
        ]
        # Whom the constraint knows to have it unread keeps that one.
        Notification.objects.bulk_create(notices, ignore_conflicts=True)
        told += len(notices)
    return told


def mark_read(user: User, ids: Iterable[int] | None = None) -> int:
    """Mark these of the user's notifications as read, or all of them; how many were unread.

    Raises ValidationError for an id that is none of the user's, and then marks nothing.
    """
    with transaction.atomic():
        rows = Notification.objects.visible_to(user)
        if ids is not None:
            wanted = set(ids)
            known = set(rows.filter(pk__in=wanted).values_list("pk", flat=True))
            if unknown := sorted(wanted - known):
                named = ", ".join(str(number) for number in unknown)
                raise ValidationError({"ids": f"You have no notification {named}."})
            rows = rows.filter(pk__in=wanted)
        unread = Notification.objects.filter(pk__in=rows.unread().values("pk"))
        return unread.update(read_at=timezone.now())


def set_digest(user: User, rhythm: DigestRhythm, *, reason: str) -> NoticeSetting:
    """How often the user wants to be written to."""
    with recorded(user, reason):
        setting, _ = NoticeSetting.objects.update_or_create(
            person=user, defaults={"digest": rhythm.value}
        )
    return setting


def note_visit(user: User) -> datetime | None:
    """Note that the user is here now; answers when the visit before this one ended, if any.

    A visit ends when nothing was asked for half an hour. One statement: of two windows opened
    together neither loses the end of the visit before.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casemgr_visit AS visit (person_id, here_at)"
            " VALUES (%s, clock_timestamp())"
            " ON CONFLICT (person_id) DO UPDATE SET here_at = excluded.here_at, before_at ="
            "  CASE WHEN visit.here_at < excluded.here_at - make_interval(secs => %s)"
            "       THEN visit.here_at ELSE visit.before_at END"
            " RETURNING before_at",
            [user.pk, A_VISIT_ENDS_AFTER.total_seconds()],
        )
        before: datetime | None = cursor.fetchone()[0]
    return before
