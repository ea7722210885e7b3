"""``manage.py stix import | export``: bundles of STIX in and out.

Exit codes: 0 checked, entered or written; 1 refused, with nothing done; 2 usage.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from access.models import Team, User
from access.policy import Verb, may
from casemgr.linked import linked_to
from casemgr.models import Case
from evidence.actions.stix import BundleRefusedError, enter_bundle
from evidence.exchange.stix.checking import CheckedBundle, Choices, check_bundle
from evidence.exchange.stix.outgoing import HeldBackError, bundle_of, written_out
from evidence.exchange.stix.reading import BundleError
from evidence.models import EvidenceItem
from evidence.words import EvidenceKind


class Command(BaseCommand):
    """Checks a bundle and logs it with ``--enter``; writes items as a bundle."""

    help = "Read a STIX bundle into items of evidence, or write items as one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which way, what, by whom."""
        ways = parser.add_subparsers(dest="way", required=True)
        come = ways.add_parser("import", help="check a bundle; log what is new with --enter")
        come.add_argument("file", type=Path, metavar="FILE")
        come.add_argument("--team", required=True, metavar="KEY", help="the team that owns them")
        come.add_argument("--as", required=True, metavar="USERNAME", dest="user")
        come.add_argument("--kind", choices=[kind.value for kind in EvidenceKind])
        come.add_argument("--enter", action="store_true", help="log the items")
        come.add_argument(
            "--confirm-restrictions",
            action="store_true",
            help="the restrictions that were named are read and will be kept",
        )
        go = ways.add_parser("export", help="write items as a bundle on standard output")
        go.add_argument("keys", nargs="*", metavar="ITEM")
        go.add_argument("--case", metavar="KEY", help="every item linked to the case")
        go.add_argument("--as", required=True, metavar="USERNAME", dest="user")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find who asks, then go the way asked."""
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(f"--as {options['user']}: no such active account", returncode=2)
        if options["way"] == "import":
            self._import(user, options)
        else:
            self._export(user, options)

    def _import(self, user: User, options: dict[str, Any]) -> None:
        team = Team.objects.visible_to(user).filter(key=options["team"]).first()
        if team is None:
            raise CommandError(f"--team {options['team']}: no team of {user}", returncode=2)
        if not may(user.standings_in(team), "evidence", Verb.CREATE):
            raise CommandError(f"{user} does not log evidence for {team}", returncode=2)
        path: Path = options["file"]
        kind = EvidenceKind(options["kind"] or EvidenceKind.TECHNICAL_RECORD)
        try:
            content = path.read_bytes()
            checked = check_bundle(content, path.name, user, Choices(team=team, kind=kind))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except BundleError as error:
            raise CommandError(f"{path}: {error}") from error
        self._tell(checked)
        if not options["enter"]:
            self.stdout.write(f"{len(checked.new)} items can be entered: repeat with --enter.")
            return
        try:
            confirmed = options["confirm_restrictions"]
            items = enter_bundle(checked, content, actor=user, confirmed=confirmed)
        except BundleRefusedError as error:
            raise CommandError(f"{path}: {error} Nothing was entered.") from error
        for item in items:
            self.stdout.write(item.key)

    def _tell(self, checked: CheckedBundle) -> None:
        plan = checked.plan
        for each in (*plan.refused, *plan.remarks, *plan.missing):
            self.stderr.write(f"{checked.filename}: {each.where}: {each.said}")
        for name, number in (*plan.unread_types, *plan.unread_properties):
            self.stderr.write(f"{checked.filename}: not read: {name} ({number})")
        for restriction in checked.unmarked:
            self.stderr.write(
                f"{checked.filename}: restriction without a marking: {restriction.said}"
            )
        for entry in checked.passed_over:
            self.stderr.write(f"{checked.filename}: {entry.draft.title}: {entry.skipped}")

    def _export(self, user: User, options: dict[str, Any]) -> None:
        keys = list(options["keys"])
        if options["case"]:
            case = Case.objects.visible_to(user).filter(key=options["case"]).first()
            if case is None:
                raise CommandError(f"--case {options['case']}: no such case", returncode=2)
            keys += [item.key for item in linked_to(case, user)]
        if not keys:
            raise CommandError("name items, or a case that has some", returncode=2)
        items = {
            each.key: each for each in EvidenceItem.objects.visible_to(user).filter(key__in=keys)
        }
        if unknown := [key for key in keys if key not in items]:
            raise CommandError(f"no such item: {', '.join(unknown)}", returncode=2)
        if not may(user.standings(), "evidence", Verb.READ):
            raise CommandError(f"{user} does not read evidence", returncode=2)
        try:
            self.stdout.write(written_out(bundle_of(list(items.values()), actor=user)), ending="")
        except HeldBackError as error:
            raise CommandError(str(error)) from error
