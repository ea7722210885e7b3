"""Datasets, figures and claims while workers are killed and messages come twice.

Whatever happens, the job is visibly unfinished and then completes: every figure is kept once, and
every claim is checked once.
"""

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone

from access.words import Role
from evidence.actions import (
    StatedClaim,
    attach_exhibit,
    declare_dataset,
    log_evidence,
    state_claims,
)
from evidence.models import ClaimCheck, Dataset, Figure, Job, JobPart, JobState
from evidence.recompute import compute_part, start_figures
from evidence.words import ClaimState, Comparator
from tests.access.factories import TeamFactory, member
from tests.evidence.intake.working import taken_in
from tests.faults.workers import kill, tell, until

pytestmark = pytest.mark.django_db(transaction=True)

ACCOUNTS = b"account_id,provider\nA-1,one\nA-2,one\nA-3,two\n"
MOMENTS = ("as it begins", "before it is written", "while it is written", "once it is written")

# A worker that is killed at a chosen moment of a chosen step; nothing else of it is different.
KILLED = """
import os, signal, sys
import django
django.setup()
from evidence import recompute
from evidence.models import Job

step, moment = sys.argv[1:]
do, note = recompute._do, recompute.note
keeps = {"read": "find_sound", "accounts": "compute", "claims": "check_claims"}[
    step.partition(":")[0]
]

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def doing(taken, item, at, files):
    if (at, moment) == (step, "as it begins"):
        die()
    do(taken, item, at, files)
    if (at, moment) == (step, "once it is written"):
        die()

def noting(taken, done=(), **more):
    if step in done and moment == "before it is written":
        die()
    note(taken, done=done, **more)
    if step in done and moment == "while it is written":
        die()

recompute._do, recompute.note = doing, noting
recompute.compute_part(Job.objects.get())
"""


@pytest.fixture
def job(settings, tmp_path, environment) -> Job:
    """A dataset, a claim on it, and the job that has yet to look at both."""
    settings.MEDIA_ROOT = tmp_path / "exhibits"
    environment["CASEMGR_DATA"] = str(tmp_path)
    team = TeamFactory()
    by = {"actor": member(team, Role.ANALYST), "reason": "a test"}
    item = log_evidence(team, summary="what it says", **by)
    exhibit = attach_exhibit(item, BytesIO(ACCOUNTS), "rows.csv", **by)
    taken_in()
    declare_dataset(exhibit, "accounts", **by)
    stated = StatedClaim(metric="accounts", comparator=Comparator.EXACTLY, value=Decimal(3))
    state_claims(item, [stated], **by)
    return start_figures(item, **by)


def a_minute_passes() -> None:
    JobPart.objects.exclude(leased_until=None).update(
        leased_until=timezone.now() - timedelta(seconds=1)
    )


def settled() -> None:
    """All of it is done, and each part of it once."""
    part = JobPart.objects.get()
    assert (part.job.state, part.left) == (JobState.FINISHED, [])
    assert all("the file holds none of it" in said for said in part.failures.values())
    assert Dataset.objects.get().state == "sound"
    kept = Counter(Figure.objects.values_list("name", flat=True))
    assert kept["accounts"] == 1
    assert set(kept.values()) == {1}
    assert part.tally == {"new": len(kept)}
    check = ClaimCheck.objects.get()
    assert (check.state, check.found) == (ClaimState.VERIFIED.value, 3)
    assert check.item.claims.get().check_state == ClaimState.VERIFIED.value


@pytest.mark.parametrize("step", ["read:accounts", "accounts", "claims"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_in_any_step_each_step_is_done_once(job, environment, step, moment) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, step, moment],
        env={**environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
        check=False, timeout=60,
    )  # fmt: skip
    assert ended.returncode == -9
    left = JobPart.objects.get()
    assert Job.objects.get().state == JobState.RUNNING
    assert (step in left.left) == (moment != "once it is written")
    assert not compute_part(job), (
        "a part in hand is left to whoever has it, until the lease is over"
    )
    a_minute_passes()
    compute_part(job)
    if Job.objects.get().state == JobState.RUNNING:  # nothing was left but to see that
        compute_part(job)
    settled()
    compute_part(job)
    settled()


def test_told_many_times_and_killed_real_workers_compute_each_figure_once(
    job, environment, worker
) -> None:
    told = (environment["REDIS_URL"], "casemgr.compute_figures_part", job.key)
    for _ in range(3):
        tell(*told)
    first = worker()
    until(lambda: Dataset.objects.get().state == "sound", "the file was read")
    kill(first)
    a_minute_passes()
    worker()
    for _ in range(3):
        tell(*told)
    until(lambda: Job.objects.get().state == JobState.FINISHED, "the job is finished")
    tell(*told)
    tell(environment["REDIS_URL"], "casemgr.sweep")
    settled()
