"""A bucket instead of a folder: large files, a writer killed midway, and a store that is away.

What both stores promise alike is tested for both, beside this file.
"""

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command

from evidence.actions import (
    NotKeptError,
    add_bytes,
    attach_exhibit,
    begin_upload,
    declare_dataset,
    read_exhibit,
)
from evidence.actions.integrity import go_on_reading
from evidence.actions.uploads import received, tend_uploads
from evidence.models import Blob, BytesState, CustodyEvent, Exhibit, Intake, Job, JobState
from evidence.recompute import compute_part, start_figures
from evidence.storage import StoreAwayError, exhibit_store
from tests.evidence.conftest import BY
from tests.evidence.intake.working import taken_in
from tests.evidence.integrity.damage import stored_bytes
from tests.evidence.stores import names, under_way
from tests.evidence.streams import of_bytes
from tests.s3 import S3, point_at

pytestmark = pytest.mark.django_db

LARGE = random.Random(1).randbytes(20 * 1024 * 1024)  # noqa: S311 - three parts of an upload
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def bucket(s3: S3) -> str:
    return s3.new_bucket()


@pytest.fixture(autouse=True)
def said(settings, tmp_path: Path, s3: S3, bucket: str) -> dict[str, str]:
    """Exhibits lie in the bucket; what says so to another process."""
    settings.MEDIA_ROOT = tmp_path / "exhibits"
    return point_at(settings, s3.endpoint, bucket) | {"CASEMGR_DATA": str(tmp_path)}


@contextmanager
def no_such_bucket(settings, s3: S3) -> Iterator[None]:
    before = settings.STORAGES
    point_at(settings, s3.endpoint, "another-bucket")
    yield
    settings.STORAGES = before


@contextmanager
def unreachable(settings, s3: S3) -> Iterator[None]:
    before = settings.STORAGES
    point_at(settings, NOBODY, "exhibits")
    yield
    settings.STORAGES = before


@contextmanager
def denied(settings, s3: S3) -> Iterator[None]:
    with s3.denying():
        yield


AWAY = pytest.mark.parametrize(
    ("away", "why"),
    [
        (no_such_bucket, "does not exist: make it, or set S3_BUCKET"),
        (denied, "refuses ("),
        (unreachable, "does not answer"),
    ],
)


def nothing_came() -> None:
    for model in (Exhibit, Blob, Intake):
        assert not model.objects.exists()
    assert not CustodyEvent.objects.filter(kind="received").exists()


def test_a_large_file_is_sent_in_parts_and_comes_back_whole(item) -> None:
    exhibit = attach_exhibit(item, of_bytes(LARGE), "large.bin", **BY)
    assert exhibit.blob_id == hashlib.sha256(LARGE).hexdigest()
    assert stored_bytes(exhibit) == LARGE
    assert under_way(exhibit_store()) == []


# Attaches a large file and is killed when the second of its parts has been sent.
KILLED = """
import os, signal, sys
import django
django.setup()
from io import BytesIO
from evidence.storage import exhibit_store

store, sent = exhibit_store(), []

def die_second(**_event):
    sent.append(1)
    if len(sent) == 2:
        os.kill(os.getpid(), signal.SIGKILL)

store._client.meta.events.register("after-call.s3.UploadPart", die_second)
with store.receive(BytesIO(sys.stdin.buffer.read()), 1 << 30) as received:
    received.keep()
"""


def test_killed_midway_nothing_lies_under_the_key_and_it_can_be_done_again(
    item, said, s3: S3, bucket: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED],
        input=LARGE,
        env={**os.environ, **said, "DJANGO_SETTINGS_MODULE": "config.settings"},
        check=False,
        timeout=60,
    )
    assert ended.returncode == -9
    begun = s3.client.list_multipart_uploads(Bucket=bucket)["Uploads"]
    assert len(begun) == 1
    assert names(exhibit_store()) == []
    assert not exhibit_store().holds(hashlib.sha256(LARGE).hexdigest())

    exhibit = attach_exhibit(item, of_bytes(LARGE), "large.bin", **BY)
    assert names(exhibit_store()) == [exhibit.blob_id]
    assert stored_bytes(exhibit) == LARGE


@AWAY
def test_a_store_that_is_away_takes_nothing_and_says_why(
    item, settings, s3: S3, caplog, away, why
) -> None:
    with away(settings, s3):
        with pytest.raises(NotKeptError, match="nothing was attached: try again"):
            attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
        assert why in exhibit_store().trouble()
        assert under_way(exhibit_store()) == []
    assert why in caplog.text
    assert "a-secret" not in caplog.text
    nothing_came()

    exhibit = attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
    assert stored_bytes(exhibit) == b"page"
    assert exhibit_store().trouble() == ""


@AWAY
def test_a_store_that_is_away_says_nothing_of_any_exhibit(
    item, settings, s3: S3, away, why
) -> None:
    exhibit = attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
    with away(settings, s3):
        with pytest.raises(StoreAwayError, match=why[:8]):
            read_exhibit(exhibit, **BY)
        with pytest.raises(StoreAwayError):
            go_on_reading()
        taken_in()
    waiting = Intake.objects.get()
    assert (waiting.state, waiting.attempts) == ("waiting", 0)
    assert Blob.objects.get().state == BytesState.WHOLE
    assert list(exhibit.custody.values_list("kind", flat=True)) == ["received"]

    Blob.objects.update(leased_until=None)
    Intake.objects.update(leased_until=None)
    assert go_on_reading() == 1
    assert taken_in() == 1
    assert Blob.objects.get().state == BytesState.WHOLE


def test_an_upload_that_is_whole_while_the_store_is_away_is_attached_later(
    item, analyst, settings, s3: S3
) -> None:
    upload = begin_upload(item, "large.bin", 4, actor=analyst, reason="a test")
    with unreachable(settings, s3):
        with pytest.raises(NotKeptError):
            add_bytes(upload, BytesIO(b"page"), 0, actor=analyst)
        assert (received(upload), tend_uploads()) == (4, 0)
    nothing_came()
    assert tend_uploads() == 1
    assert stored_bytes(Exhibit.objects.get()) == b"page"


def test_figures_wait_for_a_store_that_is_away_and_blame_no_dataset(
    item, analyst, settings, s3: S3
) -> None:
    exhibit = attach_exhibit(item, of_bytes(b"account_id\nA-1\n"), "rows.csv", **BY)
    taken_in()
    dataset = declare_dataset(exhibit, "accounts", **BY)
    job = start_figures(item, actor=analyst, reason="a test")
    with denied(settings, s3):
        for _ in range(5):
            assert compute_part(job)
            job.parts.update(leased_until=None)
    dataset.refresh_from_db()
    assert (dataset.state, dataset.problems) == ("waiting", [])
    assert Job.objects.with_progress().get().failed == 0

    assert compute_part(job)
    assert Job.objects.get().state == JobState.FINISHED
    assert item.figures.get(name="accounts").rows == [[1]]


def test_the_command_says_where_exhibits_lie_and_whether_it_answers(
    settings, s3: S3, bucket: str, capsys
) -> None:
    call_command("exhibit_store")
    assert f"the bucket {bucket} at {s3.endpoint}" in capsys.readouterr().out
    assert names(exhibit_store()) == []
    with unreachable(settings, s3), pytest.raises(SystemExit) as ended:
        call_command("exhibit_store")
    assert ended.value.code == 1
    assert "does not answer" in capsys.readouterr().err
