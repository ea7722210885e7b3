"""A production start refuses what is safe only on a developer's machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import DEVELOPMENT_SECRET_KEY, PROJECT, SettingsError, read

FIT = {
    "CASEMGR_MODE": "production",
    "SECRET_KEY": "Vq2mXk9rT4bZ7nLc0pYw3sHd6fJg1aUe8iRo5tQxWvBnMzKyPl",
    "ALLOWED_HOSTS": "casemgr.agency.example",
    "DATABASE_URL": "postgresql://casemgr:x@db.agency.example/casemgr",
    "REDIS_URL": "redis://:x@cache.agency.example:6379/0",
}


def test_a_fit_production_environment_is_accepted() -> None:
    assert read(FIT).production


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY: production needs its own random key"),
        ({"SECRET_KEY": DEVELOPMENT_SECRET_KEY}, "SECRET_KEY: production needs its own"),
        ({"SECRET_KEY": "short"}, "at least 50 characters"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY: production needs its own random key"),
        ({"DEBUG": "true"}, "DEBUG: production shows no error pages"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS: name the hosts"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS: wildcards are refused"),
        ({"ALLOWED_HOSTS": "a.example,*.b.example"}, "ALLOWED_HOSTS: wildcards are refused"),
        ({"ALLOWED_HOSTS": ".example"}, "ALLOWED_HOSTS: wildcards are refused"),
        ({"DATABASE_URL": ""}, "DATABASE_URL: production needs a PostgreSQL 15+ server"),
        ({"REDIS_URL": ""}, "REDIS_URL: production needs"),
    ],
)
def test_it_refuses(change: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(FIT | change)
    assert says in str(refused.value)


def test_it_refuses_the_embedded_database_by_its_address(tmp_path: Path) -> None:
    embedded = f"postgresql://casemgr:x@/casemgr?host={tmp_path}/pg"
    with pytest.raises(SettingsError, match="points into the embedded stack"):
        read(FIT | {"CASEMGR_DATA": str(tmp_path), "DATABASE_URL": embedded})


def test_it_does_not_take_addresses_from_a_local_stack_that_happens_to_run(tmp_path: Path) -> None:
    (tmp_path / "env").write_text("REDIS_URL=redis://127.0.0.1:40001/0\n")
    with pytest.raises(SettingsError, match="REDIS_URL: production needs"):
        read(FIT | {"CASEMGR_DATA": str(tmp_path), "REDIS_URL": ""})


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["-m", "gunicorn", "--check-config", "config.wsgi:application"],
        ["-m", "celery", "-A", "config.celery", "report"],
        ["-m", "config.local", "run"],
    ],
    ids=["commands", "web", "worker", "local stack"],
)
def test_no_entry_point_starts(command: list[str]) -> None:
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=PROJECT,
        env=bare | FIT | {"DEBUG": "1", "ALLOWED_HOSTS": "*"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "production" in done.stdout + done.stderr
