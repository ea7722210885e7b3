"""Stored bytes that no exhibit names: what a database lost at the wrong moment leaves behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from access.actor import acting
from evidence.models import Blob
from evidence.storage import ExhibitStore, exhibit_store

OLD_ENOUGH = timedelta(days=1)
"""Younger bytes may belong to a transaction that has yet to commit."""

_AT_ONCE = 1_000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file of the store that no row knows; ``misplaced``: its name is not what it should be."""

    path: Path
    size: int
    since: datetime
    misplaced: bool


def orphans(older_than: timedelta = OLD_ENOUGH) -> Iterator[Orphan]:
    """Files that lie in the store for longer and that no row knows, in the order of names."""
    store, before = exhibit_store(), timezone.now() - older_than
    stored = store.stored()
    while paths := list(islice(stored, _AT_ONCE)):
        placed = {path.name for path in paths if _in_place(store, path)}
        known = set(Blob.objects.held().filter(pk__in=placed).values_list("pk", flat=True))
        for path in paths:
            if path.name in known:
                continue
            stat = path.stat()
            # The name was given when the inode last changed; the content may be much older.
            since = datetime.fromtimestamp(stat.st_ctime, UTC)
            if since < before:
                yield Orphan(path, stat.st_size, since, path.name not in placed)


def remove_orphan(orphan: Orphan) -> bool:
    """Remove the bytes unless they became known meanwhile; whether they were removed.

    The row that would know them is made and taken back in one transaction: whoever attaches the
    same bytes at this moment waits, and then stores them anew.
    """
    if orphan.misplaced:
        return False
    sha256 = orphan.path.name
    with transaction.atomic():
        with acting("system:orphans", "bytes that no exhibit names"):
            if not _held_by_us(sha256):
                return False
        orphan.path.unlink()
        transaction.set_rollback(True)
    log.warning("orphaned_bytes_removed", sha256=sha256, size=orphan.size)
    return True


def _held_by_us(sha256: str) -> bool:
    """Keep everyone from storing these bytes until the transaction ends, unless they are known."""
    blob = Blob.objects.select_for_update().filter(pk=sha256).first()
    if blob is not None:
        return blob.size is None
    try:
        with transaction.atomic():
            Blob.objects.create(sha256=sha256)
    except IntegrityError:
        return False  # attached since we looked
    return True


def _in_place(store: ExhibitStore, path: Path) -> bool:
    try:
        return store.path(path.name) == path
    except ValueError:
        return False
