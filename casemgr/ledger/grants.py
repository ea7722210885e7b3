"""What the application's role may do: work on rows, append history, and never rewrite it."""

from typing import Any

from django.apps import apps
from django.db import connections
from psycopg import sql

ROLE = "casemgr_app"

CREATE_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'casemgr_app') THEN
        CREATE ROLE casemgr_app NOLOGIN NOINHERIT;
    END IF;
    IF NOT pg_has_role(current_user, 'casemgr_app', 'MEMBER') THEN
        EXECUTE format('GRANT casemgr_app TO %I', current_user);
    END IF;
EXCEPTION
    -- Two databases of one server migrated at the same time: the other one made it.
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role casemgr_app does not exist and % may not create it', current_user
            USING HINT = 'As an administrator run: CREATE ROLE casemgr_app NOLOGIN; '
                'GRANT casemgr_app TO ' || quote_ident(current_user) || '; then migrate again.';
END $$;
"""
# Roles belong to the server and not to this database, so migrating back only takes the
# privileges away.
DROP_GRANTS = """
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'casemgr_app') THEN
        EXECUTE 'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM casemgr_app';
        EXECUTE 'REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM casemgr_app';
    END IF;
END $$;
"""


def append_only_tables() -> frozenset[str]:
    """Tables whose rows nobody changes or removes: those protected by the trigger of that name."""
    return frozenset(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        for trigger in getattr(model._meta, "triggers", ())
        if trigger.name == "append_only"
    )


READ_ONLY_TABLES = frozenset({"casemgr_change", "casemgr_stagespell", "django_migrations"})


# The letters by which PostgreSQL's access lists name privileges.
_LETTERS = {"SELECT": "r", "INSERT": "a", "UPDATE": "w", "DELETE": "d"}


def grant(using: str = "default") -> None:
    """Give the application's role what it needs on every table, and no more.

    No TRUNCATE anywhere; append-only tables take inserts alone; the change table and the
    spells of stages are written by their trigger functions. Tables on which it already has just
    that are left alone.
    """
    appended = append_only_tables()
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("GRANT USAGE ON SCHEMA public TO casemgr_app")
        cursor.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO casemgr_app")
        for table, held in _held(cursor).items():
            verbs = _verbs(table, appended)
            if held == {_LETTERS[verb] for verb in verbs}:
                continue
            name, role = sql.Identifier(table), sql.Identifier(ROLE)
            cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(name, role))
            granted = sql.SQL(", ").join(sql.SQL(verb) for verb in verbs)
            cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(granted, name, role))


def _verbs(table: str, appended: frozenset[str]) -> tuple[str, ...]:
    if table in READ_ONLY_TABLES:
        return ("SELECT",)
    if table in appended:
        return ("SELECT", "INSERT")
    return ("SELECT", "INSERT", "UPDATE", "DELETE")


def _held(cursor: Any) -> dict[str, set[str]]:
    """Table to the letters of the privileges the role has on it now."""
    cursor.execute(
        "SELECT relname, coalesce(string_agg(substring(item::text FROM '=([^/]*)/'), ''), '')"
        "  FROM pg_class LEFT JOIN unnest(relacl) AS item ON item::text LIKE %s"
        " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        " GROUP BY relname ORDER BY relname",
        [f"{ROLE}=%"],
    )
    return {table: set(letters) for table, letters in cursor.fetchall()}
