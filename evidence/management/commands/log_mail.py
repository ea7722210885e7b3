"""``manage.py log_mail``: messages as evidence, from files, folders and mailboxes.

Exit codes: 0 read or logged; 1 a message could not be read or was refused (each one line on
standard error; the others are logged all the same); 2 usage.
"""

import io
import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from access.models import Team, User
from access.policy import Verb, may
from evidence.actions import NewFile
from evidence.actions.mail import enter_message
from evidence.mail import proposing
from evidence.mail.reading import MailError, is_mail, read_message, take_out


class Command(BaseCommand):
    """Reads; with ``--enter`` it logs each message with its attachments, or not at all."""

    help = "Read messages (.eml, .msg, folders of them, mbox) and log them with --enter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which messages, for whom, by whom."""
        parser.add_argument("paths", type=Path, nargs="+", metavar="FILE")
        parser.add_argument("--team", required=True, metavar="KEY", help="the team that owns them")
        parser.add_argument("--as", required=True, metavar="USERNAME", dest="user")
        parser.add_argument("--enter", action="store_true", help="log the messages")
        parser.add_argument(
            "--leave-out-known",
            action="store_true",
            help="pass over messages whose Message-ID is in the record",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read each, say what was found, and log it if asked."""
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(f"--as {options['user']}: no such active account", returncode=2)
        team = Team.objects.visible_to(user).filter(key=options["team"]).first()
        if team is None or not may(user.standings_in(team), "evidence", Verb.CREATE):
            said = f"--team {options['team']}: no team in which {user} logs evidence"
            raise CommandError(said, returncode=2)
        wrong = 0
        for path in options["paths"]:
            try:
                for name, content in messages_at(path):
                    wrong += not self._one(name, content, team, user, options)
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
        if wrong:
            sys.exit(1)

    def _one(
        self, name: str, content: bytes, team: Team, user: User, options: dict[str, Any]
    ) -> bool:
        """Read one message and log it if asked; whether that went well."""
        stream = io.BytesIO(content)
        try:
            mail = read_message(stream, name)
            known = [each for each in proposing.same_as(mail, "", user) if each.same]
            for each in known:
                self.stderr.write(f"{name}: {each.item.key} {each.why}")
            if not options["enter"] or (known and options["leave_out_known"]):
                self.stdout.write(f"{name}: {proposing.title_of(mail)}")
                return True
            item = enter_message(
                team,
                NewFile(stream=stream, name=name),
                take_out(stream, name),
                actor=user,
                reason=f"logged from {name}",
                kind=proposing.KIND.value,
                title=proposing.title_of(mail),
                summary=proposing.summary_of(mail),
                citation=proposing.citation_of(mail),
                dated=proposing.dated_of(mail),
            )
        except MailError as error:
            self.stderr.write(f"{name}: {error}")
            return False
        except ValidationError as error:
            self.stderr.write(f"{name}: {' '.join(error.messages)} It was not logged.")
            return False
        self.stdout.write(item.key)
        return True


def messages_at(path: Path) -> Iterator[tuple[str, bytes]]:
    """The messages of a file, a mailbox, or a folder and what is in it, each with a name."""
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.is_file() and is_mail(each.name):
                yield each.name, each.read_bytes()
    elif is_mail(path.name):
        yield path.name, path.read_bytes()
    else:
        with path.open("rb") as file:
            if not file.read(5) == b"From ":
                raise CommandError(
                    f"{path}: neither .eml nor .msg, nor a mailbox in the mbox format", returncode=2
                )
        box = mailbox.mbox(path, create=False)
        try:
            for number, key in enumerate(box.keys(), start=1):
                yield f"{path.stem}-{number}.eml", box.get_bytes(key)
        finally:
            box.close()
