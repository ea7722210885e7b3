"""The embedded servers start, keep their data, and stop with their owner."""

import os
import signal
import stat
from pathlib import Path

import psycopg
import pytest

from config.environment import read
from tests.config.local.conftest import LocalStack

ADD_A_ROW = """
import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS kept (row int)")
    connection.execute("INSERT INTO kept VALUES (1)")
    print(connection.execute("SELECT count(*) FROM kept").fetchone()[0])
"""
ASK_BOTH = """
import os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"], options="-c role=casemgr_app") as connection:
    print(*connection.execute("SELECT session_user, current_user").fetchone())
    print(*connection.execute(
        "SELECT rolsuper FROM pg_roles WHERE rolname = session_user").fetchone())
    print(*connection.execute(
        "SELECT datcollate FROM pg_database WHERE datname = current_database()").fetchone())
print(redis.Redis.from_url(os.environ["REDIS_URL"]).ping(), os.environ["REDIS_URL"])
"""


def test_both_servers_answer_and_the_service_is_not_a_superuser(fresh: LocalStack) -> None:
    session, superuser, collation, queue = fresh.python(ASK_BOTH).splitlines()
    assert session == "casemgr casemgr_app"
    assert superuser == "False"
    assert collation == "C.UTF-8"
    assert queue.startswith("True ")
    assert ":6379/" not in queue


def test_a_second_start_finds_the_data_again(fresh: LocalStack) -> None:
    assert fresh.python(ADD_A_ROW) == "1"
    assert fresh.python(ADD_A_ROW) == "2"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_everything_it_started(stack: LocalStack, number: signal.Signals) -> None:
    owner = stack.start_and_wait()
    assert len(stack.processes()) > 2
    if number is signal.SIGINT:  # Ctrl-C reaches the command as well
        os.killpg(owner.pid, number)
    else:
        owner.send_signal(number)
    assert owner.wait(timeout=30) == 128 + number
    assert stack.processes() == []
    assert not stack.folders.env.exists()
    assert not stack.folders.processes.exists()


def test_the_exit_code_of_the_command_is_passed_on(stack: LocalStack) -> None:
    assert stack.run("with", "--", "sh", "-c", "exit 7").returncode == 7


def test_what_opens_the_servers_is_readable_by_its_owner_only(stack: LocalStack) -> None:
    stack.start_and_wait()
    for private in (stack.folders.secrets, stack.folders.env):
        assert stat.S_IMODE(private.stat().st_mode) == 0o600
    for folder in ("secrets", "exhibits", "keys", "logs", "valkey"):
        assert stat.S_IMODE((stack.data / folder).stat().st_mode) == 0o700


def test_the_database_asks_for_its_password(stack: LocalStack) -> None:
    stack.start_and_wait()
    address = read(stack.variables).database
    assert address is not None
    with psycopg.connect(address.conninfo()) as connection:
        stored = connection.execute("SHOW password_encryption").fetchone()
    assert stored == ("scram-sha-256",)
    for user in ("casemgr", "postgres"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host=address.host, user=user, dbname="casemgr", password="guess")


def test_settings_find_the_running_servers_through_the_file_only(stack: LocalStack) -> None:
    assert read(stack.variables).database is None
    stack.start_and_wait()
    database = read(stack.variables).database
    assert database is not None
    assert Path(database.host) == stack.folders.postgres


def test_servers_given_by_address_are_used_and_not_started(stack: LocalStack) -> None:
    stack.start_and_wait()
    running = dict(
        line.split("=", 1) for line in stack.folders.env.read_text().splitlines() if line
    )
    second = LocalStack(stack.data.parent / "two", stack.variables)
    printed = second.python(
        "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])",
        CASEMGR_DATA=str(second.data),
        DATABASE_URL=running["DATABASE_URL"],
    )
    database, queue = printed.split()
    assert database == running["DATABASE_URL"]
    assert queue != running["REDIS_URL"]
    assert not second.folders.postgres.exists()
