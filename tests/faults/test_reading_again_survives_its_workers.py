"""The nightly reading while workers are killed and messages come twice."""

import io
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from evidence.actions import attach_exhibit, log_evidence
from evidence.actions.integrity import go_on_reading, tend_reading
from evidence.models import Blob, BytesState, CustodyEvent
from tests.access.factories import TeamFactory
from tests.evidence.integrity.damage import alter
from tests.faults.workers import kill, tell, until

pytestmark = pytest.mark.django_db(transaction=True)

BY = {"actor": "system:test", "reason": "a test"}
FILES = 12

# A worker that is killed at a chosen moment of its third file; nothing else of it is different.
KILLED = """
import os, signal, sys
import django
django.setup()
from evidence.actions import integrity

moment, taken = sys.argv[1], []
read, move_on, note = integrity.read_bytes_again, integrity._move_on, integrity.note_reading

def die_third():
    if len(taken) == 3:
        os.kill(os.getpid(), signal.SIGKILL)

def reading(sha256, alive):
    taken.append(sha256)
    if moment == "as it reads":
        die_third()
    return read(sha256, alive)

def moving(blob, found):
    news = move_on(blob, found)
    if moment == "while it is written":
        die_third()
    return news

def noting(found, **how):
    news = note(found, **how)
    if moment == "after it is written":
        die_third()
    return news

integrity.read_bytes_again, integrity._move_on, integrity.note_reading = reading, moving, noting
integrity.go_on_reading()
"""


@pytest.fixture(autouse=True)
def exhibits(settings, tmp_path, environment):
    """Twelve files, two of them altered since."""
    settings.MEDIA_ROOT = tmp_path / "exhibits"
    environment["CASEMGR_DATA"] = str(tmp_path)
    item = log_evidence(TeamFactory(), summary="what it says", **BY)
    found = [
        attach_exhibit(item, io.BytesIO(b"%d" % number), f"{number}.txt", **BY)
        for number in range(FILES)
    ]
    alter(found[3])
    alter(found[7])
    return found


def time_passes() -> None:
    """Whoever held a file and was killed is silent for longer than the lease."""
    Blob.objects.exclude(leased_until=None).update(
        leased_until=timezone.now() - timedelta(seconds=1)
    )


def settled() -> None:
    """Every file was read, and what was found stands in the custody once."""
    assert not Blob.objects.filter(checked_at=None).exists()
    assert Blob.objects.filter(state=BytesState.DIFFERS).count() == 2
    assert CustodyEvent.objects.filter(kind="mismatch").count() == 2
    assert not CustodyEvent.objects.filter(kind="verified").exists()


@pytest.mark.parametrize(
    ("moment", "read", "in_hand"),
    [("as it reads", 2, 1), ("while it is written", 2, 1), ("after it is written", 3, 0)],
)
def test_the_next_one_goes_on_where_a_killed_one_was(environment, moment, read, in_hand) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, moment],
        env={**environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
        check=False, timeout=60,
    )  # fmt: skip
    assert ended.returncode == -9
    assert Blob.objects.exclude(checked_at=None).count() == read
    assert go_on_reading() == FILES - read - in_hand
    time_passes()
    assert go_on_reading() == in_hand
    settled()


def test_killed_and_told_twice_workers_read_every_file(worker, environment) -> None:
    for _ in range(4):
        tell(environment["REDIS_URL"], "evidence.read_again")
    first = worker()
    until(lambda: Blob.objects.exclude(checked_at=None).exists(), "a first file read")
    kill(first)
    time_passes()
    worker()
    for _ in range(2):
        tell(environment["REDIS_URL"], "evidence.read_again")
    until(lambda: not Blob.objects.filter(checked_at=None).exists(), "all files read")
    until(lambda: not Blob.objects.exclude(leased_until=None).exists(), "nothing in hand")
    assert not tend_reading()
    settled()
