"""A data folder of its own for every test, with a path short enough for a socket."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from config.environment import PROJECT
from config.local.folders import Folders
from config.local.postgres import end_servers_of
from config.local.valkey import end_valkey_of


@dataclass
class LocalStack:
    """Runs the local stack's own command line on one folder."""

    data: Path
    variables: dict[str, str]
    children: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def folders(self) -> Folders:
        return Folders(self.data)

    def run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the stack to its end."""
        return subprocess.run(
            self._command(words),
            cwd=PROJECT,
            env=self.variables | variables,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )

    def python(self, code: str, **variables: str) -> str:
        """What a piece of Python prints inside the stack."""
        done = self.run("with", "--", sys.executable, "-c", code, **variables)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command of the stack and leave it running."""
        child = subprocess.Popen(
            self._command(words),
            cwd=PROJECT,
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.children.append(child)
        return child

    def start_and_wait(self) -> subprocess.Popen[str]:
        """Start the servers around a command that does nothing, and wait until they are up."""
        child = self.start("with", "--", "sleep", "300")
        wait_until(self.folders.processes.exists)
        return child

    def processes(self) -> list[str]:
        """Command lines of the servers that work in this folder."""
        found = []
        for process in psutil.process_iter(["cmdline"]):
            try:
                if str(self.data) in process.cwd():
                    found.append(" ".join(process.info["cmdline"] or []))
            except (psutil.Error, OSError):
                continue
        return found

    def _command(self, words: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "config.local", *words]


def wait_until(happened: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something another process does."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def stack() -> Iterator[LocalStack]:
    data = Path(tempfile.mkdtemp(prefix="cm-", dir="/tmp")) / "data"
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    local = LocalStack(data, kept | {"CASEMGR_DATA": str(data)})
    yield local
    for child in local.children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
    end_valkey_of(local.folders)
    end_servers_of(local.folders.postgres)
    shutil.rmtree(data.parent)
