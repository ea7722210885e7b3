"""What many tests begin with, made once and left standing while the next ones begin with the same.

Making it takes far longer than what most of them ask of it. It is made in a transaction around the
transaction of each test, so a test is rolled back to where it began, whatever it did; and what
comes to a test is a copy, with files of its own. A test that begins with anything else finds
nothing of it: the outer transaction is rolled back first.
"""

import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

Make = Callable[[], object]
Unblock = Callable[[], AbstractContextManager[None]]


class Standing:
    """What stands in the database of this process, if anything does."""

    def __init__(self) -> None:
        self._make: Make | None = None
        self._around: transaction.Atomic | None = None
        self._number: int | None = None
        self._kept = b""
        self._files: dict[Path, bytes] = {}
        self._unblock: Unblock | None = None

    def begin_with(self, make: Make, unblock: Unblock) -> None:
        """Have what ``make`` makes stand in the database, and nothing else."""
        with unblock():
            if self._make is make and self._number == _transaction_number():
                return
            self.end()
            self._unblock = unblock
            self._around = transaction.atomic()
            # As Django marks the transaction of a test: what insists on a transaction of its own
            # may begin one inside.
            self._around._from_testcase = True
            self._around.__enter__()
            try:
                with folder_of_its_own() as folder:
                    self._kept = pickle.dumps(make())
                    self._files = {
                        path.relative_to(folder): path.read_bytes()
                        for path in folder.rglob("*")
                        if path.is_file()
                    }
                # What the database puts off to the end of a transaction is due now, once.
                connection.check_constraints()
                self._make, self._number = make, _transaction_number()
            except BaseException:
                self.end()
                raise

    def copy(self) -> Any:
        """What stands, for one test to change as it likes; its files are where files go now."""
        for name, content in self._files.items():
            path = Path(settings.MEDIA_ROOT) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        # It was pickled here, a moment ago.
        return pickle.loads(self._kept)  # noqa: S301

    def end_unless(self, make: Make | None) -> None:
        """Roll back what stands, unless it is what ``make`` makes."""
        if self._make is not make:
            self.end()

    def end(self) -> None:
        """Roll back whatever stands."""
        if self._around is None or self._unblock is None:
            return
        around, self._around, self._make, self._number = self._around, None, None, None
        with self._unblock():
            if connection.in_atomic_block:
                transaction.set_rollback(True)
                around.__exit__(None, None, None)


@contextmanager
def folder_of_its_own() -> Iterator[Path]:
    """A new folder for exhibits and uploads, while the block lasts."""
    with (
        tempfile.TemporaryDirectory(prefix="casemgr-test-") as folder,
        override_settings(MEDIA_ROOT=Path(folder)),
    ):
        yield Path(folder)


def _transaction_number() -> int | None:
    """The number of the present transaction; a connection that was lost has another or none."""
    if not connection.in_atomic_block or connection.needs_rollback:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned()::text::bigint")
        number: int | None = cursor.fetchone()[0]
    return number


STANDING = Standing()
