"""When a row is appended, and when not."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from casemgr.actions.links import end_link
from casemgr.actions.treatment import answer_consideration
from casemgr.models import Assessment, GradeDay, Snapshot, StaleMark
from casemgr.reassess.assess import _LOCK, Occasion, assess_case
from casemgr.reassess.sweep import assess_day, sweep
from casemgr.words import AnswerState
from tests.casemgr.factories import ItemFactory, a_case, linked, people

pytestmark = pytest.mark.django_db(transaction=True)


def rows(case):
    return list(Assessment.objects.filter(case=case).order_by("seq"))


def test_the_same_record_assessed_again_adds_nothing():
    case = a_case()
    first = assess_case(case.key)
    again = assess_case(case.key, Occasion.DEMAND)
    assert first == again
    assert [row.seq for row in rows(case)] == [1]


def test_a_record_that_returns_to_what_it_was_is_three_rows_and_two_snapshots():
    case = a_case()
    assess_case(case.key)
    link = linked(case, "L-1")
    assess_case(case.key)
    end_link(link, actor=people(case.team)[0], reason="it was another entity")
    assess_case(case.key)
    first, second, third = rows(case)
    assert first.input_digest == third.input_digest != second.input_digest
    # An ended link is still in the record, as ended.
    assert Snapshot.objects.count() >= 2


def test_the_newest_row_is_the_current_one():
    case = a_case()
    assess_case(case.key)
    linked(case, "L-1")
    newest = assess_case(case.key)
    assert Assessment.objects.current().get() == newest


def test_assessing_never_writes_the_case():
    case = a_case()
    before = case.revision
    assess_case(case.key)
    case.refresh_from_db()
    assert case.revision == before


def test_exactly_the_marks_that_were_read_are_deleted():
    case = a_case()
    StaleMark.objects.create(case=case, change_seq=1)
    assess_case(case.key)
    assert not StaleMark.objects.filter(case=case).exists()


def test_a_case_in_another_workers_hands_is_left_to_it_and_stays_marked():
    case = a_case()
    StaleMark.objects.create(case=case, change_seq=1)
    held, done = threading.Event(), threading.Event()

    def other_worker():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, case.pk])
            held.set()
            done.wait(10)
        connection.close()

    worker = threading.Thread(target=other_worker)
    worker.start()
    held.wait(10)
    outcome = assess_case(case.key)
    done.set()
    worker.join()
    assert outcome is None
    assert StaleMark.objects.filter(case=case).exists()
    assert rows(case) == []


def test_the_sweep_finds_what_no_hint_announced_and_then_rests():
    case = a_case()
    linked(case, "L-1")
    assert sweep() == 1
    assert len(rows(case)) == 1
    assert sweep() == 0


def test_a_new_day_on_which_nothing_moved_keeps_the_grade_and_adds_no_row(monkeypatch):
    case = a_case()
    linked(case, "L-1")
    sweep()
    later = date(2030, 1, 1)
    for module in ("assess", "sweep", "flags"):
        monkeypatch.setattr(f"casemgr.reassess.{module}.decision_day", lambda: later)
    monkeypatch.setattr("casemgr.assemble.decision_day", lambda: later)
    assert assess_day() == 1
    assert len(rows(case)) == 1
    assert list(GradeDay.objects.filter(case=case).values_list("on", flat=True))[-1] == later
    assert assess_day() == 0


def test_a_decided_case_is_not_assessed_by_the_calendar():
    case = a_case()
    type(case).objects.filter(pk=case.pk).update(decided=True)
    assert assess_day() == 0


def test_an_answer_reaches_the_next_assessment():
    case = a_case()
    linked(case, "L-1", ItemFactory(owner_team=case.team))
    before = assess_case(case.key)
    pin = case.pins.get()
    answer_consideration(
        pin,
        pin.version.considerations.get(),
        AnswerState.ANSWERED,
        "It was weighed and found lighter.",
        actor=people(case.team)[1],
        reason="weighed",
    )
    after = assess_case(case.key)
    assert before.input_digest != after.input_digest
