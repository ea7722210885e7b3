"""Files under way: written by one process, and gone with it.

Each is locked by whoever writes or reads it; the lock ends with the process. What a killed process
left is locked by nobody, and the next one that needs a file here removes it.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

# A file this young may belong to a writer that has not locked it yet.
_YOUNG_SECONDS = 60


class Spool:
    """One folder of such files, which only the service's own user may read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def file(self) -> Iterator[tuple[Path, BinaryIO]]:
        """A new, empty file of this process; it is removed when the block ends."""
        self.sweep()
        handle, name = mkstemp(dir=self.folder)
        path = Path(name)
        try:
            with os.fdopen(handle, "w+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield path, file
        finally:
            path.unlink(missing_ok=True)

    @contextmanager
    def link(self, path: Path) -> Iterator[Path]:
        """Another name of a file on the same disk that its owner holds a lock on."""
        self.sweep()
        link = self.folder / f"{path.name}-{os.getpid()}"
        os.link(path, link)
        try:
            yield link
        finally:
            link.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Make the folder where there is none; remove files that are old and that nobody locks."""
        private(self.folder.parent, self.folder)
        for path in self.folder.iterdir():
            # Another process may sweep the same file, or finish it, at this moment.
            with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
                if time.time() - path.stat().st_mtime > _YOUNG_SECONDS:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()


def private(*folders: Path) -> Path:
    """Make those that are missing, each within the one before, closed to everyone else."""
    for folder in folders:
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
    return folders[-1]
