"""The tables of the law and of evidence can be taken away and made again."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
import pytest
from django.conf import settings

from tests import template

PROJECT = Path(__file__).parents[2]
NAME = f"casemgr_backwards_{os.getpid()}"


@pytest.fixture
def address(django_db_modify_db_settings: None) -> Iterator[str]:
    """A database of its own, migrated, beside the one of the tests."""
    here = settings.ENVIRONMENT.database
    with psycopg.connect(here.conninfo("postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {NAME} TEMPLATE {template.NAME}")
    yield here.conninfo(NAME)
    with psycopg.connect(here.conninfo("postgres"), autocommit=True) as server:
        server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def database_url() -> str:
    """The address of that database, for another process."""
    here = settings.ENVIRONMENT.database
    server = {"host": here.host, "port": here.port} | dict(here.parameters)
    query = urlencode({name: value for name, value in server.items() if value})
    return (
        f"postgresql://{quote(here.user, safe='')}:{quote(here.password, safe='')}@/{NAME}?{query}"
    )


def migrate(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", *arguments, "--verbosity", "0"],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": database_url()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def shape(address: str) -> set[tuple[str, ...]]:
    """Every column, constraint, index and trigger of our two apps."""
    with psycopg.connect(address) as connection:
        return set(
            connection.execute(
                r"""
                SELECT 'column', table_name, column_name, data_type FROM information_schema.columns
                 WHERE table_name ~ '^(designations|evidence)_'
                UNION SELECT 'constraint', conrelid::regclass::text, conname,
                             pg_get_constraintdef(oid) FROM pg_constraint
                 WHERE conrelid::regclass::text ~ '^(designations|evidence)_'
                UNION SELECT 'index', tablename, indexname, indexdef FROM pg_indexes
                 WHERE tablename ~ '^(designations|evidence)_'
                UNION SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
                  FROM pg_trigger WHERE NOT tgisinternal
                   AND tgrelid::regclass::text ~ '^(designations|evidence)_'
                """
            ).fetchall()
        )


@pytest.mark.integration
def test_backwards_leaves_nothing_and_forwards_makes_the_same_again(address: str) -> None:
    made = shape(address)
    assert {kind for kind, *_ in made} == {"column", "constraint", "index", "trigger"}

    for app in ("evidence", "designations"):  # with the first go the cases, which rest on it
        migrate(app, "zero")
    assert shape(address) == set()

    migrate()
    assert shape(address) == made
