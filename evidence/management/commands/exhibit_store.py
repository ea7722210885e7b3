"""``manage.py exhibit_store``: where exhibits lie, and whether that place does what it must.

Exit codes: 0 it answers, and takes, hands out and removes a file; 1 it does not, with the reason.
"""

import os
import sys
from io import BytesIO
from typing import Any

from django.core.management.base import BaseCommand

from evidence.storage import (
    CHUNK,
    BytesDifferError,
    BytesMissingError,
    ExhibitStore,
    StoreAwayError,
    exhibit_store,
)


class Command(BaseCommand):
    """Leaves nothing behind."""

    help = "Say which store exhibits lie in, and try it with a file that no exhibit names."

    def handle(self, *args: Any, **options: Any) -> None:
        """Try the store and leave with the exit code."""
        store = exhibit_store()
        try:
            if trouble := store.trouble():
                raise StoreAwayError(trouble)
            _try(store)
        except (BytesMissingError, BytesDifferError, OSError) as error:
            self.stderr.write(f"exhibit_store: {error}")
            sys.exit(1)
        self.stdout.write(f"{store} answers: a file was stored, read and removed")


def _try(store: ExhibitStore) -> None:
    # No other file has these bytes, so nothing that anyone needs is removed.
    with store.receive(BytesIO(os.urandom(64)), CHUNK) as received:
        received.keep()
        store.open_verified(received.sha256).close()
        store.remove(received.sha256)
