"""The daily e-mail: once, to those who want it, about what they may see, without a word of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from access.models import Membership
from casemgr.actions.comments import write_comment
from casemgr.actions.notices import mark_read, set_digest
from casemgr.clock import decision_day
from casemgr.digests import MOST_LINES, digest_text, send_digests
from casemgr.models import DigestRhythm, NoticeDigest, Notification
from casemgr.tasks import send_digests as send_digests_task

TODAY = decision_day()


@pytest.fixture
def told(desk):
    """Ana was given a task and mentioned, and Mona mentioned, the day before yesterday."""
    task = desk.task(assignee=desk.ana, title="Ask the registry about Acme")
    write_comment(
        desk.case,
        "Acme is behind it, @ana @mona",
        task=task,
        actor=desk.cora,
        reason="a test",
    )
    Notification.objects.update(happened_at=timezone.now() - timedelta(days=2))
    return desk


def recipients() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_it_names_keys_and_neutral_words_and_nothing_that_anyone_wrote(told, settings):
    settings.PUBLIC_ORIGIN = "https://casemgr.agency.example"
    assert send_digests(TODAY) == 2
    assert recipients() == ["ana@example.org", "mona@example.org"]
    message = next(each for each in mail.outbox if each.to == ["ana@example.org"])
    assert message.subject == "casemgr: 2 notices for you"
    task = told.case.tasks.get()
    assert f"C-1: a task was given to you ({task.key})" in message.body
    assert f"C-1: you were mentioned in a comment ({task.key})" in message.body
    assert "https://casemgr.agency.example/notifications/" in message.body
    for word in ("Acme", "registry", "secret title", told.case.designee.name, "cora"):
        assert word not in message.subject + message.body
    assert message.alternatives == []


def test_a_task_delivered_again_sends_nothing_twice(told):
    assert send_digests_task() == 2
    assert send_digests_task() == 0
    assert send_digests(TODAY) == 0
    assert len(mail.outbox) == 2


def test_what_was_told_once_is_not_told_again_the_next_day(told):
    send_digests(TODAY)
    assert send_digests(TODAY + timedelta(days=1)) == 0
    told.task(assignee=told.ana)
    Notification.objects.filter(digest=None).update(happened_at=timezone.now() - timedelta(days=1))
    assert send_digests(TODAY + timedelta(days=1)) == 1
    assert mail.outbox[-1].subject == "casemgr: 1 notice for you"


def test_who_read_it_turned_it_off_has_no_address_or_left_gets_none(told):
    mark_read(told.ana)
    set_digest(told.mona, DigestRhythm.OFF, reason="a test")
    assert send_digests(TODAY) == 0
    set_digest(told.mona, DigestRhythm.DAILY, reason="a test")
    told.mona.email = ""
    told.mona.save()
    assert send_digests(TODAY) == 0
    told.mona.email, told.mona.is_active = "mona@example.org", False
    told.mona.save()
    assert send_digests(TODAY) == 0
    assert not NoticeDigest.objects.exists()


def test_nobody_is_written_to_about_a_case_that_they_may_no_longer_see(told):
    Membership.objects.filter(user=told.ana).delete()
    assert send_digests(TODAY) == 1
    assert recipients() == ["mona@example.org"]


def test_what_happened_after_the_hour_waits_for_the_next_day(told, settings):
    Notification.objects.update(happened_at=timezone.now() + timedelta(days=1))
    assert send_digests(TODAY) == 0


def test_a_mail_server_that_refuses_is_tried_again(told, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    assert send_digests(TODAY) == 0
    assert not NoticeDigest.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_digests(TODAY) == 2


def test_a_worker_killed_while_sending_loses_the_day_and_not_the_news(told):
    with transaction.atomic():
        lost = NoticeDigest.objects.create(person=told.ana, day=TODAY)
        Notification.objects.filter(person=told.ana).update(digest=lost)
    assert send_digests(TODAY) == 1
    assert recipients() == ["mona@example.org"]
    assert send_digests(TODAY + timedelta(days=1)) == 1
    assert mail.outbox[-1].to == ["ana@example.org"]
    assert mail.outbox[-1].subject == "casemgr: 2 notices for you"


def test_without_a_mail_server_nothing_is_claimed(told, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert send_digests(TODAY) == 0
    assert not NoticeDigest.objects.exists()


def test_a_long_absence_is_summed_up(desk):
    for _ in range(MOST_LINES + 3):
        desk.task(assignee=desk.ana)
    text = digest_text(Notification.objects.filter(person=desk.ana).select_related("case", "task"))
    assert text.count("a task was given to you") == MOST_LINES
    assert "and 3 more" in text
