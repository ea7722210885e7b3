"""What one was told: one's own, about what one may still see, read once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from access.models import Membership
from casemgr.actions.notices import mark_read, note_visit
from casemgr.models import Notification, Visit


def test_reading_marks_ones_own_and_says_how_many(desk):
    for _ in range(3):
        desk.task(assignee=desk.ana)
    desk.task(assignee=desk.mona)
    first = Notification.objects.visible_to(desk.ana).last()
    assert mark_read(desk.ana, [first.pk]) == 1
    assert mark_read(desk.ana, [first.pk]) == 0
    assert mark_read(desk.ana) == 2
    assert Notification.objects.visible_to(desk.mona).unread().count() == 1


def test_anothers_notification_is_none_of_mine(desk):
    desk.task(assignee=desk.mona)
    theirs = Notification.objects.get(person=desk.mona)
    with pytest.raises(ValidationError, match="You have no notification"):
        mark_read(desk.ana, [theirs.pk])
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_a_case_that_one_may_no_longer_see_takes_its_notices_along(desk):
    desk.task(assignee=desk.ana)
    assert Notification.objects.visible_to(desk.ana).count() == 1
    Membership.objects.filter(user=desk.ana).delete()
    desk.ana.forget_memberships()
    assert Notification.objects.visible_to(desk.ana).count() == 0


def test_the_database_wants_what_it_points_at(desk):
    desk.task(assignee=desk.ana)
    for change in ({"task": None}, {"kind": "mentioned"}, {"kind": "rung"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notification.objects.update(**change)


def test_a_visit_ends_after_half_an_hour_without_a_request(desk):
    assert note_visit(desk.ana) is None
    earlier = timezone.now() - timedelta(hours=5)
    Visit.objects.filter(person=desk.ana).update(here_at=earlier)
    assert note_visit(desk.ana) == earlier
    soon = timezone.now() - timedelta(minutes=10)
    Visit.objects.filter(person=desk.ana).update(here_at=soon)
    assert note_visit(desk.ana) == earlier
    assert Visit.objects.get(person=desk.ana).here_at > soon
