"""The service as people meet it: gunicorn, a Celery worker, its clock, a database of their own."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
import redis
from django.conf import settings
from psycopg import sql

from config.addresses import DatabaseAddress
from config.environment import PROJECT
from config.roles import APP_ROLE, ensure_app_role
from tests import template
from tests.faults.workers import UNCHECKED

# Redis databases from 8 on are those of the tests without a browser.
REDIS_NUMBER = 7
PATIENCE = 180  # seconds for the demonstration docket to be assessed on a busy machine


@dataclass(frozen=True, slots=True)
class Service:
    """A running service with the demonstration docket, assessed."""

    url: str
    password: str
    database: str  # for looking at what a page has done, never for doing it
    logs: Path

    def said(self) -> str:
        """The end of what its processes wrote."""
        return "\n".join(
            f"--- {log.name}\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}"
            for log in sorted(self.logs.glob("*.log"))
        )


@contextmanager
def running_service(folder: Path) -> Iterator[Service]:
    """Prepare a database, start the processes, wait until every case is assessed; then undo it.

    Within pytest the template of its database is made by then, for here Django may not connect.
    """
    password = secrets.token_urlsafe(16)
    with _database() as database, ExitStack() as stack:
        port = _free_port()
        url = f"http://127.0.0.1:{port}"
        queue = re.sub(r"(?<=[^/])/\d*$|$", f"/{REDIS_NUMBER}", _redis_url(), count=1)
        redis.Redis.from_url(queue).flushdb()
        owner = {
            **os.environ,
            "DATABASE_URL": database,
            "DATABASE_ROLE": "",
            "REDIS_URL": queue,
            "CASEMGR_DATA": str(folder / "data"),
            "STATIC_ROOT": str(folder / "static"),
            "CASEMGR_DEMO_PASSWORD": password,
        }
        logs = folder / "logs"
        logs.mkdir()
        _run([sys.executable, "-m", "config.local.prepare", url], owner, logs / "prepare.log")
        service = {**owner, **UNCHECKED, "DATABASE_ROLE": APP_ROLE}
        celery = [sys.executable, "-m", "celery", "-A", "config.celery"]
        worker = [*celery, "worker", "--concurrency", "1", "--loglevel", "INFO"]
        beat = [*celery, "beat", "--schedule", str(folder / "beat"), "--pidfile="]
        web = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"]
        web += ["--bind", f"127.0.0.1:{port}", "config.wsgi:application"]
        stack.enter_context(_process([*worker, "--without-mingle"], service, logs / "worker.log"))
        stack.enter_context(_process(beat, service, logs / "beat.log"))
        pooled = {**service, "DATABASE_POOL_SIZE": "4"}
        stack.enter_context(_process(web, pooled, logs / "web.log"))
        made = Service(url, password, database, logs)
        _wait_for(made, port)
        yield made


@contextmanager
def _database() -> Iterator[str]:
    address = settings.ENVIRONMENT.database
    template.make_template(address)
    name = f"casemgr_e2e_{os.getpid()}"
    with psycopg.connect(address.conninfo("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template.NAME)
            )
        )
        try:
            ensure_app_role(connection)
            yield _url(address, name)
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def _url(address: DatabaseAddress, name: str) -> str:
    """The address of another database of the same server."""
    user = ":".join(quote(part, safe="") for part in (address.user, address.password) if part)
    stated = {"host": address.host, "port": address.port} | dict(address.parameters)
    return f"postgresql://{user}@/{name}?" + urlencode({k: v for k, v in stated.items() if v})


def _redis_url() -> str:
    url: str = settings.ENVIRONMENT.redis.url
    return url


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(command: list[str], variables: Mapping[str, str], log: Path | None = None) -> None:
    done = subprocess.run(command, cwd=PROJECT, env=variables, capture_output=True, text=True)
    if log:
        log.write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")


@contextmanager
def _process(command: list[str], variables: Mapping[str, str], log: Path) -> Iterator[None]:
    with log.open("ab") as written:
        child = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait_for(service: Service, port: int) -> None:
    """The web process answers and the worker has assessed every case."""
    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(service.database, autocommit=True) as connection:
        while time.monotonic() < deadline:
            left = connection.execute(
                "SELECT count(*) FROM casemgr_case c WHERE NOT EXISTS "
                "(SELECT FROM casemgr_assessment a WHERE a.case_id = c.id)"
            ).fetchone()
            with socket.socket() as probe:
                if left == (0,) and probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.25)
    raise RuntimeError(f"The service was not ready in {PATIENCE} s.\n{service.said()}")
