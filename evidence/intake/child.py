"""The process that looks into one file, which may be made to harm whoever opens it.

``python -m evidence.intake.child STEP FILENAME [ASKED] < FILE > RESULT``. Before it reads a byte it
gives up memory, time, file size and children; it has no address of the database in its
environment. What is asked beside the step, and the result, are one JSON object each.
"""

import base64
import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from evidence.intake.inspection import inspect

MEMORY = 1024 * 1024**2
CPU_SECONDS = 120
RESULT_BYTES = 64 * 1024**2
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def run(step: str, filename: str, stream: BinaryIO, asked: Mapping[str, Any]) -> dict[str, Any]:
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
        return {
            "passages": passages.kept,
            "remark": passages.remark,
            "pictures": passages.pictures,
        }
    if step == "draw":
        from evidence.intake.picture import NoPictureError, draw

        try:
            picture = draw(stream)
        except NoPictureError as error:
            return {"png": "", "remark": str(error)}
        png = base64.b64encode(picture.png).decode()
        return {"png": png, "width": picture.width, "height": picture.height, "remark": ""}
    if step == "ocr":
        from evidence.intake.ocr import Program, read_pictures

        passages = read_pictures(stream, Program(asked["path"], tuple(asked["languages"])))
        return {"passages": passages.kept, "remark": passages.remark}
    if step == "language":
        from evidence.intake.language import ENOUGH, guess_language
        from evidence.intake.text.reading import read_text

        passages = read_text(stream, filename, most=ENOUGH)
        return {"language": guess_language("\n".join(text for _, text in passages.kept))}
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
    if step == "head":
        from evidence.rows.looking import head_in

        return head_in(filename, Path(f"/dev/fd/{stream.fileno()}"))
    if step == "columns":
        from evidence.rows.looking import columns_in

        return columns_in(filename, Path(f"/dev/fd/{stream.fileno()}"))
    if step == "stix":
        from evidence.exchange.stix.planning import plan_of
        from evidence.exchange.stix.reading import BundleError, read_bundle

        try:
            return {"plan": plan_of(read_bundle(stream)).as_json()}
        except BundleError as error:
            return {"refused": str(error)}
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
        asked = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {}
        result = run(sys.argv[1], sys.argv[2], stream, asked)
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
