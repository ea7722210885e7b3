"""``manage.py`` as people type it, in a process of its own or in this one."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess

from django.core.management import execute_from_command_line

PROJECT = Path(__file__).parents[1]
# Reserved for documentation (RFC 5737): nothing answers there, and nothing may be asked.
UNROUTABLE = {
    "DATABASE_URL": "postgres://nobody@192.0.2.1:5432/none?connect_timeout=1",
    "REDIS_URL": "redis://192.0.2.1:6379/0",
}


def alone(*words: object, **environment: str) -> CompletedProcess[str]:
    """Run the command in a process of its own, with servers that cannot be reached."""
    return subprocess.run(
        [sys.executable, PROJECT / "manage.py", *map(str, words)],
        cwd=PROJECT,
        env=os.environ | UNROUTABLE | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def here(*words: object) -> CompletedProcess[str]:
    """Run the command in this process, which is seconds faster.

    A test without the mark ``django_db`` fails when the command asks the database anything.
    """
    arguments = ["manage.py", *map(str, words)]
    out, said, code = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(out), redirect_stderr(said):
        try:
            execute_from_command_line(arguments)
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else int(left.code is not None)
    return CompletedProcess(arguments, code, out.getvalue(), said.getvalue())
