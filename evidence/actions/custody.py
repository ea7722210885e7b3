"""Entries of the chain of custody."""

from django.db import transaction
from django.db.models import F

from access.actor import Actor, acting
from access.models import User
from evidence.models import CustodyEvent, CustodyKind, EvidenceItem, Exhibit


def record_custody(
    item: EvidenceItem,
    kind: CustodyKind,
    *,
    actor: Actor | str,
    reason: str,
    exhibit: Exhibit | None = None,
    sha256: str = "",
    detail: dict[str, object] | None = None,
) -> CustodyEvent:
    """Append one entry; it can never be changed or removed. The database sets its time."""
    with transaction.atomic(), acting(actor, reason):
        return CustodyEvent.objects.create(
            item=item,
            exhibit=exhibit,
            kind=kind,
            actor=actor if isinstance(actor, User) else None,
            why=reason,
            sha256=sha256,
            detail=detail or {},
        )


def count_up(item: EvidenceItem) -> None:
    """Move the item's revision on, because one of its parts was added or ended.

    Adding a part contradicts no one else's change, so no revision is expected here.
    """
    EvidenceItem.objects.filter(pk=item.pk).update(revision=F("revision") + 1)
    item.refresh_from_db(fields=["revision"])
