"""Files on their way in while workers are killed, messages come twice, and the broker is away.

Whatever happens, a file is whole, set aside, or visibly waiting; and in the end it is taken in,
each step once.
"""

import bz2
import io
import os
import subprocess
import sys
import time
from datetime import timedelta
from itertools import product

import pytest
from celery import current_app
from django.utils import timezone

from evidence.actions import attach_exhibit, log_evidence
from evidence.models import Exhibit, Intake, IntakeState, TextPrint
from tests.access.factories import TeamFactory
from tests.evidence.intake import clamd, corpus, drawn
from tests.evidence.intake.working import taken_in
from tests.faults.workers import kill, tell, until

pytestmark = pytest.mark.django_db(transaction=True)

BY = {"actor": "system:test", "reason": "a test"}
WHOLE = ["received", "inspected", "text-read"]
LINES = (
    "The racks were sent to Quiet Harbor",
    "by way of a reseller in Singapore and",
    "nobody was told who would use them in",
    "the end, as the invoice of May shows,",
    "which names no buyer and no address.",
)

# A worker that is killed at a chosen moment of a chosen step; nothing else of it is different.
KILLED = """
import os, signal, sys
import django
django.setup()
from evidence.actions import intake as taking
from evidence.models import IntakeStep

step, moment = IntakeStep(sys.argv[1]), sys.argv[2]
work, write, enter = taking.STEPS[step], taking._note, taking._enter

def die(*_args):
    os.kill(os.getpid(), signal.SIGKILL)

def work_and_die(intake, alive):
    work(intake, alive)
    die()

def enter_and_die(exhibit, entered, outcome):
    # The last thing of the transaction: what was derived is written by now.
    enter(exhibit, entered, outcome)
    if entered == step:
        die()

def write_and_die(intake, outcome):
    written = intake.step
    write(intake, outcome)
    if written == step:
        die()

if moment == "as it begins":
    taking.STEPS[step] = die
elif moment == "before it is written":
    taking.STEPS[step] = work_and_die
elif moment == "while it is written":
    taking._enter = enter_and_die
else:
    taking._note = write_and_die
taking.take_in_next()
"""


@pytest.fixture(autouse=True)
def data(settings, tmp_path, environment):
    """Where the test and its workers keep the bytes."""
    settings.MEDIA_ROOT = tmp_path / "exhibits"
    environment["CASEMGR_DATA"] = str(tmp_path)


def attached(content: bytes, name: str) -> Exhibit:
    item = log_evidence(TeamFactory(), summary="what it says", **BY)
    return attach_exhibit(item, io.BytesIO(content), name, **BY)


def entries(exhibit: Exhibit) -> list[str]:
    return list(exhibit.custody.order_by("pk").values_list("kind", flat=True))


def a_minute_passes() -> None:
    Intake.objects.filter(leased_until__isnull=False).update(
        leased_until=timezone.now() - timedelta(seconds=1)
    )


@pytest.fixture
def scanner(settings, environment):
    """A scanner for malware, for the test and its workers."""
    with clamd.peer() as server:
        settings.CLAMD = environment["CLAMD"] = server.address
        yield server


# The move to the next step is the same code for all of them: the first and the last are killed at
# every moment, the others where the most is at stake.
MIDWAY = ("before it is written", "while it is written")
EVERY = ("as it begins", *MIDWAY, "once it is written")


@pytest.mark.parametrize(
    ("step", "moment"),
    [
        *product(("inspect", "compare"), EVERY),
        *product(("scan", "draw", "read", "ocr"), MIDWAY),
    ],
)
def test_killed_in_any_step_each_step_is_done_once(environment, scanner, step, moment):
    scanned = step in ("draw", "ocr")
    if scanned:
        drawn.needs_tesseract()
        exhibit = attached(drawn.png(*LINES), "page.png")
    else:
        exhibit = attached("\n".join(LINES).encode(), "note.txt")
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, step, moment], env=environment, check=False, timeout=60
    )
    assert ended.returncode == -9
    left = Intake.objects.get(exhibit=exhibit)
    last = (step, moment) == ("compare", "once it is written")
    assert left.state == (IntakeState.WHOLE if last else IntakeState.WAITING)
    assert last or (left.step == step) == (moment != "once it is written")
    assert taken_in() == 0, "a file in hand is left to whoever has it, until the lease is over"
    a_minute_passes()
    taken_in()
    intake = Intake.objects.get(exhibit=exhibit)
    assert (intake.state, intake.remark, intake.language) == (IntakeState.WHOLE, "", "en")
    read = ["text-read"] * (2 if scanned else 1)
    assert entries(exhibit) == ["received", "inspected", "scanned", *read]
    [passage] = exhibit.passages.all()
    assert passage.text.split() == " ".join(LINES).split()
    assert passage.by_ocr == scanned
    assert TextPrint.objects.filter(exhibit=exhibit).count() == 1
    assert intake.pictured == scanned


def test_real_workers_killed_midway_and_messages_delivered_twice(environment, worker):
    slow = attached(bz2.compress(os.urandom(25_000_000)), "slow.bz2")
    hostile = attached(corpus.zipped(("../../x", b"x")), "up.zip")
    others = [attached(f"note {number}".encode(), f"{number}.txt") for number in range(8)]
    first = worker()
    for _ in range(3):
        tell(environment["REDIS_URL"], "evidence.take_in")
    held = Intake.objects.filter(exhibit=slow, leased_until__isnull=False)
    until(held.exists, "the slow file is in hand")
    kill(first)
    assert Intake.objects.get(exhibit=slow).state == IntakeState.WAITING
    assert Exhibit.objects.filter(intake=None).count() == 0

    a_minute_passes()
    worker()
    for _ in range(2):  # the sweep, and each message once more
        tell(environment["REDIS_URL"], "casemgr.sweep")
        tell(environment["REDIS_URL"], "evidence.take_in")
    waiting = Intake.objects.filter(state=IntakeState.WAITING)
    until(lambda: not waiting.exists(), "nothing waits")
    tell(environment["REDIS_URL"], "evidence.take_in")
    time.sleep(1)
    assert entries(hostile) == ["received", "quarantined"]
    for exhibit in (slow, *others):
        assert entries(exhibit) == WHOLE
    for number, exhibit in enumerate(others):
        assert [passage.text for passage in exhibit.passages.all()] == [f"note {number}"]


def test_with_the_broker_away_a_file_waits_and_the_next_sweep_has_it_taken_in(environment, worker):
    address = current_app.conf.broker_url
    current_app.conf.broker_url = "redis://127.0.0.1:1/0"
    try:
        exhibit = attached(b"words", "note.txt")
    finally:
        current_app.conf.broker_url = address
    assert Intake.objects.get(exhibit=exhibit).state == IntakeState.WAITING
    worker()
    time.sleep(2)
    assert entries(exhibit) == ["received"]
    tell(environment["REDIS_URL"], "casemgr.sweep")
    until(lambda: entries(exhibit) == WHOLE, "the file is taken in")
