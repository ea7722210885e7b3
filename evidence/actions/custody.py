"""Entries of the chain of custody."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from access.actor import Actor, acting
from access.models import User
from designations.clock import today
from designations.days import PartialDate
from evidence.models import BY_HAND, CustodyEvent, CustodyKind, EvidenceItem, Exhibit


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


def enter_by_hand(
    item: EvidenceItem,
    kind: CustodyKind,
    what: str,
    *,
    on: PartialDate,
    actor: User,
    reason: str,
    exhibit: Exhibit | None = None,
) -> CustodyEvent:
    """Enter that the original or a copy was handed over or sealed, which nobody else here can see.

    ``what``: from whom to whom, or what was sealed with which number; ``on``: the day it happened,
    beside the moment it is entered. Raises ValidationError for other kinds, without words, for a
    day to come, and for a file of another item.
    """
    if kind not in BY_HAND:
        raise ValidationError({"kind": "Only a hand-over or a seal is entered by hand."})
    for name, said in (("what", what), ("reason", reason)):
        if not said.strip():
            raise ValidationError({name: "Say it in a few words: it stays in the custody."})
    if on.first() > today():
        raise ValidationError({"on": "That day is yet to come: enter what has happened."})
    if exhibit is not None and exhibit.item_id != item.pk:
        raise ValidationError({"exhibit": f"That file is none of {item.key}."})
    return record_custody(
        item,
        kind,
        actor=actor,
        reason=reason,
        exhibit=exhibit,
        detail={"what": what.strip(), "on": str(on)},
    )


def count_up(item: EvidenceItem) -> None:
    """Move the item's revision on, because one of its parts was added or ended.

    Adding a part contradicts no one else's change, so no revision is expected here.
    """
    EvidenceItem.objects.filter(pk=item.pk).update(revision=F("revision") + 1)
    item.refresh_from_db(fields=["revision"])
