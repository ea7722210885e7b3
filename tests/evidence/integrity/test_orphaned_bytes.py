"""Bytes that no exhibit names are told of, and removed only when someone says so."""

import os
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from evidence.actions import attach_exhibit, import_exhibit
from evidence.actions.orphans import orphans, remove_orphan
from evidence.models import Blob, Exhibit
from evidence.storage import exhibit_store
from tests.evidence.conftest import BY
from tests.evidence.integrity.damage import path_of
from tests.evidence.streams import of_bytes

NOW = timedelta(seconds=-1)


def left_behind(content: bytes = b"left"):
    """Bytes that took their name, and no row."""
    with exhibit_store().receive(of_bytes(content), 1_000) as received:
        received.keep()
    return exhibit_store().path(received.sha256)


@pytest.mark.django_db
def test_what_an_exhibit_names_is_none_and_young_bytes_are_left_alone(attached) -> None:
    attached()
    path = left_behind()
    assert list(orphans()) == []
    assert [orphan.path for orphan in orphans(NOW)] == [path]


@pytest.mark.django_db
def test_bytes_that_a_docket_file_only_names_are_orphans_too(attached, logged) -> None:
    path = left_behind()
    import_exhibit(logged("E-2"), path.name, filename="named.txt", **BY)
    orphan = next(orphans(NOW))
    assert remove_orphan(orphan)
    assert not path.exists()
    assert Blob.objects.get().size is None


@pytest.mark.django_db
def test_removed_they_leave_no_row_and_can_come_again(attached, item) -> None:
    path = left_behind(b"page")
    assert remove_orphan(next(orphans(NOW)))
    assert not path.exists()
    assert not Blob.objects.exists()
    assert path_of(attached(b"page")) == path
    assert path.read_bytes() == b"page"


@pytest.mark.django_db
def test_attached_since_they_were_looked_for_they_stay(attached) -> None:
    path = left_behind(b"page")
    orphan = next(orphans(NOW))
    attached(b"page")
    assert not remove_orphan(orphan)
    assert path.exists()


@pytest.mark.django_db
def test_a_file_under_another_name_is_told_of_and_never_removed(root) -> None:
    path = left_behind()
    stray = path.with_name("notes.txt")
    stray.write_text("someone was here")
    told = {orphan.path: orphan for orphan in orphans(NOW)}
    assert (told[stray].misplaced, told[path].misplaced) == (True, False)
    assert not remove_orphan(told[stray])
    assert stray.exists()


@pytest.mark.django_db
def test_the_command_tells_and_removes_only_when_told(capsys) -> None:
    path = left_behind()
    call_command("orphaned_bytes", "--delete")
    assert "0 left, 0 removed" in capsys.readouterr().out  # it is not a day old
    with pytest.raises(SystemExit) as ended:
        call_command("orphaned_bytes", "--days", "0")
    out = capsys.readouterr().out
    assert ended.value.code == 1
    assert f"{path}: 4 bytes, since " in out
    assert "1 left, 0 removed" in out
    assert path.exists()
    call_command("orphaned_bytes", "--days", "0", "--delete")
    assert "0 left, 1 removed" in capsys.readouterr().out
    assert not path.exists()


@pytest.mark.django_db(transaction=True)
def test_who_attaches_the_same_bytes_at_that_moment_waits_and_has_them_whole(
    item, monkeypatch
) -> None:
    path = left_behind(b"page")
    orphan = next(orphans(NOW))
    unlink, attaching = os.unlink, []

    def attach() -> None:
        try:
            attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
        finally:
            connection.close()

    class Slow(type(path)):
        def unlink(self, missing_ok: bool = False) -> None:
            attaching.append(threading.Thread(target=attach))
            attaching[0].start()
            attaching[0].join(timeout=1)
            assert attaching[0].is_alive(), "it did not wait"
            unlink(self)

    assert remove_orphan(type(orphan)(Slow(path), orphan.size, orphan.since, misplaced=False))
    attaching[0].join()
    exhibit = Exhibit.objects.get()
    assert path_of(exhibit).read_bytes() == b"page"
    with transaction.atomic():
        assert Blob.objects.get().size == 4
