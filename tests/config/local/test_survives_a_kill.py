"""A run that was killed, at any moment, never blocks the next one."""

import os
import time
from pathlib import Path

import psutil
import pytest

from config.local.postgres import clear_stale_pid
from tests.config.local.conftest import LocalStack, wait_until
from tests.config.local.test_life_cycle import ADD_A_ROW


def test_the_next_start_takes_over_from_a_killed_owner(stack: LocalStack) -> None:
    assert stack.python(ADD_A_ROW) == "1"
    owner = stack.start_and_wait()
    owner.kill()
    owner.wait()
    assert stack.processes(), "the servers outlive a killed owner"
    assert stack.python(ADD_A_ROW) == "2"
    assert stack.processes() == []


def test_the_command_a_killed_owner_left_behind_is_ended(stack: LocalStack) -> None:
    owner = stack.start_and_wait()
    left = psutil.Process(owner.pid).children()
    sleeping = next(child for child in left if child.name() == "sleep")
    owner.kill()
    owner.wait()
    assert sleeping.is_running()
    assert stack.python("print('up')") == "up"
    # Under a bare container nobody collects the exit code of an orphan.
    assert not sleeping.is_running() or sleeping.status() == psutil.STATUS_ZOMBIE


def test_a_process_number_that_now_belongs_to_another_program_is_no_server(
    stack: LocalStack,
) -> None:
    assert stack.python(ADD_A_ROW) == "1"
    owner = stack.start_and_wait()
    pid_file = stack.folders.postgres / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    for number in (int(lines[0]), owner.pid):
        psutil.Process(number).kill()
    owner.wait()
    # This very process: alive, and no database server.
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert stack.python(ADD_A_ROW) == "2"


def test_an_unreadable_pid_file_is_no_server(tmp_path: Path) -> None:
    for text in ("", "garbage", "99999999"):
        (tmp_path / "postmaster.pid").write_text(text)
        clear_stale_pid(tmp_path)
        assert not (tmp_path / "postmaster.pid").exists()


@pytest.mark.parametrize("after", [0.0, 0.3, 0.6])
def test_a_first_start_killed_on_the_way_does_not_spoil_the_folder(
    fresh: LocalStack, after: float
) -> None:
    owner = fresh.start("with", "--", "sleep", "300")
    wait_until(lambda: fresh.folders.postgres.exists() or owner.poll() is not None)
    time.sleep(after)
    owner.kill()
    owner.wait()
    assert fresh.python(ADD_A_ROW) == "1"
