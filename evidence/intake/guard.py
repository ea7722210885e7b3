"""Running a step on a file in a process of its own, so that no file can take a worker down."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

SECONDS = 180.0
"""Most a step may take by the clock; its processor time and memory are limited in the child."""

_ROOT = Path(__file__).resolve().parents[2]
_BEAT = 5.0
_TOLD = 2000


class StepFailedError(Exception):
    """The process ended without a result; the message says how, for an analyst."""


def guarded(
    step: str,
    file: BinaryIO,
    filename: str,
    *,
    asked: Mapping[str, Any] | None = None,
    alive: Callable[[], None] = lambda: None,
    seconds: float = SECONDS,
) -> dict[str, Any]:
    """The result of ``step`` on the file (evidence.intake.child); ``alive`` is called meanwhile.

    ``asked``: what the step has to know beside the file.

    Raises StepFailedError when the file needed more time or memory than it is given, or made its
    reader crash. What ``alive`` raises ends the process and is raised here.
    """
    file.seek(0)
    with TemporaryFile() as answer, TemporaryFile() as complaints:
        process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [
                *(sys.executable, "-m", "evidence.intake.child", step, filename),
                json.dumps(asked or {}),
            ],
            stdin=file,
            stdout=answer,
            stderr=complaints,
            cwd=_ROOT,
            # Nothing of what the worker knows: no address, no password.
            env={"PATH": os.defpath, "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"},
        )
        try:
            _wait(process, alive, time.monotonic() + seconds)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        complaints.seek(0)
        told = complaints.read()[-_TOLD:].decode(errors="replace")
        if process.returncode != 0:
            raise StepFailedError(_why(process.returncode, told, seconds))
        answer.seek(0)
        result: dict[str, Any] = json.load(answer)
        return result


def _wait(process: subprocess.Popen[bytes], alive: Callable[[], None], until: float) -> None:
    while (left := until - time.monotonic()) > 0:
        try:
            process.wait(timeout=min(_BEAT, left))
        except subprocess.TimeoutExpired:
            alive()
        else:
            return


def _why(code: int, told: str, seconds: float) -> str:
    if code in (-9, -24):  # killed, or out of processor time
        return f"It took longer than {seconds:.0f} seconds or more processor time than it is given."
    if "MemoryError" in told:
        return "It needs more memory than it is given."
    if code < 0:
        return f"It made its reader crash (signal {-code})."
    last = told.strip().rpartition("\n")[2]
    return f"Its reader stopped ({last[:200] or f'code {code}'})."
