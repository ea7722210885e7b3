"""``manage.py check_integrity``: read stored exhibits again and say which are not whole.

Exit codes: 0 all that was read, and all that was known, is whole; 1 something is not, each on a
line of standard error; 2 usage.
"""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from evidence.actions.integrity import read_next, read_sample
from evidence.models import Blob
from evidence.storage import StoreAwayError

_OCCASION = "check_integrity"


class Command(BaseCommand):
    """Reads in this process; a second one beside it, or a worker, takes other files."""

    help = "Read stored exhibits again, note what is found, and name those that are not whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much to read; without either option nothing is, and what is known is told."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="read every exhibit")
        which.add_argument(
            "--sample", type=_count, metavar="N", help="read N by chance, and those not whole"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, tell, and leave with the exit code."""
        read = 0
        try:
            if options["all"]:
                read = _read_all()
            elif options["sample"]:
                read = read_sample(options["sample"], seconds=float("inf"))
        except StoreAwayError as error:
            self.stderr.write(f"check_integrity: {error}")
            sys.exit(1)
        failing = list(Blob.objects.not_whole().order_by("pk").prefetch_related("exhibits__item"))
        for blob in failing:
            items = sorted({exhibit.item.key for exhibit in blob.exhibits.all()})
            self.stderr.write(
                f"{blob.pk}: {blob.get_state_display()}"
                + (f" (SHA-256 {blob.found_sha256})" if blob.found_sha256 else "")
                + f", since {blob.failing_since:%Y-%m-%d %H:%M} UTC; in {', '.join(items)}"
            )
        held = Blob.objects.held().count()
        self.stdout.write(f"{read} of {held} files read; {len(failing)} not whole")
        if failing:
            sys.exit(1)


def _read_all() -> int:
    """Everything that was not read since now; what a worker has in hand is waited for."""
    began, read = timezone.now(), 0
    while Blob.objects.due(began).exists():
        if read_next(began, _OCCASION):
            read += 1
        else:
            time.sleep(0.5)
    return read


def _count(word: str) -> int:
    number = int(word)
    if number < 1:
        raise ValueError("a sample has at least one file")
    return number
