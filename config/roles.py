"""The database role the web and worker processes run as.

`casemgr_app` owns no table, so append-only tables and protections hold against the service itself.
The role must exist before the first migration, which grants it what it may do.
"""

import sys

import psycopg
from psycopg import sql

from config.environment import SettingsError, read

APP_ROLE = "casemgr_app"
# Any number does; it keeps two starting processes from creating the role at once.
_LOCK = 4_201_975


class RoleError(RuntimeError):
    """The role is missing and may not be created by this database user."""


def ensure_app_role(connection: psycopg.Connection, member: str | None = None) -> None:
    """Create the role if it is missing and let `member` (default: the current user) become it.

    Raises RoleError with the statements an administrator must run when that is not permitted.
    """
    user = connection.execute("SELECT current_user").fetchone()
    member = member or (str(user[0]) if user else "")
    statements = (
        sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(APP_ROLE)),
        sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP_ROLE), sql.Identifier(member)),
    )
    try:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            if not _role_exists(connection):
                connection.execute(statements[0])
            if not _may_become(connection, member):
                connection.execute(statements[1])
    except psycopg.errors.InsufficientPrivilege as error:
        lines = "\n".join(f"    {statement.as_string(connection)};" for statement in statements)
        raise RoleError(
            f"The database user {member!r} may not create the role {APP_ROLE!r}, which the web and "
            f"worker processes run as. Ask the database administrator to run:\n{lines}"
        ) from error


def _role_exists(connection: psycopg.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
    return found.fetchone() is not None


def _may_become(connection: psycopg.Connection, member: str) -> bool:
    # 'SET' exists from PostgreSQL 16 on; before it, membership alone allows SET ROLE.
    kind = "SET" if connection.info.server_version >= 160000 else "MEMBER"
    row = connection.execute("SELECT pg_has_role(%s, %s, %s)", [member, APP_ROLE, kind]).fetchone()
    return bool(row and row[0])


def main() -> int:
    """Make the role on the server of DATABASE_URL; for the deployment's migration step."""
    try:
        address = read().database
        if address is None:
            raise SettingsError("DATABASE_URL is not set: name the server to prepare.")
        with psycopg.connect(address.conninfo(), autocommit=True) as connection:
            ensure_app_role(connection)
    except (SettingsError, RoleError, psycopg.OperationalError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
