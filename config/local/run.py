"""`make run`: prepare the data, start worker, beat and web, and say where everything is."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from config.environment import PROJECT, read
from config.local.errors import StackError
from config.local.processes import Processes
from config.local.stack import Stack
from config.roles import APP_ROLE

_FIRST_WEB_PORT = 8000
_WEB_PORTS_TRIED = 20
# Per web process; two of them stay far below the embedded server's hundred connections.
_WEB_POOL = 8


def serve(stack: Stack, say: Callable[[str], None]) -> None:
    """Run the whole service until somebody stops it."""
    port = choose_port(read(stack.variables).web_port, say)
    url = f"http://127.0.0.1:{port}"
    prepare(stack, url)
    processes = Processes(stack.folders)
    try:
        start_service(processes, stack, port)
        _wait_for_web(processes, port)
        say(f"serving {url} - stop with Ctrl-C; logs are in {stack.folders.logs}")
        processes.supervise()
    finally:
        processes.stop()


def prepare(stack: Stack, url: str) -> None:
    """Migrate as the owner of the tables, load the law and the demonstration, print accounts."""
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "config.local.prepare", url],
        cwd=PROJECT,
        env={**stack.variables, "DATABASE_ROLE": "", "DATABASE_POOL_SIZE": "0"},
        check=False,
    )
    if done.returncode:
        raise StackError(f"Preparing the data failed (code {done.returncode}); see above.")


def start_service(processes: Processes, stack: Stack, port: int) -> None:
    """Worker, beat and web, all under the role that owns no table."""
    role = {**stack.variables, "DATABASE_ROLE": APP_ROLE}
    celery = [sys.executable, "-m", "celery", "-A", "config.celery"]
    environment = read(stack.variables)
    concurrency = str(environment.worker_concurrency)
    processes.start(
        "worker",
        [*celery, "worker", "--concurrency", concurrency, "--loglevel", "INFO", "--without-mingle"],
        {**role, "DATABASE_POOL_SIZE": "0"},
    )
    processes.start(
        "beat",
        [*celery, "beat", "--schedule", str(stack.folders.data / "beat"), "--pidfile="],
        {**role, "DATABASE_POOL_SIZE": "0"},
    )
    processes.start(
        "web",
        [
            *(sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"),
            *("--bind", f"127.0.0.1:{port}", "config.wsgi:application"),
        ],
        {**role, "DATABASE_POOL_SIZE": str(environment.database_pool_size or _WEB_POOL)},
    )


def choose_port(wanted: int, say: Callable[[str], None]) -> int:
    """The port that was asked for, if it is free; else the first free one from 8000 on."""
    if wanted:
        if not _is_free(wanted):
            raise StackError(f"WEB_PORT: another program already uses port {wanted}; name another.")
        return wanted
    for port in range(_FIRST_WEB_PORT, _FIRST_WEB_PORT + _WEB_PORTS_TRIED):
        if _is_free(port):
            if port != _FIRST_WEB_PORT:
                say(f"port {_FIRST_WEB_PORT} is taken; using {port}")
            return port
    raise StackError(
        f"No port from {_FIRST_WEB_PORT} to {_FIRST_WEB_PORT + _WEB_PORTS_TRIED - 1} is free; "
        "set WEB_PORT to one that is."
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _wait_for_web(processes: Processes, port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        processes.check()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise StackError(f"The web process did not open port {port} in a minute; see its log.")


if os.name != "posix":  # pragma: no cover - the wheels' servers exist for Linux and macOS only
    raise StackError("The embedded stack runs on Linux and macOS; set DATABASE_URL and REDIS_URL.")
