"""What the local stack refuses, it refuses in words that name the way out."""

import os
import stat

import pytest

from config.local.folders import LONGEST_DATA_PATH
from tests.config.local.conftest import LocalStack


@pytest.mark.parametrize("words", [("run",), ("with", "--", "true")])
def test_a_second_owner_of_the_same_folder_is_refused(
    stack: LocalStack, words: tuple[str, ...]
) -> None:
    owner = stack.start_and_wait()
    refused = stack.run(*words)
    assert refused.returncode == 1
    assert f"process {owner.pid}" in refused.stderr
    assert "CASEMGR_DATA" in refused.stderr
    assert owner.poll() is None


def test_a_path_too_long_for_a_socket_is_refused_before_anything_is_written(
    fresh: LocalStack,
) -> None:
    room = LONGEST_DATA_PATH - len(str(fresh.data.parent)) - 1
    long = fresh.data.parent / ("d" * (room + 1))
    refused = fresh.run("with", "--", "true", CASEMGR_DATA=str(long))
    assert refused.returncode == 1
    assert "CASEMGR_DATA" in refused.stderr
    assert str(LONGEST_DATA_PATH) in refused.stderr
    assert not long.exists()


def test_the_longest_path_allowed_does_work(fresh: LocalStack) -> None:
    room = LONGEST_DATA_PATH - len(str(fresh.data.parent)) - 1
    fresh.data = fresh.data.parent / ("d" * room)
    assert fresh.python("print('up')", CASEMGR_DATA=str(fresh.data)) == "up"


def test_production_is_refused(fresh: LocalStack) -> None:
    refused = fresh.run("with", "--", "true", CASEMGR_MODE="production")
    assert refused.returncode == 1
    assert "embedded stack is for development and tests only" in refused.stderr
    assert not fresh.data.exists()


def test_lost_passwords_are_explained(stack: LocalStack) -> None:
    stack.folders.secrets.unlink()
    refused = stack.run("with", "--", "true")
    assert refused.returncode == 1
    assert "does not open the database" in refused.stderr
    assert str(stack.folders.secrets) in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_server_that_does_not_answer_is_named_by_its_variable(fresh: LocalStack) -> None:
    refused = fresh.run(
        "with", "--", "true", DATABASE_URL="postgresql://ann:hush@127.0.0.1:1/cases"
    )
    assert refused.returncode == 1
    assert "DATABASE_URL: the server does not answer" in refused.stderr
    assert "hush" not in refused.stderr


def test_a_command_that_does_not_exist_is_named(fresh: LocalStack) -> None:
    refused = fresh.run("with", "--", "no-such-command")
    assert refused.returncode == 1
    assert "no-such-command: No such file" in refused.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs under another account")
def test_a_closed_parent_folder_is_only_passable_meanwhile_and_closed_again(
    fresh: LocalStack,
) -> None:
    parent = fresh.data.parent
    parent.chmod(0o700)
    printed = fresh.python(
        f"import os, stat; print(oct(stat.S_IMODE(os.stat({str(parent)!r}).st_mode)))"
    )
    assert printed == "0o711"
    assert stat.S_IMODE(parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(fresh.data.stat().st_mode) == 0o711
