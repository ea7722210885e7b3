"""What the application's role may not do, and what not even the owner of the tables may."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

from casemgr.ledger.change import Change
from casemgr.ledger.grants import ROLE, append_only_tables
from casemgr.models import Snapshot
from tests.access.factories import TeamFactory

pytestmark = pytest.mark.django_db

APPENDED = sorted(append_only_tables())


@contextmanager
def as_the_application() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
        yield
        cursor.execute("RESET ROLE")


def run(statement: str | sql.Composed) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_tables_of_record_are_append_only():
    assert {
        "casemgr_change",
        "casemgr_findingrevision",
        "casemgr_signature",
        "casemgr_snapshot",
        "casemgr_assessment",
        "casemgr_docketfile",
        "evidence_custodyevent",
    } <= set(APPENDED)


@pytest.mark.parametrize("table", APPENDED)
def test_the_application_has_no_privilege_to_rewrite(table):
    with as_the_application():
        for verb in ("DELETE FROM", "TRUNCATE"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"{verb} {table}")
        with connection.cursor() as cursor:
            columns = [
                c.name for c in connection.introspection.get_table_description(cursor, table)
            ]
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(
                sql.SQL("UPDATE {} SET {} = NULL").format(
                    sql.Identifier(table), sql.Identifier(columns[-1])
                )
            )


def test_the_application_cannot_write_history_itself_but_its_acts_do():
    with as_the_application():
        with pytest.raises(ProgrammingError, match="permission denied"):
            run("INSERT INTO casemgr_change (seq) VALUES (1)")
        team = TeamFactory()
    assert Change.objects.of(team).count() == 1


def test_the_application_truncates_nothing():
    with as_the_application(), pytest.raises(ProgrammingError, match="permission denied"):
        run("TRUNCATE access_idempotencykey")


@pytest.mark.parametrize("statement", ["UPDATE", "DELETE"])
def test_not_even_the_owner_changes_an_assessed_record(statement):
    Snapshot.objects.create(digest="0" * 64, record={})
    rewrite = {
        "UPDATE": "UPDATE casemgr_snapshot SET record = '[]'",
        "DELETE": "DELETE FROM casemgr_snapshot",
    }[statement]
    with pytest.raises(ProgrammingError, match="Cannot update or delete"):
        run(rewrite)
    assert Snapshot.objects.get().record == {}
