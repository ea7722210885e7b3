"""Every undecided case once, counted right, whoever is interrupted."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.utils import timezone

from access.models import Marking
from access.words import Role
from casemgr import tasks
from casemgr.actions.cases import rest_on
from casemgr.models import Assessment, Case, Change, Pin, StaleMark
from casemgr.reassess import portfolio
from casemgr.reassess.assess import _LOCK
from casemgr.reassess.portfolio import Move, assess_part, outcome_of, start_portfolio_run
from evidence.jobs.keeping import NotNowError, cancel_job, resume_job, settle, tend_jobs
from evidence.jobs.parts import GIVE_UP_AFTER, LostClaimError, note, take_part
from evidence.models import Job, JobPart, JobState
from tests.access.factories import TeamFactory, UserFactory, member
from tests.casemgr.factories import a_case, law, linked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def manager(team):
    return member(team, Role.MANAGER)


@pytest.fixture
def cases(team):
    version = law()
    return [a_case(team, version=version) for _ in range(7)]


def start(team, manager, part_size=3):
    return start_portfolio_run(
        team, actor=manager, reason="the engine changed", part_size=part_size
    )


def work(job):
    while assess_part(job):
        pass
    return progress(job)


def progress(job):
    return Job.objects.with_progress().get(pk=job.pk)


def rows():
    return sorted(Assessment.objects.values_list("case__key", flat=True))


def overdue(job):
    """Time passes for whoever holds a part and is silent."""
    JobPart.objects.filter(job=job, leased_until__isnull=False).update(
        leased_until=timezone.now() - timedelta(seconds=1)
    )


def test_each_case_is_assessed_once_and_counted(team, manager, cases):
    job = work(start(team, manager))
    assert (job.state, job.total, job.done, job.failed) == (JobState.FINISHED, 7, 7, 0)
    assert rows() == sorted(case.key for case in cases)
    assert job.started_at <= job.ended_at
    outcome = outcome_of(job, manager)
    assert outcome.moves == (Move("not-assessed", "unsupported", 7),)
    assert (outcome.changed, outcome.first) == (0, 7)


def test_what_changed_grade_is_told_from_what_to_what(team, manager, cases):
    work(start(team, manager))
    for code in ("L-1", "L-2"):
        for _ in range(3):
            linked(cases[0], code)
    job = work(start(team, manager))
    outcome = outcome_of(job, manager)
    after = Assessment.objects.current().get(case=cases[0]).grade
    assert set(outcome.moves) == {
        Move("unsupported", "unsupported", 6),
        Move("unsupported", after, 1),
    }
    assert outcome.changed == 1
    assert not StaleMark.objects.filter(case=cases[0]).exists()


def test_a_run_on_which_nothing_moved_adds_no_assessment(team, manager, cases):
    work(start(team, manager))
    before = Assessment.objects.count()
    work(start(team, manager))
    assert Assessment.objects.count() == before


def test_decided_cases_keep_the_assessment_they_were_decided_on(team, manager, cases):
    Case.objects.filter(pk=cases[0].pk).update(decided=True)
    job = work(start(team, manager))
    assert job.total == 6
    assert cases[0].key not in rows()


def test_cases_of_another_team_and_beyond_ones_markings_are_left_alone(team, manager, cases):
    a_case(TeamFactory(), version=law())
    Marking.objects.create(code="CUI", title="Controlled")
    Case.objects.filter(pk=cases[0].pk).update(markings=["CUI"])
    job = work(start(team, manager))
    assert rows() == sorted(case.key for case in cases[1:])
    assert job.markings == []


def test_a_run_carries_the_markings_of_its_cases(team, cases):
    Marking.objects.create(code="CUI", title="Controlled")
    Case.objects.filter(pk=cases[0].pk).update(markings=["CUI"])
    cleared = member(team, Role.MANAGER, cleared_markings=["CUI"])
    job = start(team, cleared)
    assert job.markings == ["CUI"]
    assert Job.objects.visible_to(cleared).get() == job
    assert not Job.objects.visible_to(member(team, Role.MANAGER)).exists()


def test_a_run_of_all_teams_is_read_by_auditors_only(team, manager, cases):
    other = a_case(TeamFactory(), version=law())
    job = start(None, manager)
    assert work(job).total == 8
    assert other.key in rows()
    assert not Job.objects.visible_to(manager).exists()
    assert Job.objects.visible_to(UserFactory(is_auditor=True)).get() == job


def test_what_others_rest_on_comes_first(team, manager, cases):
    rest_on(cases[0], cases[6], actor=manager, reason="it needs that listing")
    start(team, manager)
    left = [key for part in JobPart.objects.order_by("number") for key in part.left]
    assert left[-1] == cases[0].key


def test_a_team_without_cases_says_so(manager, team):
    with pytest.raises(ValidationError, match="no case still to be decided"):
        start(team, manager)


def test_a_second_run_waits_for_the_first(team, manager, cases):
    first = start(team, manager)
    with pytest.raises(NotNowError, match=first.key):
        start(team, manager)
    work(first)
    start(team, manager)


def test_two_workers_get_two_parts_and_a_third_none(team, manager, cases):
    job = start(team, manager, part_size=4)
    one, two = take_part(job), take_part(job)
    assert not set(one.left) & set(two.left)
    assert take_part(job) is None


def test_a_part_whose_worker_fell_silent_is_taken_again_and_not_before(team, manager, cases):
    job = start(team, manager, part_size=7)
    silent = take_part(job)
    assert assess_part(job) is False
    assert progress(job).state == JobState.RUNNING
    overdue(job)
    assert work(job).done == 7
    with pytest.raises(LostClaimError), transaction.atomic():
        note(silent, done=silent.left)
    assert progress(job).done == 7


def test_what_a_killed_worker_had_finished_is_not_done_again(team, manager, cases):
    job = start(team, manager, part_size=7)
    killed = take_part(job)
    portfolio._assess(killed, killed.left[:3])
    before = Assessment.objects.count()
    overdue(job)
    assert take_part(job).left == killed.left[3:]
    overdue(job)
    assert (work(job).done, Assessment.objects.count()) == (7, before + 4)


def test_an_assessment_that_loses_its_claim_is_undone(team, manager, cases):
    job = start(team, manager, part_size=7)
    slow = take_part(job)
    overdue(job)
    take_part(job)
    with pytest.raises(LostClaimError):
        portfolio._assess(slow, slow.left)
    assert rows() == []


def test_a_message_delivered_twice_changes_nothing(team, manager, cases):
    job = start(team, manager, part_size=7)
    tasks.assess_portfolio_part(job.key)
    once = Assessment.objects.count()
    tasks.assess_portfolio_part(job.key)
    assert (Assessment.objects.count(), progress(job).done) == (once, 7)


def test_a_case_that_cannot_be_assessed_is_told_and_stops_no_other(team, manager, cases):
    Pin.objects.filter(case=cases[2]).update(entered_on="2999-01-01", entered_on_precision="day")
    job = work(start(team, manager))
    assert (job.state, job.done, job.failed) == (JobState.FINISHED, 6, 1)
    [(key, error)] = outcome_of(job, manager).failures
    assert key == cases[2].key
    assert "is pinned to no version of an authority" in error


def test_a_failure_is_told_to_those_who_see_the_case(team, manager, cases):
    Pin.objects.filter(case=cases[2]).update(entered_on="2999-01-01", entered_on_precision="day")
    job = work(start(team, manager))
    Case.objects.filter(pk=cases[2].pk).update(markings=["CUI"])
    assert outcome_of(job, manager).failures == ()
    assert job.failed == 1


def test_resuming_tries_again_what_failed(team, manager, cases):
    pins = Pin.objects.filter(case=cases[2])
    pins.update(entered_on="2999-01-01", entered_on_precision="day")
    job = work(start(team, manager))
    pins.update(entered_on=None, entered_on_precision="")
    job = work(resume_job(job, actor=manager, reason="the pin is right now"))
    assert (job.state, job.done, job.failed) == (JobState.FINISHED, 7, 0)
    assert outcome_of(job, manager).failures == ()


def test_a_case_that_kills_its_workers_is_given_up_and_the_others_are_not(team, manager, cases):
    job = start(team, manager, part_size=7)
    for _ in range(GIVE_UP_AFTER):
        killed = take_part(job)
        overdue(job)
    job = work(job)
    assert (job.state, job.done, job.failed) == (JobState.FINISHED, 6, 1)
    assert outcome_of(job, manager).failures == (
        (killed.left[0], "Every worker that began to assess it was killed."),
    )


def test_a_case_in_other_hands_is_left_for_later(team, manager, cases, monkeypatch):
    monkeypatch.setattr(portfolio, "_PATIENCE", 0.0)
    job = start(team, manager, part_size=7)
    elsewhere = connections["default"].copy()
    try:
        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [_LOCK, cases[0].pk])
        assert assess_part(job)
        assert (progress(job).state, progress(job).done) == (JobState.RUNNING, 6)
    finally:
        elsewhere.close()
    assert (work(job).state, progress(job).done) == (JobState.FINISHED, 7)


def test_cancelling_stops_the_run_and_resuming_goes_on(team, manager, cases):
    job = start(team, manager)
    assess_part(job)
    job = cancel_job(job, actor=manager, reason="too early")
    assert work(job).done == 3
    assert job.state == JobState.CANCELLED
    with pytest.raises(NotNowError, match="not running"):
        cancel_job(job, actor=manager, reason="again")
    job = work(resume_job(job, actor=manager, reason="now"))
    assert (job.state, job.done, Assessment.objects.count()) == (JobState.FINISHED, 7, 7)


def test_what_is_in_hand_when_a_run_is_cancelled_is_still_counted(team, manager, cases):
    job = start(team, manager)
    taken = take_part(job)
    cancel_job(job, actor=manager, reason="too early")
    portfolio._assess(taken, taken.left)
    assert progress(job).done == 3


def test_a_run_that_is_through_cannot_be_resumed(team, manager, cases):
    job = work(start(team, manager))
    with pytest.raises(NotNowError, match="Nothing is left"):
        resume_job(job, actor=manager, reason="again")


def test_the_sweep_ends_a_run_whose_last_worker_died_before_saying_so(team, manager, cases):
    job = start(team, manager, part_size=7)
    taken = take_part(job)
    portfolio._assess(taken, taken.left)
    assert tend_jobs() == 0
    assert progress(job).state == JobState.FINISHED
    assert settle(job) is False


def test_the_history_says_who_asked_and_why(team, manager, cases):
    job = start(team, manager)
    cancel_job(job, actor=manager, reason="too early")
    changes = Change.objects.filter(table="evidence_job").order_by("seq")
    assert [(each.actor, each.reason) for each in changes] == [
        (manager.key, "the engine changed"), (manager.key, "too early"),
    ]  # fmt: skip


def test_the_command_starts_works_and_tells(team, manager, cases, capsys):
    call_command(
        "portfolio_run", "--here",
        *("--team", team.key, "--actor", manager.username, "--reason", "the engine changed"),
    )  # fmt: skip
    told = capsys.readouterr().out
    assert "7 of 7 cases" in told
    assert "7  not-assessed → unsupported" in told
    assert "0 cases changed grade, 7 were assessed for the first time" in told
    assert Assessment.objects.count() == 7


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say who asks"),
        (["--actor", "nobody", "--reason", "x"], "--actor: there is no user 'nobody'"),
        (["--watch", "J-none"], "--watch: there is no run 'J-none'"),
    ],
)
def test_the_command_names_what_is_wrong(words, said):
    with pytest.raises(CommandError, match=said):
        call_command("portfolio_run", *words)
