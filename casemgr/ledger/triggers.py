"""The one trigger function, and its installation on every covered table."""

from typing import Any

from django.db import connections
from psycopg import sql

from casemgr.ledger.coverage import covered

TRIGGER = "casemgr_record_change"

# Arguments: key column, comma-separated hidden columns, 'queue' when assessments depend on the
# table. SECURITY DEFINER: the application's role cannot write history itself, only cause it.
FUNCTION = """
CREATE OR REPLACE FUNCTION casemgr_record_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
DECLARE
    hidden text[] := string_to_array(TG_ARGV[1], ',');
    after_row jsonb;
    before_row jsonb;
    recorded jsonb;
    salted bytea := uuid_send(gen_random_uuid());
    number bigint;
BEGIN
    IF TG_OP <> 'DELETE' THEN after_row := to_jsonb(NEW) - hidden; END IF;
    IF TG_OP <> 'INSERT' THEN before_row := to_jsonb(OLD) - hidden; END IF;
    IF TG_OP = 'UPDATE' THEN
        IF after_row = before_row THEN RETURN NULL; END IF;
        recorded := jsonb_build_object('row', after_row, 'was', (
            SELECT jsonb_object_agg(was.key, was.value) FROM jsonb_each(before_row) AS was
             WHERE after_row -> was.key IS DISTINCT FROM was.value));
    ELSE
        recorded := jsonb_build_object('row', coalesce(after_row, before_row));
    END IF;
    INSERT INTO casemgr_change
        (xid, at, "table", key, op, salt, payload, payload_sha256, actor, request, reason)
    VALUES (
        pg_current_xact_id(), clock_timestamp(), TG_TABLE_NAME,
        coalesce(after_row, before_row) ->> TG_ARGV[0], left(TG_OP, 1), salted, recorded,
        sha256(salted || convert_to(recorded::text, 'UTF8')),
        coalesce(current_setting('casemgr.actor', true), ''),
        coalesce(current_setting('casemgr.request', true), ''),
        coalesce(current_setting('casemgr.reason', true), ''))
    RETURNING seq INTO number;
    IF TG_ARGV[2] = 'queue' THEN
        INSERT INTO casemgr_undrainedchange (change_seq) VALUES (number);
    END IF;
    RETURN NULL;
END
$function$;
REVOKE ALL ON FUNCTION casemgr_record_change() FROM PUBLIC;
"""

DROP_FUNCTION = "DROP FUNCTION IF EXISTS casemgr_record_change() CASCADE"


def install(using: str = "default") -> None:
    """Put the trigger on every covered table that has not got it, or has it with other terms.

    Migrated backwards, the database lacks tables that the models know: they are left out.
    """
    there = _installed(using)
    present = frozenset(connections[using].introspection.table_names())
    with connections[using].cursor() as cursor:
        for table in covered():
            if table.table not in present:
                continue
            terms = (table.key, ",".join(table.hidden), "queue" if table.queued else "history")
            if there.get(table.table) == terms:
                continue
            cursor.execute(
                sql.SQL(
                    "CREATE OR REPLACE TRIGGER {trigger} AFTER INSERT OR UPDATE OR DELETE "
                    "ON {table} FOR EACH ROW EXECUTE FUNCTION {trigger}({key}, {hidden}, {queue})"
                ).format(
                    trigger=sql.Identifier(TRIGGER),
                    table=sql.Identifier(table.table),
                    key=sql.Literal(terms[0]),
                    hidden=sql.Literal(terms[1]),
                    queue=sql.Literal(terms[2]),
                )
            )


def tables_with_trigger(using: str = "default") -> frozenset[str]:
    """The tables on which the database has the trigger, enabled."""
    return frozenset(_installed(using))


def _installed(using: str) -> dict[str, tuple[str, ...]]:
    """Table to the terms of its trigger, as the database has them."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgargs FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname = %s AND tgenabled <> 'D'",
            [TRIGGER],
        )
        # Arguments are stored one after another, each ended by a zero byte.
        return {
            name: tuple(part.decode() for part in bytes(terms).split(b"\0")[:-1])
            for name, terms in cursor.fetchall()
        }


def after_migrate(**signal: Any) -> None:
    """Receiver of ``post_migrate``: every table exists by now, those of other apps too."""
    from casemgr.ledger.grants import grant

    if not _change_table_exists(signal["using"]):
        return  # migrated backwards to before the change table
    install(signal["using"])
    grant(signal["using"])


def _change_table_exists(using: str) -> bool:
    connection = connections[using]
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('casemgr_record_change') IS NOT NULL")
        return bool(cursor.fetchone()[0])
