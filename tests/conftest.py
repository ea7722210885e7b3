"""What every test stands on: a real PostgreSQL and a real Redis or Valkey, never a stand-in.

`make test` starts both. To run a part by hand, set DATABASE_URL and REDIS_URL, or use
`python -m config.local with -- pytest tests/...`.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.s3 import S3, point_at, serving
from tests.standing import STANDING, folder_of_its_own
from tests.template import NAME, make_template

# Redis databases from this number on belong to the tests, one for each xdist worker.
FIRST_TEST_REDIS = 8
ONE_SERVICE = ("tests/e2e/", "tests/faults/test_servers_go_and_come_back.py")
_DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_setup", "live_server"})


def pytest_configure(config: pytest.Config) -> None:
    """Point what tests write to away from the data of a running service."""
    if settings.ENVIRONMENT.database is not None and settings.ENVIRONMENT.database_role:
        raise pytest.UsageError("DATABASE_ROLE must be empty in tests: they create the tables.")
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        folder = tempfile.TemporaryDirectory(prefix="casemgr-test-")
        config.add_cleanup(folder.cleanup)
        setattr(settings, name, Path(folder.name))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    redis = settings.ENVIRONMENT.redis
    if redis is not None:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        url = redis.url.rpartition("/")[0] if redis.url.count("/") > 2 else redis.url
        url = f"{url}/{FIRST_TEST_REDIS + int(worker) % 8}"
        for known in settings.CACHES.values():
            known["LOCATION"] = url
        settings.CELERY_BROKER_URL = url


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """One xdist worker takes all browser tests, so that there is one service and one browser.

    Two services would take each other's messages from the queue. Every other test goes to whoever
    is free. (`--dist loadgroup` cannot do it: xdist 3.8 writes the group into a test's id, which
    pytest from 9.2 on ignores.)
    """
    return ByFolder(config, log)


class ByFolder(LoadScopeScheduling):
    """Tests of one service together, every other test by itself."""

    def _split_scope(self, nodeid: str) -> str:
        return next((scope for scope in ONE_SERVICE if nodeid.startswith(scope)), nodeid)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever touches the database, so that it can run again on external servers."""
    for item in items:
        names = getattr(item, "fixturenames", [])
        if item.get_closest_marker("django_db") or _DATABASE_FIXTURES.intersection(names):
            item.add_marker(pytest.mark.integration)
        # First of all: what stands is made before the test's own transaction begins.
        if item.get_closest_marker("begins_with") and "_what_stands" not in names:
            names.insert(0, "_what_stands")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test finds nothing in the database but what it begins with."""
    if item.get_closest_marker("integration"):
        begins = item.get_closest_marker("begins_with")
        STANDING.end_unless(begins.args[0] if begins else None)


@pytest.fixture(scope="session")
def _nothing_stands_at_the_end(django_db_setup: None) -> Iterator[None]:
    yield
    STANDING.end()


@pytest.fixture
def _what_stands(
    request: pytest.FixtureRequest, django_db_blocker: Any, _nothing_stands_at_the_end: None
) -> Iterator[None]:
    """What the test's mark ``begins_with`` makes stands in the database; its files are its own."""
    (make,) = request.node.get_closest_marker("begins_with").args
    STANDING.begin_with(make, django_db_blocker.unblock)
    with folder_of_its_own():
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: Any
) -> None:
    """Copy the test's database from one that is migrated already."""
    address = settings.ENVIRONMENT.database
    if address is None:
        pytest.exit(
            "These tests need PostgreSQL: use `make test`, or set DATABASE_URL and REDIS_URL.",
            returncode=4,
        )
    with django_db_blocker.unblock():
        make_template(address)
    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = NAME


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    """A server that speaks S3; started when a test asks for it."""
    with serving(tmp_path_factory.mktemp("s3") / "log") as server:
        yield server


@pytest.fixture(params=["file", "s3"])
def each_store(request: pytest.FixtureRequest, settings, tmp_path: Path) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """The test runs with exhibits in a folder and again with exhibits in a bucket.

    What it is given says so to another process.
    """
    settings.MEDIA_ROOT = tmp_path / "exhibits"
    data = {"CASEMGR_DATA": str(tmp_path)}
    if request.param == "file":
        return data
    server = request.getfixturevalue("s3")
    return data | point_at(settings, server.endpoint, server.new_bucket(), prefix="held/")


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Throttles and sessions of one test must not reach the next."""
    yield
    if request.node.get_closest_marker("integration"):
        cache.clear()
