"""The daily e-mail: that something waits, and where. Never what.

An e-mail leaves the house, so it holds keys and neutral words only: no names of parties, no titles,
nothing that anyone wrote.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from smtplib import SMTPException
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.core import mail
from django.core.mail.backends.dummy import EmailBackend as NoBackend
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from access.models import User
from casemgr.models import DigestRhythm, NoticeDigest, NoticeSetting, Notification
from casemgr.models.notification import NotificationQuerySet

MOST_LINES = 50

log = structlog.get_logger(__name__)


def send_digests(day: date) -> int:
    """Write to everyone who has something new and unread; how many were written to.

    Once a person and day, however often this runs: the e-mail is claimed before it is sent, and
    given back when the mail server refuses it. Told of is what happened before the hour at which
    digests begin; what comes later waits for the next day. Without a mail server nothing is
    claimed.
    """
    if isinstance(mail.get_connection(), NoBackend):
        return 0
    before = datetime.combine(
        day, time(settings.DIGEST_HOUR), ZoneInfo(settings.DECISION_TIME_ZONE)
    )
    return sum(_write_to(person, day, before) for person in _due(day, before))


def digest_text(notices: Iterable[Notification]) -> str:
    """The words of the e-mail.

    One line for each, as ``C-1: a task was given to you (TASK-7K2M)``.
    """
    lines = [_line(notice) for notice in notices]
    if (more := len(lines) - MOST_LINES) > 0:
        lines = [*lines[:MOST_LINES], f"and {more} more"]
    link = (
        f"{settings.PUBLIC_ORIGIN}{reverse('notifications-page')}" if settings.PUBLIC_ORIGIN else ""
    )
    return "\n".join(
        (
            "Unread in casemgr:",
            "",
            *(f"  {line}" for line in lines),
            "",
            f"Read them at {link}" if link else "Sign in to casemgr and open Notifications.",
            "",
            "What they say is not sent by e-mail. You can turn this message off on the same page.",
            "",
        )
    )


def _line(notice: Notification) -> str:
    where = f" ({notice.task.key})" if notice.task else ""
    return f"{notice.case.key}: {notice.get_kind_display()}{where}"


def _due(day: date, before: datetime) -> list[User]:
    """Those with an address, who want it, were not written to today, and have something new."""
    fresh = _fresh(before, day).filter(person=OuterRef("pk"))
    off = NoticeSetting.objects.filter(person=OuterRef("pk"), digest=DigestRhythm.OFF)
    written = NoticeDigest.objects.filter(person=OuterRef("pk"), day=day)
    people = User.objects.filter(Exists(fresh), ~Exists(off), ~Exists(written), is_active=True)
    return list(people.exclude(email="").order_by("pk"))


def _fresh(before: datetime, day: date) -> NotificationQuerySet:
    """Unread, and told by no e-mail; one claimed on an earlier day and never sent told nothing."""
    unsent = Q(digest__isnull=True) | Q(digest__sent_at__isnull=True, digest__day__lt=day)
    return Notification.objects.unread().filter(unsent, happened_at__lt=before)


def _write_to(person: User, day: date, before: datetime) -> bool:
    """Claim the day, send, and note what was spoken of; False where there was nothing to send."""
    digest = _claim(person, day, before)
    if digest is None:
        return False
    notices = list(digest.notifications.select_related("case", "task").order_by("pk"))
    count = f"{len(notices)} notices" if len(notices) > 1 else "1 notice"
    try:
        mail.send_mail(f"casemgr: {count} for you", digest_text(notices), None, [person.email])
    except (SMTPException, OSError) as error:
        _give_back(digest)
        log.error("digest_not_sent", person=person.key, error=type(error).__name__)
        return False
    NoticeDigest.objects.filter(pk=digest.pk).update(sent_at=timezone.now())
    return True


def _claim(person: User, day: date, before: datetime) -> NoticeDigest | None:
    """This day's e-mail with what it will speak of; None when another worker has it."""
    with transaction.atomic():
        seen = Notification.objects.visible_to(person).values("pk")
        fresh = list(_fresh(before, day).filter(pk__in=seen).values_list("pk", flat=True))
        if not fresh:
            return None
        digest, claimed = NoticeDigest.objects.get_or_create(person=person, day=day)
        if not claimed:
            return None
        Notification.objects.filter(pk__in=fresh).update(digest=digest)
    return digest


def _give_back(digest: NoticeDigest) -> None:
    with transaction.atomic():
        Notification.objects.filter(digest=digest).update(digest=None)
        digest.delete()
