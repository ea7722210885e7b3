"""A disk of one megabyte, full: what does not fit is refused, and what was there stays whole.

Needs the right to mount, as root in a container often has; says so where it is refused.
"""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from access.words import Role
from evidence.actions import (
    NotKeptError,
    add_bytes,
    attach_exhibit,
    begin_upload,
    log_evidence,
    read_exhibit,
)
from evidence.actions import uploads as at_work
from evidence.actions.uploads import received
from evidence.models import Blob, BytesState, CustodyEvent, Exhibit, Intake
from evidence.storage import StoreAwayError, exhibit_store
from tests.access.factories import TeamFactory, member
from tests.evidence.stores import names, under_way
from tests.evidence.streams import of_bytes
from tests.s3 import S3, point_at

pytestmark = pytest.mark.django_db

BY = {"actor": "system:test", "reason": "a test"}
KILOBYTE = 1024
TOO_MUCH = b"0123456789abcdef" * 128 * KILOBYTE  # two megabytes


@pytest.fixture
def disk(tmp_path: Path, settings) -> Iterator[Path]:
    """A disk of its own for what arrives."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip(f"NOT TESTED, no disk could be mounted: {mounted.stderr.strip()}")
    settings.MEDIA_ROOT = folder / "exhibits"
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def item():
    return log_evidence(TeamFactory(), summary="what it says", **BY)


def test_a_file_that_does_not_fit_is_refused_and_what_is_there_stays(disk: Path, item) -> None:
    there = attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
    with pytest.raises(NotKeptError, match="no room for it"):
        attach_exhibit(item, of_bytes(TOO_MUCH), "large.bin", **BY)
    assert (names(exhibit_store()), under_way(exhibit_store())) == ([there.blob_id], [])
    assert (Exhibit.objects.count(), Blob.objects.count(), Intake.objects.count()) == (1, 1, 1)
    assert CustodyEvent.objects.filter(kind="received").count() == 1
    with read_exhibit(there, **BY) as file:
        assert file.read() == b"page"

    (disk / "filling").write_bytes(b"x" * 900 * KILOBYTE)
    with pytest.raises(NotKeptError, match="no room for it"):
        attach_exhibit(item, of_bytes(TOO_MUCH[: 200 * KILOBYTE]), "small.bin", **BY)
    (disk / "filling").unlink()
    attach_exhibit(item, of_bytes(TOO_MUCH[: 200 * KILOBYTE]), "small.bin", **BY)
    assert len(names(exhibit_store())) == 2


def test_an_upload_in_pieces_keeps_what_fit_and_goes_on_when_there_is_room(
    disk: Path, item, monkeypatch
) -> None:
    monkeypatch.setattr(at_work, "_ROOM_LEFT", 0)
    analyst = member(item.owner_team, Role.ANALYST)
    content = TOO_MUCH[: 800 * KILOBYTE]
    upload = begin_upload(item, "large.bin", len(content), actor=analyst, reason="a test")
    (disk / "filling").write_bytes(b"x" * 600 * KILOBYTE)
    with pytest.raises(NotKeptError, match="no room for the rest"):
        add_bytes(upload, BytesIO(content), 0, actor=analyst)
    has = received(upload)
    assert has < len(content)
    assert not Exhibit.objects.exists()

    (disk / "filling").unlink()
    assert add_bytes(upload, BytesIO(content[has:]), has, actor=analyst) == len(content)
    with read_exhibit(Exhibit.objects.get(), **BY) as file:
        assert file.read() == content


def test_a_spool_that_is_full_says_nothing_of_an_exhibit_in_a_bucket(
    disk: Path, item, settings, s3: S3
) -> None:
    point_at(settings, s3.endpoint, s3.new_bucket())
    exhibit = attach_exhibit(item, of_bytes(TOO_MUCH[: 600 * KILOBYTE]), "large.bin", **BY)
    (disk / "filling").write_bytes(b"x" * 700 * KILOBYTE)
    with pytest.raises(StoreAwayError, match="No space left"):
        read_exhibit(exhibit, **BY)
    assert under_way(exhibit_store()) == []
    assert Blob.objects.get().state == BytesState.WHOLE
    assert list(exhibit.custody.values_list("kind", flat=True)) == ["received"]
