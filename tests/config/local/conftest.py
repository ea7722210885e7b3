"""A data folder of its own for every test."""

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
from config.local.processes import end_processes


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

    def processes(self) -> list[psutil.Process]:
        """The servers that work in this folder."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.cwd().startswith(str(self.data)):
                    found.append(process)
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


def new_stack() -> LocalStack:
    """A stack whose folder does not exist yet, on a path short enough for a socket."""
    data = Path(tempfile.mkdtemp(prefix="cm-", dir="/tmp")) / "data"
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return LocalStack(data, kept | {"CASEMGR_DATA": str(data)})


def remove_stack(local: LocalStack) -> None:
    """End what a test started and remove its folder; nothing in it is worth a clean stop."""
    for child in local.children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
    end_processes(local.processes(), (signal.SIGKILL, 10))
    shutil.rmtree(local.data.parent)


@pytest.fixture
def fresh() -> Iterator[LocalStack]:
    """A machine that never ran the stack."""
    local = new_stack()
    yield local
    remove_stack(local)


@pytest.fixture(scope="session")
def used() -> Iterator[LocalStack]:
    """A stack that ran once and was stopped, to copy from."""
    local = new_stack()
    local.python("print('up')")
    yield local
    remove_stack(local)


@pytest.fixture
def stack(used: LocalStack) -> Iterator[LocalStack]:
    """A machine that ran the stack before."""
    local = new_stack()
    subprocess.run(["cp", "-a", str(used.data), str(local.data)], check=True)
    yield local
    remove_stack(local)
