"""``manage.py orphaned_bytes``: stored files that no exhibit names.

Exit codes: 0 none is left; 1 some are, each a line of standard output; 2 usage.
"""

import sys
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from evidence.actions.orphans import orphans, remove_orphan


class Command(BaseCommand):
    """Tells, and removes only when told to."""

    help = "Name stored files that no exhibit knows; remove them with --delete."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How old, and whether to remove them."""
        parser.add_argument(
            "--days", type=_days, default=1, metavar="N", help="older than so many days (1)"
        )
        parser.add_argument("--delete", action="store_true", help="remove them as well")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each, and how many are left."""
        left = removed = 0
        for orphan in orphans(timedelta(days=options["days"])):
            gone = options["delete"] and remove_orphan(orphan)
            removed, left = removed + gone, left + (not gone)
            self.stdout.write(
                f"{orphan.where}: {orphan.size:,} bytes, since {orphan.since:%Y-%m-%d %H:%M} UTC"
                + (", not a name of the store" if orphan.misplaced else "")
                + (", removed" if gone else "")
            )
        self.stdout.write(f"{left} left, {removed} removed")
        if left:
            sys.exit(1)


def _days(word: str) -> int:
    days = int(word)
    if days < 0:
        raise ValueError("a file cannot be younger than now")
    return days
