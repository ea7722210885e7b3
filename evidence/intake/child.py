"""The process that looks into one file, which may be made to harm whoever opens it.

``python -m evidence.intake.child STEP FILENAME < FILE > RESULT``. Before it reads a byte it gives
up memory, time, file size and children; it has no address of the database in its environment.
The result is one JSON object.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from typing import Any, BinaryIO

from evidence.intake.inspection import inspect

MEMORY = 1024 * 1024**2
CPU_SECONDS = 120
RESULT_BYTES = 64 * 1024**2
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def run(step: str, filename: str, stream: BinaryIO) -> dict[str, Any]:
    """The result of one step on the file. Raises ValueError for a step that is none."""
    if step == "inspect":
        inspection = inspect(stream, filename)
        found = inspection.found
        return {
            "kind": inspection.kind.name,
            "finding": found.finding.value if found else "",
            "said": found.said if found else "",
        }
    if step == "read":
        # Its libraries take a while to load, and an inspection does not need them.
        from evidence.intake.text.reading import read_text

        passages = read_text(stream, filename)
        return {"passages": passages.kept, "remark": passages.remark}
    if step in ("mail", "mail-parts"):
        from evidence.intake.mail.reading import read_mail, read_parts
        from evidence.intake.mail.stated import MailError

        try:
            if step == "mail":
                return read_mail(stream, filename)
            return {"parts": list(read_parts(stream, filename))}
        except MailError as error:
            return {"refused": str(error)}
    if step == "sheet":
        from evidence.sheets.reading import SheetError, read_sheet

        try:
            sheet = read_sheet(stream, filename)
        except SheetError as error:
            return {"refused": str(error)}
        return {"columns": sheet.columns, "rows": sheet.rows}
    raise ValueError(f"no step is named {step!r}")


def _give_up() -> None:
    for which, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, RESULT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))
    if sys.platform == "linux":
        # A worker killed without warning takes its child along.
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def main() -> None:
    """Read the file on standard input, write the result on standard output."""
    _give_up()
    with os.fdopen(0, "rb", closefd=False) as stream:
        result = run(sys.argv[1], sys.argv[2], stream)
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
