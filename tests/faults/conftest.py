"""A queue of the test's own, and workers that none outlives."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from tests.conftest import FIRST_TEST_REDIS
from tests.faults.workers import UNCHECKED, address, kill, purge


@pytest.fixture
def environment() -> dict[str, str]:
    """What a service on this test's database and on a queue of its own is started with.

    The queue is of the xdist worker too: two tests at once would take each other's messages.
    """
    server, _, number = settings.CELERY_BROKER_URL.rpartition("/")
    own = int(number) - FIRST_TEST_REDIS
    given = {
        **os.environ,
        "DATABASE_URL": address(settings.ENVIRONMENT.database),
        "REDIS_URL": f"{server}/{FIRST_TEST_REDIS - 1 - own % (FIRST_TEST_REDIS - 1)}",
        **UNCHECKED,
    }
    purge(given["REDIS_URL"])
    return given


@pytest.fixture
def worker(environment) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts workers of two processes each; none outlives the test."""
    started = []

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "2", "-l", "WARNING"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            kill(process)
