"""Broker and database end in the middle of the work, and come back; the service is not told.

Web and worker are processes of their own that live through it. Afterwards every item is whole, or
visibly waits and is completed by the next sweep; nothing is lost, nothing is done twice.
"""

import base64
import bz2
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.house import BOUNDARY, House, form, standing
from tests.faults.workers import until

# Not for its rows: the house's database is made as this one is.
pytestmark = pytest.mark.django_db(transaction=True)

WHOLE = ["received", "inspected", "text-read"]
FORM = f"multipart/form-data; boundary={BOUNDARY}"

# A dataset of many rows and a claim on it, in the house's own database; then the job's key.
FIGURES = """
import django
django.setup()
from io import BytesIO
from decimal import Decimal
from access.models import User
from evidence.actions import (
    StatedClaim, attach_exhibit, declare_dataset, log_evidence, state_claims
)
from evidence.models import Intake
from evidence.recompute import start_figures
from evidence.words import Comparator
from tests.evidence.intake.working import taken_in

ana = User.objects.filter(memberships__role="analyst").first()
by = {"actor": ana, "reason": "a test"}
item = log_evidence(ana.memberships.get().team, summary="accounts", **by)
rows = "account_id,provider,created_at\\n" + "".join(
    f"A-{n},one,2026-01-{n % 28 + 1:02d} 10:00:00\\n" for n in range(400_000)
)
exhibit = attach_exhibit(item, BytesIO(rows.encode()), "rows.csv", **by)
while Intake.objects.get(exhibit=exhibit).state == "waiting":
    taken_in()
declare_dataset(exhibit, "accounts", **by)
claim = StatedClaim(metric="accounts", comparator=Comparator.EXACTLY, value=Decimal(400_000))
state_claims(item, [claim], **by)
print(start_figures(item, **by).key)
"""


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker) -> Iterator[House]:
    # A short path: a socket lies in it.
    folder = Path(tempfile.mkdtemp(prefix="cm-"))
    try:
        with django_db_blocker.unblock(), standing(folder) as found:
            yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_while_the_broker_is_away_files_are_accepted_and_wait_and_then_are_taken_in(
    house: House,
) -> None:
    house.broker.stop()
    answer = house.ask("POST", house.exhibits, *form(b"words", "note.txt"), Content_Type=FORM)
    assert answer.status == 201, answer.said
    assert house.shown("note.txt")[0]["intake"]["state"] == "waiting"
    health = house.ask("GET", "/health/")
    assert (health.status, json.loads(health.said)["queue"]) == (503, "down")

    house.broker.start()
    house.sweep()
    until(lambda: house.taken_in("note.txt"), "the file is taken in")
    assert house.custody("note.txt") == WHOLE


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGQUIT])
def test_a_database_that_goes_while_a_file_comes_leaves_it_whole_or_not_there(
    house: House, how: signal.Signals
) -> None:
    name, (body,) = f"{how.name}.txt", form(b"words " * 200_000, f"{how.name}.txt")
    answer = house.half(
        "POST", house.exhibits, body, lambda: house.database.end(how), Content_Type=FORM
    )
    assert answer is None or answer.status == 500
    house.database.start()
    assert house.shown(name) == []
    assert house.ask("POST", house.exhibits, body, Content_Type=FORM).status == 201
    house.sweep()
    until(lambda: house.taken_in(name), "the file is taken in")
    assert house.custody(name) == WHOLE


def test_a_database_that_goes_while_a_piece_comes_leaves_an_upload_to_go_on_with(
    house: House,
) -> None:
    content = b"words " * 200_000
    told = base64.b64encode(b"pieces.txt").decode()
    begun = house.ask(
        "POST", f"/api/v1/evidence/{house.item}/uploads",
        Upload_Length=str(len(content)), Upload_Metadata=f"filename {told}", Tus_Resumable="1.0.0",
    )  # fmt: skip
    assert begun.status == 201, begun.said
    path = begun.headers["Location"].partition("//")[2].partition("/")[2]
    piece = {"Content_Type": "application/offset+octet-stream", "Tus_Resumable": "1.0.0"}
    answer = house.half(
        "PATCH", f"/{path}", content, lambda: house.database.end(signal.SIGKILL),
        Upload_Offset="0", **piece,
    )  # fmt: skip
    assert answer is None or answer.status == 500
    house.database.start()
    has = int(house.ask("HEAD", f"/{path}").headers["Upload-Offset"])
    if has < len(content):
        rest = content[has:]
        assert house.ask("PATCH", f"/{path}", rest, Upload_Offset=str(has), **piece).status == 204
    house.sweep()
    until(lambda: house.taken_in("pieces.txt"), "the file is attached and taken in")
    assert house.custody("pieces.txt") == WHOLE


def test_a_database_that_goes_while_a_file_is_taken_in_leaves_it_to_the_next_sweep(
    house: House,
) -> None:
    slow = bz2.compress(os.urandom(12_000_000))
    (body,) = form(slow, "slow.bz2")
    assert house.ask("POST", house.exhibits, body, Content_Type=FORM).status == 201
    in_hand = "SELECT 1 FROM evidence_intake WHERE state = 'waiting' AND leased_until > now()"
    until(lambda: bool(house.database.ask(in_hand)), "the slow file is in hand")
    house.database.end(signal.SIGKILL)
    house.database.start()
    assert house.shown("slow.bz2")[0]["intake"]["state"] == "waiting"

    house.a_minute_passes()
    house.sweep()
    until(lambda: house.taken_in("slow.bz2"), "the file is taken in")
    assert house.custody("slow.bz2") == WHOLE


def test_a_database_that_goes_while_figures_are_computed_leaves_none_out_and_none_twice(
    house: House,
) -> None:
    job = house.run(FIGURES)
    in_hand = "SELECT 1 FROM evidence_jobpart WHERE leased_until > now()"
    until(lambda: bool(house.database.ask(in_hand)), "the job is in hand")
    house.database.end(signal.SIGKILL)
    house.database.start()

    def state() -> str:
        return str(house.database.ask("SELECT state FROM evidence_job WHERE key = %s", job)[0][0])

    assert state() in ("waiting", "running")
    house.a_minute_passes()
    house.sweep()
    until(lambda: state() == "finished", "the job is finished")
    ((left, failures),) = house.database.ask('SELECT "left", failures FROM evidence_jobpart')
    assert left == []
    assert all("the file holds none of it" in said for said in failures.values()), failures
    kept = house.database.ask("SELECT name, count(*) FROM evidence_figure GROUP BY name")
    assert {count for _, count in kept} == {1}
    assert ("accounts", 1) in kept
    assert house.database.ask("SELECT check_state FROM evidence_claim") == [("verified",)]
    assert house.database.ask("SELECT count(*) FROM evidence_claimcheck") == [(1,)]
