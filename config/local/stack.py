"""Owning the servers: one owner per data folder, started servers only, stopped in order."""

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

import psycopg

from config.environment import data_folder, read_local
from config.local.errors import StackError
from config.local.folders import Folders, open_data_folder, write_private
from config.local.passwords import keep_passwords
from config.local.postgres import EmbeddedPostgres
from config.local.processes import end_left_over
from config.local.valkey import EmbeddedValkey
from config.roles import RoleError, ensure_app_role

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stack:
    """Running servers and the variables that lead to them."""

    folders: Folders
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a data folder."""

    pid: int
    purpose: str

    def __str__(self) -> str:
        return f"process {self.pid} ({self.purpose})"


@contextmanager
def running_stack(variables: Mapping[str, str], purpose: str, say: Say) -> Iterator[Stack]:
    """Start the servers that the variables do not name, and stop them on the way out.

    Raises StackError when the folder cannot be used or is in use.
    """
    folders = open_data_folder(data_folder(variables))
    passwords = keep_passwords(folders)
    local = {"SECRET_KEY": passwords.secret_key}
    with ExitStack() as undo:
        undo.enter_context(_owned(folders, purpose))
        end_left_over(folders, say)
        if _is_set(variables, "DATABASE_URL"):
            _prepare_external(variables, say)
        else:
            postgres = EmbeddedPostgres(folders, passwords)
            undo.callback(postgres.stop)
            for line in postgres.start():
                say(line)
            local["DATABASE_URL"] = postgres.url()
        if not _is_set(variables, "REDIS_URL"):
            valkey = EmbeddedValkey(folders, passwords)
            undo.callback(valkey.stop)
            valkey.start()
            local["REDIS_URL"] = valkey.url()
        # The settings of every other command in this folder read this file.
        undo.callback(folders.env.unlink, missing_ok=True)
        undo.callback(folders.processes.unlink, missing_ok=True)
        write_private(folders.env, "".join(f"{name}={local[name]}\n" for name in sorted(local)))
        missing = {name: value for name, value in local.items() if not _is_set(variables, name)}
        yield Stack(folders, {**variables, **missing, "CASEMGR_DATA": str(folders.data)})


def refuse_production(variables: Mapping[str, str]) -> None:
    """Raise StackError in production, before anything is touched."""
    if variables.get("CASEMGR_MODE", "").strip() == "production":
        raise StackError(
            "CASEMGR_MODE is production, and the embedded stack is for development and tests only. "
            "Start the web and worker processes as docker-compose.yml does."
        )


def running_owner(folders: Folders) -> Owner | None:
    """Who owns the folder at this moment; None when nobody does."""
    if not folders.lock.exists():
        return None
    with folders.lock.open("r+", encoding="utf-8") as file:
        if _lock(file):
            return None
        return _read_owner(file)


def variables_of_running(folders: Folders, variables: Mapping[str, str]) -> dict[str, str]:
    """The variables that lead to a stack somebody else is running."""
    local = read_local(folders.data)
    missing = {name: value for name, value in local.items() if not _is_set(variables, name)}
    return {**variables, **missing, "CASEMGR_DATA": str(folders.data)}


@contextmanager
def _owned(folders: Folders, purpose: str) -> Iterator[None]:
    """Hold the folder's lock, which the kernel frees when this process ends in whatever way."""
    with folders.lock.open("a+", encoding="utf-8") as file:
        if not _lock(file):
            raise StackError(
                f"casemgr already runs on {folders.data}: {_read_owner(file)}. Stop it with Ctrl-C "
                "where it runs, or set CASEMGR_DATA to another folder for a second one."
            )
        file.truncate(0)
        file.write(f"{os.getpid()} {purpose}")
        file.flush()
        yield
        file.truncate(0)


def _lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_owner(file: IO[str]) -> Owner:
    file.seek(0)
    text = file.read()
    # Between taking the lock and writing its name the owner is anonymous for an instant.
    pid, _, purpose = text.partition(" ")
    return Owner(int(pid or 0), purpose or "starting")


def _is_set(variables: Mapping[str, str], name: str) -> bool:
    return bool(variables.get(name, "").strip() or variables.get(f"{name}_FILE", "").strip())


def _prepare_external(variables: Mapping[str, str], say: Say) -> None:
    """Check that a server given by its address answers, and that the application role exists."""
    from config.environment import read

    address = read(variables).database
    if address is None:
        raise StackError("DATABASE_URL is empty.")
    say(f"using the PostgreSQL of DATABASE_URL ({address.host or 'local socket'})")
    try:
        with psycopg.connect(address.conninfo(), autocommit=True) as connection:
            if connection.info.server_version < 150000:
                raise StackError(
                    "DATABASE_URL: PostgreSQL 15 or later is needed; the server is "
                    f"{connection.info.server_version // 10000}."
                )
            ensure_app_role(connection)
    except psycopg.OperationalError as error:
        raise StackError(f"DATABASE_URL: the server does not answer. {error}") from error
    except RoleError as error:
        raise StackError(str(error)) from error


def shown(url: str) -> str:
    """An address without its password, for people."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}:{parts.port or ''}{parts.path}"
