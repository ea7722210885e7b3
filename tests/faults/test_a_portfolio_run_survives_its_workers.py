"""Real workers on a real queue, killed without warning."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from access.words import Role
from casemgr.models import Assessment
from casemgr.reassess.portfolio import outcome_of
from config.addresses import DatabaseAddress
from evidence.models import Job, JobPart, JobState
from tests.access.factories import TeamFactory, member
from tests.casemgr.factories import DesigneeFactory, a_case, law
from tests.conftest import FIRST_TEST_REDIS

pytestmark = pytest.mark.django_db(transaction=True)

CASES = 120
SECONDS = 90


@pytest.fixture
def environment() -> dict[str, str]:
    """What a service on this test's database and on a queue of its own is started with."""
    redis = settings.ENVIRONMENT.redis.url
    server = redis.rpartition("/")[0] if redis.count("/") > 2 else redis
    given = {
        **os.environ,
        "DATABASE_URL": address(settings.ENVIRONMENT.database),
        "REDIS_URL": f"{server}/{FIRST_TEST_REDIS - 1}",
    }
    celery(given, "purge", "-f", "-Q", "celery,jobs")
    return given


def address(server: DatabaseAddress) -> str:
    """The test's own database on that server."""
    who = quote(server.user) + (f":{quote(server.password)}" if server.password else "")
    said = [("host", server.host), ("port", server.port), *server.parameters]
    more = urlencode([pair for pair in said if pair[1]])
    return f"postgresql://{who}@/{connection.settings_dict['NAME']}?{more}"


@pytest.fixture
def worker(environment) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts workers of two processes each; none outlives the test."""
    started = []

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "2", "-l", "WARNING"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the worker and its children at once, as the kernel does when memory is short."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def celery(environment: dict[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "celery", "-A", "config", *words],
        env=environment, check=True, capture_output=True, timeout=SECONDS,
    )  # fmt: skip


def the_run() -> Any:
    return Job.objects.with_progress().get()


def until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end, f"{SECONDS} s passed and not yet: {what}"
        time.sleep(0.02)


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
    celery(environment, "call", "casemgr.sweep")
    celery(environment, "call", "casemgr.assess_portfolio_part", "--args", f'["{job.key}"]')
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
    celery(environment, "call", "casemgr.assess_portfolio_part", "--args", f'["{job.key}"]')
    celery(environment, "call", "casemgr.sweep")
    time.sleep(2)
    assert (the_run().done, Assessment.objects.count()) == (CASES, CASES)
