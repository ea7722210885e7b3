"""A database of the benchmark's own, made from nothing and dropped at the end."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any, NoReturn, cast

import django
import psycopg
from psycopg import sql


@contextmanager
def own_database() -> Iterator[str]:
    """Migrate a fresh database on the server of DATABASE_URL, load the law and the accounts.

    Yields the API token of an analyst of the team ``demo``. Connections are pooled, as in the
    web process. Whatever ends the run, a signal included, the database is dropped.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DATABASE_POOL_SIZE"] = "2"
    os.environ["LOG_LEVEL"] = "ERROR"
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from access.demo import prepare
    from config.roles import ensure_app_role

    address = settings.ENVIRONMENT.database
    if address is None:
        sys.exit("A benchmark needs PostgreSQL: use `make bench`, or set DATABASE_URL.")
    name = sql.Identifier(f"casemgr_bench_{os.getpid()}")
    signal.signal(signal.SIGTERM, _stop)
    with psycopg.connect(address.conninfo("postgres"), autocommit=True) as server:
        ensure_app_role(server)
        server.execute(
            sql.SQL(
                "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
            ).format(name)
        )
        connection.settings_dict["NAME"] = f"casemgr_bench_{os.getpid()}"
        try:
            with tempfile.TemporaryDirectory(prefix="casemgr-bench-") as folder:
                settings.MEDIA_ROOT = Path(folder) / "exhibits"
                call_command("migrate", interactive=False, verbosity=0)
                call_command("load_library", stdout=StringIO())
                people = prepare(Path(folder) / "accounts.json")
                yield people["analyst"]["token"]
        finally:
            connection.close()
            cast(Any, connection).close_pool()
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def _stop(*_signal: object) -> NoReturn:
    sys.exit(143)
