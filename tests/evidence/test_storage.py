"""Bytes are stored whole or not at all, once, privately, and under their own digest.

Every promise is held in a folder and again in a bucket.
"""

import hashlib
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from evidence.storage import (
    BytesDifferError,
    BytesMissingError,
    EmptyFileError,
    ExhibitStore,
    FileStore,
    FileTooLargeError,
    StoreAwayError,
    exhibit_store,
)
from tests.evidence.stores import names, overwrite, under_way
from tests.evidence.streams import Dripping, of_bytes

LIMIT = 1024


@pytest.fixture
def store(each_store) -> ExhibitStore:
    return exhibit_store()


def put(store: ExhibitStore, content: bytes) -> str:
    with store.receive(of_bytes(content), LIMIT) as received:
        received.keep()
    return received.sha256


def test_bytes_lie_under_their_sha256(store: ExhibitStore) -> None:
    sha256 = put(store, b"page")

    assert sha256 == hashlib.sha256(b"page").hexdigest()
    (stored,) = store.stored()
    assert stored.where.endswith(f"/{sha256[:2]}/{sha256[2:4]}/{sha256}")
    assert (stored.name, stored.size, stored.misplaced) == (sha256, 4, False)
    with store.open_verified(sha256) as file:
        assert file.read() == b"page"


def test_they_come_back_in_every_way_they_are_asked_for(store: ExhibitStore) -> None:
    sha256 = put(store, b"page")

    with store.open(sha256) as file:
        assert (file.read(), os.pread(file.fileno(), 2, 1)) == (b"page", b"ag")
    assert store.head(sha256, 2) == b"pa"
    for lent in (store.local, store.local_verified):
        with lent(sha256) as path:
            assert path.read_bytes() == b"page"
    alive: list[int] = []
    assert store.read_again(sha256, lambda: alive.append(1)) == sha256
    assert alive
    assert under_way(store) == []


def test_the_same_bytes_are_stored_once(store: ExhibitStore) -> None:
    sha256 = put(store, b"page")
    (written,) = store.stored()

    assert put(store, b"page") == sha256
    assert list(store.stored()) == [written]


def test_what_was_not_kept_is_gone(store: ExhibitStore) -> None:
    with store.receive(of_bytes(b"page"), LIMIT) as received:
        assert received.size == 4

    assert (names(store), under_way(store)) == ([], [])
    assert not store.holds(received.sha256)


def test_what_was_removed_is_gone(store: ExhibitStore) -> None:
    sha256 = put(store, b"page")

    store.remove(sha256)

    assert not store.holds(sha256)
    with pytest.raises(BytesMissingError):
        store.open_verified(sha256)


def test_a_file_that_lies_here_already_is_taken_without_a_copy_and_stays(
    store: ExhibitStore,
) -> None:
    waiting = store.spool.folder.parent / "uploads" / "one"
    waiting.parent.mkdir(parents=True)
    waiting.write_bytes(b"page")
    with store.adopt(waiting, LIMIT) as received:
        received.keep()

    assert names(store) == [received.sha256]
    assert (waiting.read_bytes(), under_way(store)) == (b"page", [])


def test_nobody_else_may_read(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "exhibits")
    path = store.path(put(store, b"page"))

    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    for folder in (store.root, *path.relative_to(store.root).parents):
        assert stat.S_IMODE((store.root / folder).stat().st_mode) == 0o700


def test_an_empty_file_is_refused(store: ExhibitStore) -> None:
    with pytest.raises(EmptyFileError):
        put(store, b"")

    assert (names(store), under_way(store)) == ([], [])


def test_a_file_over_the_limit_is_refused_without_being_read_to_its_end(
    store: ExhibitStore,
) -> None:
    read_to: list[int] = []
    stream = Dripping(b"x" * LIMIT * 100, piece=256, before=read_to.append)

    with pytest.raises(FileTooLargeError), store.receive(stream, LIMIT):
        pytest.fail("received more than the limit")

    assert max(read_to) <= LIMIT
    assert (names(store), under_way(store)) == ([], [])


def test_a_file_of_exactly_the_limit_is_accepted(store: ExhibitStore) -> None:
    assert store.holds(put(store, b"x" * LIMIT))


def test_a_stream_that_breaks_leaves_nothing(store: ExhibitStore) -> None:
    def break_after(position: int) -> None:
        if position >= 512:
            raise ConnectionResetError("the client went away")

    with (
        pytest.raises(ConnectionResetError),
        store.receive(Dripping(b"x" * LIMIT, piece=256, before=break_after), LIMIT),
    ):
        pytest.fail("received a broken stream")

    assert (names(store), under_way(store)) == ([], [])


def test_bytes_under_a_name_are_whole_while_others_arrive(store: ExhibitStore) -> None:
    seen: list[list[str]] = []
    content = b"x" * LIMIT

    with store.receive(Dripping(content, 256, lambda _: seen.append(names(store))), LIMIT) as got:
        seen.append(names(store))
        got.keep()

    assert seen == [[]] * 6
    assert names(store) == [got.sha256]


_WRITE_HALF = """
import time
import django
django.setup()
from evidence.storage import exhibit_store

class Half:
    def __init__(self):
        self.given = False
    def read(self, size):
        if self.given:
            print("half", flush=True)
            time.sleep(60)
        self.given = True
        return b"x" * 512

with exhibit_store().receive(Half(), 1024):
    pass
"""


@pytest.fixture
def writer(each_store):
    """Another process that has received half of a file."""
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITE_HALF],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, **each_store, "DJANGO_SETTINGS_MODULE": "config.settings"},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half\n"
    yield process
    process.kill()
    process.wait()


def _age(store: ExhibitStore) -> Path:
    (unfinished,) = under_way(store)
    old = time.time() - 3600
    os.utime(unfinished, (old, old))
    return unfinished


def test_of_a_killed_process_nothing_stays(
    store: ExhibitStore, writer: "subprocess.Popen[str]"
) -> None:
    unfinished = _age(store)
    writer.send_signal(signal.SIGKILL)
    writer.wait()

    sha256 = put(store, b"page")

    assert not unfinished.exists()
    assert (names(store), under_way(store)) == ([sha256], [])


def test_what_a_living_process_writes_slowly_is_left_alone(
    store: ExhibitStore, writer: "subprocess.Popen[str]"
) -> None:
    unfinished = _age(store)

    put(store, b"page")

    assert unfinished.exists()


def test_many_writers_of_the_same_bytes_store_them_once(store: ExhibitStore) -> None:
    failures: list[Exception] = []

    def write() -> None:
        try:
            put(store, b"page" * 100)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(names(store)) == 1


def test_altered_bytes_are_noticed_when_read(store: ExhibitStore) -> None:
    sha256 = put(store, b"page")
    overwrite(store, sha256, b"PAGE")

    with pytest.raises(BytesDifferError):
        store.open_verified(sha256)
    with pytest.raises(BytesDifferError), store.local_verified(sha256):
        pytest.fail("lent other bytes")
    assert store.read_again(sha256, lambda: None) == hashlib.sha256(b"PAGE").hexdigest()


def test_truncated_bytes_are_replaced_when_they_come_again(store: ExhibitStore) -> None:
    sha256 = put(store, b"page")
    overwrite(store, sha256, b"pa")

    put(store, b"page")

    with store.open_verified(sha256) as file:
        assert file.read() == b"page"


def test_what_is_known_to_differ_is_replaced(store: ExhibitStore) -> None:
    sha256 = put(store, b"page")
    overwrite(store, sha256, b"PAGE")

    with store.receive(of_bytes(b"page"), LIMIT) as received:
        received.keep(anew=True)

    with store.open_verified(sha256) as file:
        assert file.read() == b"page"


def test_bytes_never_received_are_missing(store: ExhibitStore) -> None:
    put(store, b"page")
    for ask in (store.open, store.open_verified, lambda name: store.head(name, 9)):
        with pytest.raises(BytesMissingError) as missing:
            ask("0" * 64)
        assert not isinstance(missing.value, StoreAwayError)
    for lent in (store.local, store.local_verified):
        with pytest.raises(BytesMissingError), lent("0" * 64):
            pytest.fail("lent nothing")


def test_a_store_that_never_held_anything_says_nothing_of_an_exhibit(store: ExhibitStore) -> None:
    assert not store.is_there()
    with pytest.raises(StoreAwayError):
        store.read_again("0" * 64, lambda: None)
    put(store, b"page")
    assert store.is_there()


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "", "0" * 63])
def test_what_is_no_digest_names_no_file(store: ExhibitStore, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.open(name)
