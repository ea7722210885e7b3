"""``manage.py docket``: validate, assess, import and export docket files.

Exit codes: 0 fine, 1 the file has errors (each one line on standard error), 2 usage.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from access.models import Team, User
from casemgr.actions.import_docket import store_docket
from casemgr.apa.assess import assess_all
from casemgr.apa.record import Docket, Record
from casemgr.apa.report import CaseReport
from casemgr.clock import decision_day
from casemgr.docket import (
    DocketError,
    read_docket,
    records,
    write_docket,
    write_docket_json,
)
from casemgr.docket.lines import located
from casemgr.docket.output import report_json, report_text
from casemgr.docket.pressure import press, pressure_text
from casemgr.export import NotOneDocketError, docket_of
from casemgr.models import Case, CaseDependency
from casemgr.words import Grade
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
        assess.add_argument(
            "--stress", action="store_true", help="with the matrix of what a court may disregard"
        )
        assess.add_argument(
            "--brief", action="store_true", help="with the attacks a challenger would make"
        )
        assess.add_argument(
            "--gap",
            type=Grade,
            choices=list(Grade),
            metavar="GRADE",
            help="with the cures that would lift the case to this grade",
        )

        press = commands.add_parser(
            "press", help="print stress matrix, challenger's brief and gap, without the checklist"
        )
        press.add_argument("file", type=Path, metavar="FILE")
        press.add_argument("--as-of", type=_day, metavar="DATE", help="overrides the file's dates")
        press.add_argument("--case", action="append", metavar="KEY", help="only this case")
        press.add_argument("--gap", type=Grade, default=Grade.ADEQUATE, metavar="GRADE")

        bring_in = commands.add_parser("import", help="store a docket file: all of it or nothing")
        bring_in.add_argument("file", type=Path, metavar="FILE")
        bring_in.add_argument("--team", required=True, metavar="KEY", help="the team that owns it")
        bring_in.add_argument("--actor", required=True, metavar="USERNAME", help="who imports it")
        bring_in.add_argument("--reason", default="import a docket file", metavar="TEXT")
        bring_in.add_argument(
            "--once",
            action="store_true",
            help="nothing, where every case of the file is there, whatever became of it since",
        )

        export = commands.add_parser("export", help="write cases as a docket file")
        export.add_argument("--case", action="append", metavar="KEY", help="default: every case")
        export.add_argument("--format", choices=("yaml", "json"), default="yaml")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        """Run the sub-command."""
        actions = {
            "validate": self.validate,
            "assess": self.assess,
            "press": self.press,
            "import": self.bring_in,
            "export": self.export,
        }
        actions[action](options)

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
        reports, of_cases = self._assessed(options)
        pressed = [
            press(
                of_cases[report.docket],
                report,
                stressed=options["stress"],
                briefed=options["brief"],
                target=options["gap"],
            )
            for report in reports
        ]
        if options["format"] == "json":
            written = json.dumps(report_json(reports, pressed), indent=2, ensure_ascii=False) + "\n"
        else:
            checklists = report_text(reports, list(of_cases.values()))
            written = checklists + "".join(map(pressure_text, pressed))
        self.stdout.write(written, ending="")

    def press(self, options: dict[str, Any]) -> None:
        """Print what a court may disregard, what a challenger would say, what would mend it."""
        reports, of_cases = self._assessed(options)
        for report in reports:
            pressed = press(
                of_cases[report.docket], report, stressed=True, briefed=True, target=options["gap"]
            )
            self.stdout.write(pressure_text(pressed), ending="")

    def _assessed(self, options: dict[str, Any]) -> tuple[list[CaseReport], dict[str, Record]]:
        """The wanted cases' reports, and every record of the file by case."""
        docket = self._read(options["file"])
        known = {case.key for case in docket.cases}
        wanted = set(options["case"] or known)
        for key in sorted(wanted - known):
            self._usage(f"{options['file']} holds no case {key!r}; it holds: {_listed(known)}")
        of_cases = records(docket, as_of=options["as_of"], today=decision_day())
        # A case may rest on another: all are assessed, then the wanted ones are shown.
        reports = [report for report in assess_all(of_cases) if report.docket in wanted]
        return reports, {record.case.key: record for record in of_cases}

    def bring_in(self, options: dict[str, Any]) -> None:
        """Store the file for a team; what is there already and equal is left alone."""
        path: Path = options["file"]
        docket = self._read(path)
        keys = [case.key for case in docket.cases]
        if options["once"] and Case.objects.filter(key__in=keys).count() == len(keys):
            self.stdout.write(f"{path}: its cases are there already and are left as they are")
            return
        team = Team.objects.filter(key=options["team"]).first()
        if team is None:
            self._usage(f"there is no team {options['team']!r}; the teams are: {_teams()}")
        actor = User.objects.filter(username=options["actor"]).first()
        if actor is None:
            self._usage(f"there is no user {options['actor']!r}")
        try:
            stored = store_docket(docket, team, actor, options["reason"])
        except DocketError as error:
            self._refuse(
                DocketError(located(error.errors, path.read_text("utf-8-sig")), str(path)),
                "nothing was imported",
            )
        self.stdout.write(
            f"{path}: {_count(len(stored.cases_added), 'case')} and "
            f"{_count(len(stored.items_added), 'evidence item')} added; "
            f"{_count(len(stored.cases_unchanged), 'case')} and "
            f"{_count(len(stored.items_unchanged), 'evidence item')} were there already"
        )

    def export(self, options: dict[str, Any]) -> None:
        """Write cases, and the cases they rest on, with their evidence to standard output."""
        cases = list(Case.objects.order_by("pk"))
        if options["case"]:
            known = {case.key for case in cases}
            for key in sorted(set(options["case"]) - known):
                self._usage(f"there is no case {key!r}")
            wanted = _with_what_they_rest_on(set(options["case"]))
            cases = [case for case in cases if case.key in wanted]
        try:
            docket = docket_of(cases)
        except NotOneDocketError as error:
            self.stderr.write(f"docket: {error}")
            sys.exit(1)
        written = (write_docket if options["format"] == "yaml" else write_docket_json)(docket)
        self.stdout.write(written, ending="")

    def _read(self, path: Path) -> Docket:
        try:
            return read_docket(path)
        except DocketError as error:
            self._refuse(error)
        except OSError as error:
            self._usage(f"{path} cannot be opened: {error.strerror}")

    def _refuse(self, error: DocketError, consequence: str = "") -> NoReturn:
        for line in error.lines():
            self.stderr.write(line)
        if consequence:
            self.stderr.write(f"docket: {consequence}")
        sys.exit(1)

    def _usage(self, message: str) -> NoReturn:
        self.stderr.write(f"docket: {message}")
        sys.exit(2)


def _with_what_they_rest_on(keys: set[str]) -> set[str]:
    """The cases and, transitively, those they depend on: a file may not name a case it lacks."""
    pending, found = keys, set(keys)
    while pending:
        above = CaseDependency.objects.filter(case__key__in=pending)
        pending = set(above.values_list("on_case__key", flat=True)) - found
        found |= pending
    return found


def _teams() -> str:
    return ", ".join(f"{team.key} ({team.name})" for team in Team.objects.all()) or "none yet"


def _day(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _listed(keys: set[str]) -> str:
    return ", ".join(sorted(keys)) or "none"
