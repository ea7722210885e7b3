"""Load the authority library into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from designations.actions import LibraryRefusedError, Outcome, load_library
from designations.library.load import AUTHORITIES, LibraryError


class Command(BaseCommand):
    """Reads the folder's files and stores what is new; all of it or nothing."""

    help = "Load the authority library. Loading it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one option is another folder."""
        parser.add_argument("--path", type=Path, default=AUTHORITIES, help="folder of *.yaml files")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was added, updated, replaced and left unchanged, or what was refused."""
        try:
            done = load_library(options["path"])
        except LibraryError as error:
            raise CommandError(f"The library was not loaded:\n{error}") from error
        except LibraryRefusedError as error:
            raise CommandError(f"Refused, and nothing was loaded:\n{error}") from error
        for outcome in Outcome:
            names = done.names(outcome)
            self.stdout.write(f"{outcome.value}: {len(names)}")
            if outcome is not Outcome.UNCHANGED:
                for name in names:
                    self.stdout.write(f"  {name}")
