"""Messages ask for work; the database knows what there is to do."""

import logging
import time

import pytest
from celery import Celery, current_app
from django.conf import settings

from casemgr import tasks
from casemgr.models import Assessment
from evidence.actions import log_evidence, state_claims
from evidence.nudge import COUNTDOWN, nudge
from tests.access.factories import TeamFactory
from tests.casemgr.factories import a_case, linked

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_beat_calls_a_task_that_exists():
    current_app.loader.import_default_modules()  # as a worker does when it starts
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert names <= set(current_app.tasks)


def test_a_worker_that_is_hinted_drains_and_assesses():
    case = a_case()
    linked(case, "L-1")
    assert tasks.drain() == 1
    assert Assessment.objects.filter(case=case).count() == 1


def test_someone_asking_gets_an_assessment():
    case = a_case()
    tasks.assess_case(case.key)
    assert Assessment.objects.filter(case=case).count() == 1


def test_without_a_broker_it_says_so_and_nothing_fails(caplog):
    with caplog.at_level(logging.WARNING):
        nudge(Celery(broker="redis://127.0.0.1:1/0", set_as_current=False))
    assert "the next sweep will find the work" in caplog.text


def test_the_sweep_finds_the_work_that_no_hint_announced():
    case = a_case()
    assert tasks.sweep() == 1
    assert Assessment.objects.filter(case=case).count() == 1


def test_what_is_done_to_evidence_asks_for_an_assessment_at_once_and_a_burst_asks_once():
    time.sleep(COUNTDOWN / 2 + 0.1)  # hints of other tests are another burst
    before = waiting()
    item = log_evidence(TeamFactory(), summary="it says so", actor="system:test", reason="a test")
    state_claims(item, [], actor="system:test", reason="a test")
    assert waiting() - before == 1


def waiting():
    """Messages that no worker has taken."""
    with current_app.connection_for_read() as connection:
        return connection.default_channel._size("celery")
