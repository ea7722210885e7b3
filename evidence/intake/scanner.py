"""Asking a ClamAV daemon whether it knows a file as malware: its INSTREAM protocol (clamd(8)).

The daemon runs on the office's own network or machine. What it does not answer is not an answer:
a file is scanned, too large for the daemon, or has to wait.
"""

import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SECONDS = 120.0
"""How long the daemon may be silent; it says nothing while it looks at what it was sent."""

ANSWER_SECONDS = 2.0
"""How long it may take to say that it is there."""

_BEAT = 5.0
_CHUNK = 256 * 1024
_MOST_SAID = 4096
_TOO_LARGE = "size limit exceeded"


class ScannerAwayError(Exception):
    """The daemon is not there, or answered with an error; the message says which."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What the daemon said of one file."""

    signature: str = ""
    """The name under which it knows the file as malware; empty: it does not."""
    too_large: bool = False
    """It was larger than the daemon takes (StreamMaxLength), so nothing is known."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """A daemon at a socket of this machine, or at host and port.

    >>> Scanner.at("unix:/run/clamav/clamd.ctl").path, Scanner.at("clamav:3310").port
    ('/run/clamav/clamd.ctl', 3310)
    """

    path: str = ""
    host: str = ""
    port: int = 0

    @classmethod
    def at(cls, address: str) -> "Scanner":
        """The daemon at ``unix:/path`` or ``host:port``. Raises ValueError for anything else."""
        kind, _, path = address.partition(":")
        if kind == "unix" and Path(path).is_absolute():
            return cls(path=path)
        host, _, port = address.rpartition(":")
        if host and kind != "unix" and port.isdecimal() and 0 < int(port) < 65536:
            return cls(host=host.strip("[]"), port=int(port))
        raise ValueError(
            f"write unix:/path/to/clamd.ctl or host:port, such as clamav:3310, not {address!r}."
        )

    def version(self) -> str:
        """What runs there, with the day of its signatures. Raises ScannerAwayError."""
        with self._connected() as connection:
            try:
                connection.sendall(b"zVERSION\0")
                return _answer(connection)
            except OSError as error:
                raise ScannerAwayError(_why(error)) from error

    def scan(self, stream: BinaryIO, alive: Callable[[], None] = lambda: None) -> Scanned:
        """What the daemon says of the bytes; ``alive`` is called as they are sent.

        Raises ScannerAwayError when it is not there or cannot tell.
        """
        with self._connected() as connection:
            connection.settimeout(SECONDS)
            try:
                # A daemon that has had enough answers and closes: its answer is then still there.
                with suppress(BrokenPipeError, ConnectionResetError):
                    _send(connection, stream, alive)
                connection.settimeout(_BEAT)
                said = _answer(connection, alive)
            except OSError as error:
                raise ScannerAwayError(_why(error)) from error
        return _understood(said)

    def _connected(self) -> socket.socket:
        try:
            if not self.path:
                return socket.create_connection((self.host, self.port), ANSWER_SECONDS)
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(ANSWER_SECONDS)
            try:
                connection.connect(self.path)
            except OSError:
                connection.close()
                raise
        except OSError as error:
            raise ScannerAwayError(_why(error)) from error
        return connection


def _send(connection: socket.socket, stream: BinaryIO, alive: Callable[[], None]) -> None:
    connection.sendall(b"zINSTREAM\0")
    while chunk := stream.read(_CHUNK):
        connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        alive()
    connection.sendall(struct.pack("!I", 0))


def _answer(connection: socket.socket, alive: Callable[[], None] | None = None) -> str:
    said = b""
    until = time.monotonic() + SECONDS
    while b"\0" not in said and len(said) < _MOST_SAID:
        try:
            piece = connection.recv(1024)
        except TimeoutError:
            if alive is None or time.monotonic() > until:
                raise
            alive()
            continue
        if not piece:
            break
        said += piece
    text = said.partition(b"\0")[0].decode(errors="replace").strip()
    if not text:
        raise ScannerAwayError("it closed the connection without an answer")
    return text


def _understood(said: str) -> Scanned:
    """The answer in our words.

    >>> _understood("stream: Eicar-Signature FOUND").signature
    'Eicar-Signature'
    """
    verdict = said.removeprefix("stream: ")
    if verdict == "OK":
        return Scanned()
    if verdict.endswith(" FOUND"):
        return Scanned(signature=verdict.removesuffix(" FOUND")[:200])
    if _TOO_LARGE in said:
        return Scanned(too_large=True)
    raise ScannerAwayError(f"it answered “{said[:200]}”")


def _why(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "it took too long to answer"
    return (error.strerror or str(error) or type(error).__name__).lower()
