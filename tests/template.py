"""The migrated database that the databases of the tests are copied from.

Migrating takes half a minute; a copy takes a moment. So one xdist worker migrates the template,
every worker copies it, and it stays for the next run, until a file that it depends on changes.
"""

import hashlib

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from config.addresses import DatabaseAddress
from config.environment import PROJECT
from config.roles import ensure_app_role

NAME = "casemgr_test_template"
# Any number does; it keeps two workers from making the template at once.
_LOCK = 8
_OURS = ("access", "casemgr", "config", "designations", "evidence")
_PACKAGES = ("requirements.txt", "requirements-dev.txt")


def make_template(address: DatabaseAddress) -> None:
    """Have a template of this code on the server; the application's role comes before it.

    The caller has unblocked the database.
    """
    code = digest_of_code()
    with psycopg.connect(address.conninfo("postgres"), autocommit=True) as server:
        # Two xdist workers arrive at once; the first one makes what is missing.
        server.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        ensure_app_role(server)
        made_of = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [NAME],
        ).fetchone()
        if made_of == (code,):
            return
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        # The locale of the deployment: public keys sort byte by byte on every server.
        server.execute(
            f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        )
        _migrate()
        # Said last: a template whose making was cut short says nothing and is made again.
        server.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(NAME), sql.Literal(code))
        )


def digest_of_code() -> str:
    """What the tables, triggers and grants may depend on: our code, and the packages."""
    digest = hashlib.sha256()
    files = [path for app in _OURS for path in (PROJECT / app).rglob("*.py")]
    for path in sorted([*files, *(PROJECT / name for name in _PACKAGES)]):
        digest.update(f"{path.relative_to(PROJECT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _migrate() -> None:
    """As Django migrates the database of tests, in the template."""
    stated = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = NAME
    try:
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    finally:
        connection.close()  # nobody may be connected to what is copied
        connection.settings_dict["NAME"] = stated
