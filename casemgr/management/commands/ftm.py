"""``manage.py ftm``: designees, ownership and evidence in the FollowTheMoney form, in and out.

Exit codes: 0 checked, entered or written; 1 the file is refused (every reason one line on standard
error) and nothing was entered; 2 usage.
"""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from access.models import Team, User
from access.policy import Verb, may
from casemgr.models import Case
from designations.exchange.ftm.entities import MOST_BYTES, FtmError, write_lines
from designations.models import Designee
from evidence.actions.exchange import Entered, enter_file
from evidence.exchange.check import CheckedFile, FileRefusedError, check_file
from evidence.exchange.choices import Choices, Others
from evidence.exchange.write import NetworkTooLargeError, written_out
from evidence.models import Source


class Command(BaseCommand):
    """FollowTheMoney files in and out."""

    help = "Check, take in or write FollowTheMoney entities (docs/exchange.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        """One sub-command for each way."""
        commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        bring_in = commands.add_parser("import", help="check a file; with --enter take all of it")
        bring_in.add_argument("file", type=Path, metavar="FILE")
        bring_in.add_argument("--team", required=True, metavar="KEY", help="owns its items")
        _who(bring_in)
        bring_in.add_argument("--source", metavar="KEY", help="the source it comes from")
        bring_in.add_argument(
            "--same",
            action="append",
            default=[],
            type=_choice,
            metavar="ID=KEY",
            help="the entity is the designee of this key, or new",
        )
        bring_in.add_argument(
            "--others",
            choices=[each.value for each in Others],
            default=Others.ASK.value,
            help="what others that may be here are: ask refuses",
        )
        bring_in.add_argument(
            "--without-papers",
            action="store_true",
            help="leave documents and sanctions in the file",
        )
        bring_in.add_argument("--enter", action="store_true", help="enter it")
        export = commands.add_parser("export", help="write designees with their network")
        export.add_argument("--designee", action="append", default=[], metavar="KEY")
        export.add_argument(
            "--case", action="append", default=[], metavar="KEY", help="the case's designee"
        )
        _who(export)

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        """Run the sub-command."""
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            self._usage(f"--as {options['user']}: no such active account")
        if action == "import":
            self._import(user, options)
        else:
            self._export(user, options)

    def _import(self, user: User, options: dict[str, Any]) -> None:
        team = Team.objects.visible_to(user).filter(key=options["team"]).first()
        if team is None:
            self._usage(f"--team {options['team']}: no team of {user}")
        for resource in ("designee", "ownership", "evidence"):
            if not may(user.standings_in(team), resource, Verb.CREATE):
                self._usage(f"{user} may not enter {resource} for {team}")
        source = None
        if options["source"]:
            source = Source.objects.visible_to(user).filter(key=options["source"]).first()
            if source is None:
                self._usage(f"--source {options['source']}: no such source that {user} may see")
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                checked = check_file(file.read(MOST_BYTES + 1), path.name, user, team)
            self._tell(checked)
            if checked.problems:
                sys.exit(1)
            if not options["enter"]:
                self.stdout.write("Nothing is entered: repeat with --enter.")
                return
            choices = Choices(
                dict(options["same"]), Others(options["others"]), not options["without_papers"]
            )
            entered = enter_file(checked, choices, team=team, actor=user, source=source)
        except OSError as error:
            self._usage(f"{path}: {error.strerror}")
        except FtmError as error:
            self._refuse(f"{path}: {error}")
        except FileRefusedError as error:
            self._refuse(f"{path}: {error} Nothing was entered.")
        self._tell_entered(entered)

    def _tell(self, checked: CheckedFile) -> None:
        for problem in checked.problems:
            self.stderr.write(f"{checked.filename}:{problem.line}: {problem.said}")
        for left in checked.reading.left_out:
            said = f"{left.entity}: not taken: {left.what}: {left.why}"
            self.stderr.write(f"{checked.filename}:{left.line}: {said}")
        for (schema, name), times in checked.reading.unread.most_common():
            self.stderr.write(f"{checked.filename}: not read: {schema}.{name} ({times})")
        for circle in checked.reading.circles:
            self.stderr.write(f"{checked.filename}: these own one another: {', '.join(circle)}")
        for party, offered in checked.proposals.items():
            name = checked.reading.parties[party].name
            may_be = "; ".join(f"{each.designee.key}, {each.why}" for each in offered)
            self.stdout.write(f"{party} ({name}) may be {may_be}")
        reading = checked.reading
        self.stdout.write(
            f"{checked.filename}: {len(reading.parties)} parties, {len(reading.stakes)} stakes, "
            f"{len(checked.papers)} documents and sanctions"
        )

    def _tell_entered(self, entered: Entered) -> None:
        if entered.before:
            self.stdout.write(f"Entered before with {entered.item.key}: nothing was done.")
            return
        brought = entered.brought
        self.stdout.write(
            f"{entered.item.key}: {len(brought.added)} designees, {brought.names} names, "
            f"{brought.numbers} identifiers, {brought.stakes_added} stakes and "
            f"{len(entered.items)} items added"
        )
        for beside in brought.beside:
            self.stdout.write(f"Beside a stake stated otherwise before: {beside}")

    def _export(self, user: User, options: dict[str, Any]) -> None:
        if not may(user.standings(), "designee", Verb.READ):
            self._usage(f"{user} may not read designees")
        cases = Case.objects.visible_to(user).filter(key__in=options["case"])
        named = {case.key: case.designee for case in cases.select_related("designee")}
        for key in options["case"]:
            if named.get(key) is None:
                self._usage(f"--case {key}: no case with a designee that {user} may see")
        found = {row.key: row for row in Designee.objects.filter(key__in=options["designee"])}
        for key in options["designee"]:
            if key not in found:
                self._usage(f"--designee {key}: there is none")
        wanted = [*found.values(), *(row for row in named.values() if row is not None)]
        if not wanted:
            self._usage("say which: --designee KEY or --case KEY")
        try:
            written = written_out(wanted, user)
        except NetworkTooLargeError as error:
            self._refuse(str(error))
        for line in write_lines(written.entities):
            self.stdout.write(line, ending="")
        for left in written.left_out:
            self.stderr.write(f"ftm: not written: {left}")

    def _refuse(self, message: str) -> NoReturn:
        self.stderr.write(message)
        sys.exit(1)

    def _usage(self, message: str) -> NoReturn:
        self.stderr.write(f"ftm: {message}")
        sys.exit(2)


def _who(parser: ArgumentParser) -> None:
    parser.add_argument("--as", required=True, metavar="USERNAME", dest="user")


def _choice(said: str) -> tuple[str, str]:
    party, equals, key = said.rpartition("=")
    if not equals or not party or not key:
        raise ArgumentTypeError(f"{said!r} is not ID=KEY")
    return party, key
