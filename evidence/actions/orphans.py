"""Stored bytes that no exhibit names: what a database lost at the wrong moment leaves behind."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from access.actor import acting
from evidence.models import Blob
from evidence.storage import Stored, exhibit_store

OLD_ENOUGH = timedelta(days=1)
"""Younger bytes may belong to a transaction that has yet to commit."""

_AT_ONCE = 1_000

log = structlog.get_logger(__name__)


def orphans(older_than: timedelta = OLD_ENOUGH) -> Iterator[Stored]:
    """What lies in the store for longer and no row knows, in the order of names.

    Raises StoreAwayError.
    """
    stored, before = exhibit_store().stored(), timezone.now() - older_than
    while some := list(islice(stored, _AT_ONCE)):
        placed = {each.name for each in some if not each.misplaced}
        known = set(Blob.objects.held().filter(pk__in=placed).values_list("pk", flat=True))
        for each in some:
            if (each.misplaced or each.name not in known) and each.since < before:
                yield each


def remove_orphan(orphan: Stored) -> bool:
    """Remove the bytes unless they became known meanwhile; whether they were removed.

    The row that would know them is made and taken back in one transaction: whoever attaches the
    same bytes at this moment waits, and then stores them anew.
    """
    if orphan.misplaced:
        return False
    sha256 = orphan.name
    with transaction.atomic():
        with acting("system:orphans", "bytes that no exhibit names"):
            if not _held_by_us(sha256):
                return False
        exhibit_store().remove(sha256)
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
