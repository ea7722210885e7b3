"""Real workers on a real queue, killed without warning."""

import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from access.words import Role
from casemgr.models import Assessment
from casemgr.reassess.portfolio import outcome_of
from evidence.models import Job, JobPart, JobState
from tests.access.factories import TeamFactory, member
from tests.casemgr.factories import DesigneeFactory, a_case, law
from tests.faults.workers import SECONDS, kill, tell, until

pytestmark = pytest.mark.django_db(transaction=True)

CASES = 120


def the_run() -> Any:
    return Job.objects.with_progress().get()


def test_killed_midway_it_completes_and_each_case_is_assessed_once(environment, worker):
    team, version, designee = TeamFactory(), law(), DesigneeFactory()
    keys = {a_case(team, version=version, designee=designee).key for _ in range(CASES)}
    manager = member(team, Role.MANAGER)
    first = worker()
    watching = subprocess.Popen(
        [
            sys.executable, "manage.py", "portfolio_run", "--team", team.key,
            "--actor", manager.username, "--reason", "the engine changed",
        ],
        env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip

    def midway() -> bool:
        held = JobPart.objects.unfinished().filter(leased_until__isnull=False)
        return held.exists() and 0 < the_run().done < CASES

    until(lambda: Job.objects.exists() and midway(), "a part done and a part in hand")
    kill(first)
    job = the_run()
    held = JobPart.objects.unfinished().filter(leased_until__gte=timezone.now())
    assert (job.state, held.exists()) == (JobState.RUNNING, True)
    done = job.done
    assert Assessment.objects.count() == done

    # A minute passes; then the sweep of another worker finds what was left.
    held.update(leased_until=timezone.now() - timedelta(seconds=1))
    worker()
    tell(environment["REDIS_URL"], "casemgr.sweep")
    tell(environment["REDIS_URL"], "casemgr.assess_portfolio_part", job.key)
    until(lambda: the_run().state == JobState.FINISHED, "the run is finished")

    job = the_run()
    assert (job.total, job.done, job.failed) == (CASES, CASES, 0)
    assert Counter(Assessment.objects.values_list("case__key", flat=True)) == dict.fromkeys(keys, 1)
    # The sweep may have come to a case before the run did; then it had this grade already.
    moves = outcome_of(job, manager).moves
    assert {move.after for move in moves} == {"unsupported"}
    assert sum(move.cases for move in moves) == CASES
    told, _ = watching.communicate(timeout=SECONDS)
    assert watching.returncode == 0
    assert f"{CASES} of {CASES} cases" in told

    # The same message once more, delivered late.
    tell(environment["REDIS_URL"], "casemgr.assess_portfolio_part", job.key)
    tell(environment["REDIS_URL"], "casemgr.sweep")
    time.sleep(2)
    assert (the_run().done, Assessment.objects.count()) == (CASES, CASES)
