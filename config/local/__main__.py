"""Command line of the local stack: `run`, and `with -- COMMAND`."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

import psutil

from config.environment import SettingsError, data_folder
from config.local.errors import StackError
from config.local.folders import open_data_folder
from config.local.processes import StopRequested, record_processes, stop_on_signals
from config.local.run import serve
from config.local.stack import (
    refuse_production,
    running_owner,
    running_stack,
    variables_of_running,
)


def say(line: str) -> None:
    """Tell the person at the terminal; standard output belongs to the command."""
    print(f"casemgr: {line}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the stack; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m config.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="servers, worker and web, until Ctrl-C")
    around = commands.add_parser("with", help="servers around one command")
    around.add_argument("words", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    chosen = parser.parse_args(arguments)
    stop_on_signals()
    try:
        refuse_production(os.environ)
        if chosen.command == "run":
            with running_stack(os.environ, "run", say) as stack:
                serve(stack, say)
            return 0
        words = chosen.words[1:] if chosen.words[:1] == ["--"] else chosen.words
        if not words:
            parser.error("with: name the command to run, after --")
        return run_with(words, os.environ)
    except StopRequested as stop:
        say(f"stopped ({stop})")
        if chosen.command == "run":
            return 0  # being stopped is how it ends
        return 128 + signal.Signals[str(stop)]
    except (StackError, SettingsError) as error:
        say(str(error))
        return 1


def run_with(words: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run a command with both servers up: those of a running `run`, or servers of its own."""
    folders = open_data_folder(data_folder(variables))
    owner = running_owner(folders)
    if owner and owner.purpose == "run":
        say(f"using the servers of {owner}")
        return _wait_for(_started(words, variables_of_running(folders, variables)))
    with running_stack(variables, "with", say) as stack:
        child = _started(words, stack.variables)
        with suppress(psutil.NoSuchProcess):  # a short command may be over already
            record_processes(stack.folders, {words[0]: child.pid})
        return _wait_for(child)


def _started(words: Sequence[str], variables: Mapping[str, str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(words, env=dict(variables))  # noqa: S603 - the person's command
    except OSError as error:
        raise StackError(f"{words[0]}: {error.strerror}") from error


def _wait_for(child: subprocess.Popen[bytes]) -> int:
    """The command's exit code; a stop that was asked for reaches it before the servers."""
    try:
        return child.wait()
    except StopRequested as stop:
        # Ctrl-C in a terminal has reached the command already: let it end in its own way.
        if str(stop) != "SIGINT":
            child.terminate()
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        raise


if __name__ == "__main__":
    sys.exit(main())
