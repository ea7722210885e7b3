"""The first page: tasks, what one was told, and what others did since one was last here."""

from datetime import timedelta

import pytest
from django.utils import timezone

from access.words import Role
from casemgr.actions.comments import write_comment
from casemgr.actions.findings import Wording, write_finding
from casemgr.actions.tasks import NewTask, make_task
from casemgr.models import Assessment, Case, Visit
from evidence.actions import log_evidence
from tests.access.factories import UserFactory, member
from tests.casemgr.factories import element_of
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db
BY = {"reason": "a test"}


@pytest.fixture
def analyst(team, case):
    """An analyst who leads the case and was here yesterday."""
    person = member(team, Role.ANALYST, username="ana")
    Case.objects.filter(pk=case.pk).update(lead=person)
    yesterday = timezone.now() - timedelta(days=1)
    Visit.objects.create(person=person, here_at=yesterday)
    return person


def test_tasks_and_mentions_stand_on_top(team, case, analyst) -> None:
    counsel = member(team, Role.COUNSEL, first_name="Cora", last_name="Counsel")
    make_task(case, NewTask(title="Ask the registry", assignee=analyst), actor=counsel, **BY)
    write_comment(case, "Please, @ana", actor=counsel, **BY)
    text = page(reading(analyst), "/").text
    assert "Your tasks Ask the registry — WEB-1" in text
    assert "Cora Counsel mentioned you" in text
    assert "1 new task; 1 comment" in text


def seen_just_now(person) -> None:
    """Everything up to here is known to the person."""
    now = timezone.now()
    Visit.objects.filter(person=person).update(before_at=now, here_at=now)


def test_what_i_did_myself_is_no_news(case, analyst) -> None:
    seen_just_now(analyst)
    write_comment(case, "Done.", actor=analyst, **BY)
    assert "Since you were last here" not in page(reading(analyst), "/").text


def test_grade_flags_and_findings_that_moved_are_told(team, case, analyst) -> None:
    seen_just_now(analyst)
    counsel = member(team, Role.COUNSEL)
    write_finding(element_of(case, "X-1a"), Wording(text="So it is."), actor=counsel, **BY)
    newest = Assessment.objects.get(case=case)
    before = newest.grade
    assert before != "strong"
    newest.pk, newest.seq, newest._state.adding = None, 2, True
    newest.grade, newest.serious_flags = "strong", newest.serious_flags + 2
    newest.assessed_at = timezone.now()
    newest.save(force_insert=True)
    text = page(reading(analyst), "/").text
    assert f"from {before} to strong; 2 serious flags more; 1 wording of a finding" in text


def test_nothing_is_news_on_the_first_visit(team, case) -> None:
    person = member(team, Role.ANALYST)
    Case.objects.filter(pk=case.pk).update(lead=person)
    assert "Since you were last here" not in page(reading(person), "/").text


def test_what_waits_for_anyone_is_counted_as_its_list_counts_it(team, case) -> None:
    analyst, manager = member(team, Role.ANALYST), member(team, Role.MANAGER)
    log_evidence(team, actor="system:test", reason="a test", summary="A fact.", kind="other")
    shown = page(reading(analyst), "/")
    assert "1 item of evidence bears on no case yet" in shown.text
    (address,) = [
        of["href"] for tag, of in shown.tags if tag == "a" and "unlinked" in (of.get("href") or "")
    ]
    assert "1 item" in page(reading(analyst), address).text
    assert "led by nobody" not in shown.text
    assert "1 open case is led by nobody" in page(reading(manager), "/").text


def test_nothing_that_waits_is_told_to_who_cannot_take_it_up(team, case) -> None:
    shown = page(reading(UserFactory(auditor=True)), "/")
    assert "Waiting in your teams" not in shown.text
    assert "Log evidence" not in shown.text
