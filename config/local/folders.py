"""The data folder: where it may be, who may look into it, and which modes were changed for it."""

import json
import os
import stat
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from config.local.errors import StackError

# A Unix socket's whole path must fit sockaddr_un (108 bytes with its end on Linux, 104 on macOS).
_SOCKET_LIMIT = 103 if sys.platform == "darwin" else 107
_SOCKET_SUFFIX = "/pg/.s.PGSQL.5432"
LONGEST_DATA_PATH = _SOCKET_LIMIT - len(_SOCKET_SUFFIX)


@dataclass(frozen=True, slots=True)
class Folders:
    """The places inside one data folder."""

    data: Path

    @property
    def postgres(self) -> Path:
        """The database cluster; also holds its socket."""
        return self.data / "pg"

    @property
    def postgres_ready(self) -> Path:
        """Present once the cluster was completely set up."""
        return self.data / "pg.ready"

    @property
    def valkey(self) -> Path:
        """Valkey's configuration and log; it keeps no data."""
        return self.data / "valkey"

    @property
    def logs(self) -> Path:
        """What the worker and the web process said."""
        return self.data / "logs"

    @property
    def env(self) -> Path:
        """Addresses of the running servers, read by the settings."""
        return self.data / "env"

    @property
    def secrets(self) -> Path:
        """Random passwords of the servers, made once; demonstration accounts lie beside it."""
        return self.data / "secrets" / "servers"

    @property
    def lock(self) -> Path:
        """Held by the owner process for as long as it lives."""
        return self.data / "lock"

    @property
    def processes(self) -> Path:
        """What the owner started, so that the next start can end what a killed owner left."""
        return self.data / "processes.json"

    @property
    def modes(self) -> Path:
        """The modes of folders that had to be opened, to be restored on stop."""
        return self.data / "modes.json"


def open_data_folder(data: Path) -> Folders:
    """Create the data folder and its private parts. Raises StackError when it cannot be used."""
    data = data.resolve()
    length = len(os.fsencode(data))
    if length > LONGEST_DATA_PATH:
        raise StackError(
            f"The data folder's path is {length} bytes long: {data}\n"
            f"PostgreSQL's socket inside it allows {LONGEST_DATA_PATH}. Set CASEMGR_DATA to a "
            "folder with a shorter path, for example CASEMGR_DATA=$HOME/casemgr-data."
        )
    folders = Folders(data)
    # Root's database server runs under an account of its own, which has to pass through.
    mode = 0o711 if os.geteuid() == 0 else 0o700
    try:
        data.mkdir(mode=mode, parents=True, exist_ok=True)
        private_folders = ("secrets", "valkey", "logs", "exhibits", "keys")
        for private in (data / name for name in private_folders):
            private.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StackError(
            f"The data folder {data} cannot be written ({error.strerror}). "
            "Set CASEMGR_DATA to a folder of yours."
        ) from error
    return folders


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


class OpenedFolders:
    """Folders whose modes the database package widens when it runs as root.

    As root the server runs under an account of its own, and the package makes every parent folder
    readable to everyone. Passing through is all the server needs, so reading is taken back at
    once, and the rest when the stack stops.
    """

    def __init__(self, folders: Folders, paths: Iterable[Path]) -> None:
        parents = {parent for path in paths for parent in path.resolve().parents}
        self._record = folders.modes
        self._before = {str(path): _mode(path) for path in sorted(parents)}
        # A run that was killed never restored: what it recorded is the truth.
        self._before |= self._recorded()

    def _recorded(self) -> dict[str, int]:
        if not self._record.exists():
            return {}
        return {str(path): int(mode) for path, mode in json.loads(self._record.read_text()).items()}

    def remember(self) -> None:
        """Record the modes before anything changes them."""
        write_private(self._record, json.dumps(self._before))

    def narrow(self) -> list[str]:
        """Leave only passage to other accounts; returns a sentence per folder that stays open."""
        said = []
        for path, before in self._before.items():
            needed = before | stat.S_IXGRP | stat.S_IXOTH
            if _mode(Path(path)) != before:
                Path(path).chmod(needed)
                if needed != before:
                    said.append(
                        f"other accounts may pass through {path} while the stack runs "
                        f"(mode {needed:o}; it is {before:o} again afterwards)"
                    )
        return said

    def restore(self) -> None:
        """Give every folder its mode back."""
        for path, before in self._before.items():
            if Path(path).exists() and _mode(Path(path)) != before:
                Path(path).chmod(before)
        self._record.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
