"""A server that speaks clamd's protocol on a socket of this machine, and a real clamd."""

import shutil
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence.intake.scanner import Scanner, ScannerAwayError

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
VERSION = "ClamAV 1.4.3/27800/Fri Nov 27 08:32:11 2026"


class Peer(socketserver.ThreadingTCPServer):
    """Knows files that hold ``b"EICAR"``, takes ``most`` bytes, and ``answers`` instead if set."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.most = 1_000_000
        self.answers: bytes | None = None
        self.scanned: list[bytes] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class _Talk(socketserver.StreamRequestHandler):
    server: Peer

    def handle(self) -> None:
        command = self._until_zero()
        if command == b"zVERSION":
            self.wfile.write(VERSION.encode() + b"\0")
            return
        assert command == b"zINSTREAM"
        content = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > self.server.most:
                # As clamd does it: it answers and closes, with more of the file on its way.
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.scanned.append(content)
        if self.server.answers is not None:
            self.wfile.write(self.server.answers)
        elif b"EICAR" in content:
            self.wfile.write(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
        else:
            self.wfile.write(b"stream: OK\0")

    def _until_zero(self) -> bytes:
        said = b""
        while (byte := self.rfile.read(1)) not in (b"\0", b""):
            said += byte
        return said


@contextmanager
def peer() -> Iterator[Peer]:
    """The server, answering."""
    with Peer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


def installed() -> bool:
    """Whether this machine has the real daemon."""
    return shutil.which("clamd") is not None


@contextmanager
def real_clamd(most: str = "1M") -> Iterator[str]:
    """The real daemon with one signature of our own, the EICAR test string; its address."""
    # A folder of its own with a short name: a socket's path is limited.
    with TemporaryDirectory(prefix="clamd-") as name:
        folder = Path(name)
        signatures = folder / "signatures"
        signatures.mkdir()
        (signatures / "own.ndb").write_text(f"Own.Eicar.Test:0:*:{EICAR[:40].hex()}\n")
        socket = folder / "clamd.ctl"
        settings = folder / "clamd.conf"
        settings.write_text(
            f"DatabaseDirectory {signatures}\nLocalSocket {socket}\nForeground yes\n"
            f"TemporaryDirectory {folder}\nStreamMaxLength {most}\nMaxThreads 2\n"
            f"LogFile {folder / 'log'}\n"
        )
        process = subprocess.Popen(
            ["clamd", "--config-file", settings],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _answering(Scanner(path=str(socket)), process, folder / "log")
            yield f"unix:{socket}"
        finally:
            process.terminate()
            process.wait(20)


def _answering(scanner: Scanner, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            scanner.version()
        except ScannerAwayError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text() if log.exists() else "clamd did not start")
