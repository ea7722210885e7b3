"""The service's own processes under one owner: started together, stopped together."""

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from config.environment import PROJECT
from config.local.errors import StackError
from config.local.folders import Folders, write_private

_STOP_SECONDS = 15


class StopRequested(BaseException):
    """Ctrl-C, SIGTERM or SIGHUP: stop everything that was started, in order."""


def stop_on_signals() -> None:
    """Turn the three signals into StopRequested, once; a second one changes nothing."""

    def request(number: int, _frame: object) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise StopRequested(signal.Signals(number).name)

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, request)


class Processes:
    """Children of the owner. Each has a session of its own, so Ctrl-C reaches the owner only."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str], variables: Mapping[str, str]) -> None:
        """Start one process; what it says goes to `<data>/logs/<name>.log`."""
        with self.log(name).open("ab") as log:
            self._children[name] = subprocess.Popen(  # noqa: S603 - our own commands
                list(command),
                cwd=PROJECT,
                env=dict(variables),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        record_processes(
            self._folders,
            {name: child.pid for name, child in self._children.items() if child.poll() is None},
        )

    def log(self, name: str) -> Path:
        """Where a process writes."""
        return self._folders.logs / f"{name}.log"

    def check(self) -> None:
        """Raise StackError when a process has ended by itself, with the end of its log."""
        for name, child in self._children.items():
            if child.poll() is not None:
                tail = self.log(name).read_text(encoding="utf-8", errors="replace")[-2000:]
                raise StackError(
                    f"The {name} process ended by itself (code {child.returncode}). Its log, "
                    f"{self.log(name)}, ends:\n{tail}"
                )

    def supervise(self) -> None:
        """Watch the processes until one ends or a stop is requested."""
        while True:
            self.check()
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop them, the first started last; kill what does not stop."""
        for child in reversed(self._children.values()):
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + _STOP_SECONDS
        for child in self._children.values():
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self._children.clear()
        self._folders.processes.unlink(missing_ok=True)


def record_processes(folders: Folders, started: Mapping[str, int]) -> None:
    """Remember what was started, by number and moment, for the case that this owner is killed."""
    records = [
        {"pid": pid, "created": psutil.Process(pid).create_time(), "name": name}
        for name, pid in started.items()
    ]
    write_private(folders.processes, json.dumps(records))


def end_left_over(folders: Folders, say: Callable[[str], None]) -> None:
    """End what a killed owner left running. A recycled process number is told by its start time."""
    if not folders.processes.exists():
        return
    left = []
    for record in json.loads(folders.processes.read_text(encoding="utf-8")):
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(record["pid"])
            if abs(process.create_time() - record["created"]) < 0.05:
                left += [process, *process.children(recursive=True)]
                say(f"ending the {record['name']} process a killed run left behind")
    end_processes(left, (signal.SIGTERM, _STOP_SECONDS), (signal.SIGKILL, 5))
    folders.processes.unlink(missing_ok=True)


def end_processes(
    processes: Iterable[psutil.Process], *attempts: tuple[signal.Signals, float]
) -> list[psutil.Process]:
    """Send one signal after the other, each with its seconds to work; returns who is left."""
    left = [process for process in processes if not _is_gone(process)]
    for number, seconds in attempts:
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)
        deadline = time.monotonic() + seconds
        while left and time.monotonic() < deadline:
            left = [process for process in left if not _is_gone(process)]
            time.sleep(0.02)
    return left


def _is_gone(process: psutil.Process) -> bool:
    """Ended; also when nobody collects its exit code, as under a bare container."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
