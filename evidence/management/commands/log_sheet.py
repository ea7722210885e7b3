"""``manage.py log_sheet``: many items of evidence from one CSV file or workbook.

Exit codes: 0 checked or entered; 1 the sheet is wrong (every reason one line on standard error)
and nothing was entered; 2 usage.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from access.models import Team, User
from access.policy import Verb, may
from evidence.actions.many import RowRefusedError, enter_many
from evidence.sheets.entries import CheckedSheet, Entry, check_sheet
from evidence.sheets.reading import SheetError
from evidence.words import EvidenceKind


class Command(BaseCommand):
    """Checks; with ``--enter`` it logs all rows or none."""

    help = "Check a sheet of evidence, one item a row, and log its items with --enter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, for whom, by whom."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--team", required=True, metavar="KEY", help="the team that owns them")
        parser.add_argument("--as", required=True, metavar="USERNAME", dest="user")
        kinds = [kind.value for kind in EvidenceKind]
        parser.add_argument("--kind", choices=kinds, help="of the rows that name none")
        parser.add_argument("--enter", action="store_true", help="log the items")
        parser.add_argument(
            "--leave-out-known",
            action="store_true",
            help="pass over rows whose address is in the record, or that repeat a row",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, say what was found, and enter if asked."""
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(f"--as {options['user']}: no such active account", returncode=2)
        team = Team.objects.visible_to(user).filter(key=options["team"]).first()
        if team is None:
            raise CommandError(f"--team {options['team']}: no team of {user}", returncode=2)
        kind = EvidenceKind(options["kind"]) if options["kind"] else None
        path: Path = options["file"]
        try:
            sheet = check_sheet(path.read_bytes(), path.name, user, team=team, kind=kind)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except SheetError as error:
            raise CommandError(f"{path}: {error}") from error
        self._tell(sheet)
        if sheet.wrong:
            sys.exit(1)
        if not options["enter"]:
            self.stdout.write(f"{len(sheet.entries)} rows can be entered: repeat with --enter.")
            return

        def allowed(entry: Entry) -> bool:
            return entry.team is not None and may(
                user.standings_in(entry.team), "evidence", Verb.CREATE
            )

        try:
            items = enter_many(
                sheet, actor=user, may=allowed, leave_out_known=options["leave_out_known"]
            )
        except RowRefusedError as error:
            raise CommandError(f"{path}: {error} Nothing was entered.") from error
        for item in items:
            self.stdout.write(item.key)

    def _tell(self, sheet: CheckedSheet) -> None:
        for entry in sheet.wrong:
            for problem in entry.problems:
                where = f"row {entry.row}" + (f", {problem.column}" if problem.column else "")
                self.stderr.write(f"{sheet.filename}: {where}: {problem.said}")
        for entry in sheet.doubtful:
            said = [f"{each.item.key} {each.why}" for each in entry.alike]
            if entry.twin is not None:
                said.insert(0, f"repeats row {entry.twin}")
            self.stderr.write(f"{sheet.filename}: row {entry.row}: {'; '.join(said)}")
