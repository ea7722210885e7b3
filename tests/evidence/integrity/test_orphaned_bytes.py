"""Bytes that no exhibit names are told of, and removed only when someone says so."""

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
from tests.evidence.integrity.damage import stored_bytes
from tests.evidence.stores import names, put
from tests.evidence.streams import of_bytes

NOW = timedelta(seconds=-1)


pytestmark = pytest.mark.usefixtures("each_store")


def left_behind(content: bytes = b"left") -> str:
    """The SHA-256 of bytes that took their name, and have no row."""
    with exhibit_store().receive(of_bytes(content), 1_000) as received:
        received.keep()
    return received.sha256


@pytest.mark.django_db
def test_what_an_exhibit_names_is_none_and_young_bytes_are_left_alone(attached) -> None:
    attached()
    sha256 = left_behind()
    assert list(orphans()) == []
    assert [orphan.name for orphan in orphans(NOW)] == [sha256]


@pytest.mark.django_db
def test_bytes_that_a_docket_file_only_names_are_orphans_too(attached, logged) -> None:
    sha256 = left_behind()
    import_exhibit(logged("E-2"), sha256, filename="named.txt", **BY)
    orphan = next(orphans(NOW))
    assert remove_orphan(orphan)
    assert not exhibit_store().holds(sha256)
    assert Blob.objects.get().size is None


@pytest.mark.django_db
def test_removed_they_leave_no_row_and_can_come_again(attached, item) -> None:
    sha256 = left_behind(b"page")
    assert remove_orphan(next(orphans(NOW)))
    assert not exhibit_store().holds(sha256)
    assert not Blob.objects.exists()
    exhibit = attached(b"page")
    assert exhibit.blob_id == sha256
    assert stored_bytes(exhibit) == b"page"


@pytest.mark.django_db
def test_attached_since_they_were_looked_for_they_stay(attached) -> None:
    sha256 = left_behind(b"page")
    orphan = next(orphans(NOW))
    attached(b"page")
    assert not remove_orphan(orphan)
    assert exhibit_store().holds(sha256)


@pytest.mark.django_db
def test_a_file_under_another_name_is_told_of_and_never_removed() -> None:
    sha256 = left_behind()
    put(exhibit_store(), f"{sha256[:2]}/{sha256[2:4]}/notes.txt", b"someone was here")
    told = {orphan.name: orphan for orphan in orphans(NOW)}
    assert (told["notes.txt"].misplaced, told[sha256].misplaced) == (True, False)
    assert not remove_orphan(told["notes.txt"])
    assert "notes.txt" in names(exhibit_store())


@pytest.mark.django_db
def test_a_copy_in_the_wrong_place_is_told_of_though_an_exhibit_names_its_bytes(attached) -> None:
    exhibit = attached(b"page")
    put(exhibit_store(), f"{exhibit.blob_id[:2]}/{exhibit.blob_id}", b"page")
    (copy,) = orphans(NOW)
    assert copy.misplaced
    assert not remove_orphan(copy)
    assert stored_bytes(exhibit) == b"page"


@pytest.mark.django_db
def test_the_command_tells_and_removes_only_when_told(capsys) -> None:
    sha256 = left_behind()
    (where,) = (orphan.where for orphan in orphans(NOW))
    call_command("orphaned_bytes", "--delete")
    assert "0 left, 0 removed" in capsys.readouterr().out  # it is not a day old
    with pytest.raises(SystemExit) as ended:
        call_command("orphaned_bytes", "--days", "0")
    out = capsys.readouterr().out
    assert ended.value.code == 1
    assert f"{where}: 4 bytes, since " in out
    assert "1 left, 0 removed" in out
    assert exhibit_store().holds(sha256)
    call_command("orphaned_bytes", "--days", "0", "--delete")
    assert "0 left, 1 removed" in capsys.readouterr().out
    assert not exhibit_store().holds(sha256)


@pytest.mark.django_db(transaction=True)
def test_who_attaches_the_same_bytes_at_that_moment_waits_and_has_them_whole(
    item, monkeypatch
) -> None:
    left_behind(b"page")
    orphan = next(orphans(NOW))
    store, attaching = type(exhibit_store()), []
    remove = store.remove

    def attach() -> None:
        try:
            attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
        finally:
            connection.close()

    def slowly(self, sha256: str) -> None:
        attaching.append(threading.Thread(target=attach))
        attaching[0].start()
        attaching[0].join(timeout=1)
        assert attaching[0].is_alive(), "it did not wait"
        remove(self, sha256)

    monkeypatch.setattr(store, "remove", slowly)
    assert remove_orphan(orphan)
    attaching[0].join()
    exhibit = Exhibit.objects.get()
    assert stored_bytes(exhibit) == b"page"
    with transaction.atomic():
        assert Blob.objects.get().size == 4
