"""Command line of the local stack: `run`, and `with -- COMMAND`."""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from config.environment import SettingsError, data_folder
from config.local.errors import StackError
from config.local.folders import open_data_folder
from config.local.processes import StopRequested, stop_on_signals
from config.local.run import serve
from config.local.stack import running_owner, running_stack, variables_of_running


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
        if chosen.command == "run":
            with running_stack(os.environ, "run", say) as stack:
                serve(stack, say)
            return 0
        words = [word for word in chosen.words if word != "--" or word is not chosen.words[0]]
        if not words:
            parser.error("with: name the command to run, after --")
        return run_with(words, os.environ)
    except StopRequested as stop:
        say(f"stopped ({stop})")
        return 130 if str(stop) == "SIGINT" else 143
    except (StackError, SettingsError) as error:
        say(str(error))
        return 1


def run_with(words: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run a command with both servers up: those of a running `run`, or servers of its own."""
    owner = running_owner(open_data_folder(data_folder(variables)))
    if owner and owner.purpose == "run":
        folders = open_data_folder(data_folder(variables))
        say(f"using the servers of {owner}")
        return _wait_for(words, variables_of_running(folders, variables))
    with running_stack(variables, "with", say) as stack:
        return _wait_for(words, stack.variables)


def _wait_for(words: Sequence[str], variables: Mapping[str, str]) -> int:
    try:
        child = subprocess.Popen(words, env=dict(variables))  # noqa: S603 - the person's command
    except OSError as error:
        raise StackError(f"{words[0]}: {error.strerror}") from error
    try:
        return child.wait()
    except BaseException:
        child.terminate()
        child.wait()
        raise


if __name__ == "__main__":
    sys.exit(main())
