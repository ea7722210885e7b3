"""Workers on a queue of the test's own, and how they are ended."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from urllib.parse import quote, urlencode

from celery import current_app
from django.db import connection

from config.addresses import DatabaseAddress

SECONDS = 90
UNCHECKED = {"CELERY_SKIP_CHECKS": "1"}
"""Workers start without Django's checks, two seconds each time, which have tests of their own."""


def address(server: DatabaseAddress) -> str:
    """The test's own database on that server."""
    who = quote(server.user) + (f":{quote(server.password)}" if server.password else "")
    said = [("host", server.host), ("port", server.port), *server.parameters]
    more = urlencode([pair for pair in said if pair[1]])
    return f"postgresql://{who}@/{connection.settings_dict['NAME']}?{more}"


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the worker and its children at once, as the kernel does when memory is short."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def tell(broker: str, task: str, *given: object) -> None:
    """Send workers the message of a task, as ``celery call`` does once it has started."""
    with current_app.connection_for_write(broker) as connection:
        current_app.send_task(task, given, connection=connection)


def purge(broker: str) -> None:
    """Take away every message that no worker took, as ``celery purge`` does."""
    with current_app.connection_for_write(broker) as connection:
        for queue in ("celery", "jobs"):
            connection.default_channel.queue_purge(queue)


def until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end, f"{SECONDS} s passed and not yet: {what}"
        time.sleep(0.02)
