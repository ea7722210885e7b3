"""The role of the web and worker processes exists before the first migration, or says why not."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config.roles import APP_ROLE, RoleError, ensure_app_role
from config.settings.storage import NO_DATABASE, database_for


@pytest.fixture
def administrator(db: None) -> Iterator[psycopg.Connection]:
    address = settings.ENVIRONMENT.database
    with psycopg.connect(address.conninfo("postgres"), autocommit=True) as opened:
        yield opened


def test_making_the_role_again_changes_nothing(administrator: psycopg.Connection) -> None:
    ensure_app_role(administrator)
    ensure_app_role(administrator)
    found = administrator.execute(
        "SELECT rolcanlogin, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = %s", [APP_ROLE]
    )
    assert found.fetchone() == (False, False, False)


def test_a_user_who_may_not_make_roles_is_told_what_to_ask_for(
    administrator: psycopg.Connection,
) -> None:
    address = settings.ENVIRONMENT.database
    administrator.execute("DROP ROLE IF EXISTS casemgr_test_plain")
    administrator.execute("CREATE ROLE casemgr_test_plain LOGIN PASSWORD 'plain-and-simple'")
    try:
        plain = address.conninfo("postgres")
        with (
            psycopg.connect(
                plain, user="casemgr_test_plain", password="plain-and-simple", autocommit=True
            ) as opened,
            pytest.raises(RoleError) as refused,
        ):
            ensure_app_role(opened)
    finally:
        administrator.execute("DROP ROLE casemgr_test_plain")
    assert 'CREATE ROLE "casemgr_app" NOLOGIN;' in str(refused.value)
    assert 'GRANT "casemgr_app" TO "casemgr_test_plain";' in str(refused.value)


@pytest.mark.django_db
def test_the_service_can_become_the_role_and_owns_no_table_as_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = %s", [APP_ROLE])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchone()[0] > 10


def test_a_command_that_needs_a_database_before_there_is_one_is_told_so() -> None:
    from config.environment import read

    settings_without = database_for(read({"CASEMGR_DATA": "/nowhere"}))
    assert settings_without["HOST"] == NO_DATABASE
    with pytest.raises(psycopg.OperationalError, match="use-make-run-or-set-DATABASE_URL"):
        psycopg.connect(host=settings_without["HOST"], dbname=settings_without["NAME"])
