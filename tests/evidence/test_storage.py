"""Bytes are stored whole or not at all, once, privately, and under their own digest."""

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
    FileTooLargeError,
)
from tests.evidence.streams import Dripping, of_bytes

LIMIT = 1024


@pytest.fixture
def store(tmp_path: Path) -> ExhibitStore:
    return ExhibitStore(tmp_path / "exhibits")


def files(store: ExhibitStore) -> list[Path]:
    return sorted(path for path in store.root.rglob("*") if path.is_file())


def put(store: ExhibitStore, content: bytes) -> str:
    with store.receive(of_bytes(content), LIMIT) as received:
        received.keep()
    return received.sha256


def test_bytes_lie_under_their_sha256(store: ExhibitStore) -> None:
    sha256 = put(store, b"page")

    assert sha256 == hashlib.sha256(b"page").hexdigest()
    assert files(store) == [store.root / sha256[:2] / sha256[2:4] / sha256]
    with store.open_verified(sha256) as file:
        assert file.read() == b"page"


def test_the_same_bytes_are_stored_once(store: ExhibitStore) -> None:
    sha256 = put(store, b"page")
    written = store.path(sha256).stat()

    assert put(store, b"page") == sha256
    assert len(files(store)) == 1
    assert store.path(sha256).stat().st_ino == written.st_ino


def test_what_was_not_kept_is_gone(store: ExhibitStore) -> None:
    with store.receive(of_bytes(b"page"), LIMIT) as received:
        assert received.size == 4

    assert files(store) == []
    assert not store.holds(received.sha256)


def test_nobody_else_may_read(store: ExhibitStore) -> None:
    path = store.path(put(store, b"page"))

    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    for folder in (store.root, *path.relative_to(store.root).parents):
        assert stat.S_IMODE((store.root / folder).stat().st_mode) == 0o700


def test_an_empty_file_is_refused(store: ExhibitStore) -> None:
    with pytest.raises(EmptyFileError):
        put(store, b"")

    assert files(store) == []


def test_a_file_over_the_limit_is_refused_without_being_read_to_its_end(
    store: ExhibitStore,
) -> None:
    read_to: list[int] = []
    stream = Dripping(b"x" * LIMIT * 100, piece=256, before=read_to.append)

    with pytest.raises(FileTooLargeError), store.receive(stream, LIMIT):
        pytest.fail("received more than the limit")

    assert max(read_to) <= LIMIT
    assert files(store) == []


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

    assert files(store) == []


def test_bytes_under_a_name_are_whole_while_others_arrive(store: ExhibitStore) -> None:
    seen: list[list[Path]] = []
    content = b"x" * LIMIT

    with store.receive(Dripping(content, 256, lambda _: seen.append(files(store))), LIMIT) as got:
        got.keep()

    named = store.path(got.sha256)
    assert len(seen) == 5
    assert all(named not in paths for paths in seen)
    assert named in files(store)


_WRITE_HALF = """
import sys, time
from pathlib import Path
from evidence.storage import ExhibitStore

class Half:
    def __init__(self):
        self.given = False
    def read(self, size):
        if self.given:
            print("half", flush=True)
            time.sleep(60)
        self.given = True
        return b"x" * 512

with ExhibitStore(Path(sys.argv[1])).receive(Half(), 1024):
    pass
"""


@pytest.fixture
def writer(store: ExhibitStore):
    """Another process that has received half of a file."""
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITE_HALF, str(store.root)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half\n"
    yield process
    process.kill()
    process.wait()


def _age(store: ExhibitStore) -> Path:
    (unfinished,) = files(store)
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
    assert files(store) == [store.path(sha256)]


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
    assert len(files(store)) == 1


def test_altered_bytes_are_noticed_when_read(store: ExhibitStore) -> None:
    path = store.path(put(store, b"page"))
    path.chmod(0o600)
    path.write_bytes(b"PAGE")

    with pytest.raises(BytesDifferError):
        store.open_verified(path.name)


def test_truncated_bytes_are_replaced_when_they_come_again(store: ExhibitStore) -> None:
    path = store.path(put(store, b"page"))
    path.chmod(0o600)
    path.write_bytes(b"pa")

    put(store, b"page")

    assert path.read_bytes() == b"page"


def test_bytes_never_received_are_missing(store: ExhibitStore) -> None:
    with pytest.raises(BytesMissingError):
        store.open("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "", "0" * 63])
def test_what_is_no_digest_names_no_file(store: ExhibitStore, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.open(name)
