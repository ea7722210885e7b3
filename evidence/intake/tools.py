"""The program that this machine may have beside the service: ``tesseract``, for scanned pages."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache

_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program and what it can read."""

    path: str
    version: str
    languages: frozenset[str]


@lru_cache(maxsize=1)
def tesseract() -> Tesseract | None:
    """The program of this machine, asked once; None where it is not or does not run."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        version, languages = _said(path, "--version"), _said(path, "--list-langs")
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"tesseract\s+v?(\S+)", version)
    names = [line.strip() for line in languages.splitlines()[1:]]
    return Tesseract(
        path=path,
        version=found[1] if found else "",
        # Page layout, not a language.
        languages=frozenset(name for name in names if name and name != "osd"),
    )


def _said(path: str, option: str) -> str:
    ended = subprocess.run(  # noqa: S603 - a program of this machine, no shell
        [path, option], capture_output=True, timeout=_SECONDS, check=True
    )
    # Earlier versions answer on the other channel.
    return (ended.stdout or ended.stderr).decode(errors="replace")
