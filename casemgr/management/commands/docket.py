"""``manage.py docket``: validate, assess, import and export docket files.

Exit codes: 0 fine, 1 the file has errors (each one line on standard error), 2 usage.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from casemgr.apa.assess import assess_all
from casemgr.apa.record import Docket
from casemgr.clock import decision_day
from casemgr.docket import DocketError, read_docket, records
from casemgr.docket.output import report_json, report_text
from designations.days import PartialDate


class Command(BaseCommand):
    """Docket files in and out. ``validate`` and ``assess`` need no database."""

    help = "Validate, assess, import or export a docket file (docs/docket-format.md)."
    requires_system_checks = ()  # assess starts nothing and connects to nothing

    def add_arguments(self, parser: CommandParser) -> None:
        """One sub-command for each thing that can be done with a docket file."""
        commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

        validate = commands.add_parser("validate", help="list every error of a docket file")
        validate.add_argument("file", type=Path, metavar="FILE")

        assess = commands.add_parser("assess", help="review a docket file; needs no database")
        assess.add_argument("file", type=Path, metavar="FILE")
        assess.add_argument("--format", choices=("text", "json"), default="text")
        assess.add_argument("--as-of", type=_day, metavar="DATE", help="overrides the file's dates")
        assess.add_argument("--case", action="append", metavar="KEY", help="only this case")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        """Run the sub-command."""
        getattr(self, action)(options)

    def validate(self, options: dict[str, Any]) -> None:
        """Say that the file is fine, or every error and where."""
        docket = self._read(options["file"])
        self.stdout.write(
            f"{options['file']}: fine — {_count(len(docket.cases), 'case')}, "
            f"{_count(len(docket.evidence), 'evidence item')}, "
            f"{_count(len(docket.sources), 'source')}"
        )

    def assess(self, options: dict[str, Any]) -> None:
        """Print the engine's report on the file's cases."""
        docket = self._read(options["file"])
        known = {case.key for case in docket.cases}
        wanted = set(options["case"] or known)
        for key in sorted(wanted - known):
            self._usage(f"{options['file']} holds no case {key!r}; it holds: {_listed(known)}")
        of_cases = records(docket, as_of=options["as_of"], today=decision_day())
        # A case may rest on another: all are assessed, then the wanted ones are shown.
        reports = [report for report in assess_all(of_cases) if report.docket in wanted]
        if options["format"] == "json":
            written = json.dumps(report_json(reports), indent=2, ensure_ascii=False) + "\n"
        else:
            written = report_text(reports, of_cases)
        self.stdout.write(written, ending="")

    def _read(self, path: Path) -> Docket:
        try:
            return read_docket(path)
        except DocketError as error:
            for line in error.lines():
                self.stderr.write(line)
            sys.exit(1)
        except OSError as error:
            self._usage(f"{path} cannot be opened: {error.strerror}")

    def _usage(self, message: str) -> NoReturn:
        self.stderr.write(f"docket: {message}")
        sys.exit(2)


def _day(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _listed(keys: set[str]) -> str:
    return ", ".join(sorted(keys)) or "none"
