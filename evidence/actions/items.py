"""Logging evidence items, amending what is said of them, withdrawing them."""

from collections.abc import Iterable
from typing import Unpack

from django.core.exceptions import ValidationError

from access.actor import Actor
from access.models import Marking, Team, User
from access.revision import StaleRevisionError, revise
from designations.clock import today
from designations.days import PartialDate
from designations.models.stated_dates import to_columns
from evidence.actions.custody import record_custody
from evidence.actions.fields import ItemFields, NewItemFields, put
from evidence.actions.recorded import recorded
from evidence.models import CustodyKind, EvidenceItem


def log_evidence(
    owner_team: Team, *, actor: Actor | str, reason: str, **stated: Unpack[NewItemFields]
) -> EvidenceItem:
    """Enter an item into the record, on ``entered`` (default: today).

    Raises ValidationError for a day of entry in the future, one in the past without
    ``entered_why``, an unknown marking or one the actor is not cleared for, text on a reference
    to a classified original, and whatever else a constraint refuses.
    """
    stated.setdefault("entered", PartialDate.of(today()))
    item = EvidenceItem(owner_team=owner_team)
    put(item, stated)
    _check_entry(item)
    return store(item, actor=actor, reason=reason)


def store(item: EvidenceItem, *, actor: Actor | str, reason: str) -> EvidenceItem:
    """Save a new item with the first entry of its custody, after the checks of every way in."""
    with recorded(actor, reason):
        check_markings(item.markings, actor)
        item.full_clean()
        item.save()
        record_custody(item, CustodyKind.LOGGED, actor=actor, reason=reason)
    return item


def amend(
    item: EvidenceItem,
    expected: int,
    *,
    actor: Actor | str,
    reason: str,
    **changes: Unpack[ItemFields],
) -> EvidenceItem:
    """Change what is said of the revision ``expected``; returns the item as it now stands.

    Raises StaleRevisionError when it has another revision by now, and ValidationError as
    ``log_evidence`` does.
    """
    with recorded(actor, reason):
        now = EvidenceItem.objects.get(pk=item.pk)
        before = _columns(now)
        put(now, changes)
        if "entered" in changes:
            _check_entry(now)
        if "markings" in changes:
            check_markings(now.markings, actor)
        _check_no_exhibits_of_classified(now)
        now.full_clean()
        different = {name: new for name, new in _columns(now).items() if before[name] != new}
        if not different:
            if now.revision != expected:
                raise StaleRevisionError(now, expected)
            return now
        revise(now, expected, **different)
        record_custody(
            now,
            CustodyKind.AMENDED,
            actor=actor,
            reason=reason,
            detail={"fields": sorted(name.removesuffix("_id") for name in different)},
        )
    return now


def withdraw(
    item: EvidenceItem,
    expected: int,
    *,
    actor: Actor | str,
    reason: str,
    on: PartialDate | None = None,
) -> EvidenceItem:
    """Take the item out of the record from ``on`` (default: today); the row and files stay.

    Raises ValidationError when it is withdrawn already, StaleRevisionError when it changed.
    """
    with recorded(actor, reason):
        now = EvidenceItem.objects.get(pk=item.pk)
        if now.withdrawn_on is not None:
            raise ValidationError({"withdrawn_on": f"{now.key} was withdrawn on {now.withdrawn}."})
        columns = to_columns("withdrawn_on", on or PartialDate.of(today()))
        revise(now, expected, withdrawn_why=reason, **columns)
        record_custody(now, CustodyKind.WITHDRAWN, actor=actor, reason=reason)
    return now


def check_markings(markings: Iterable[str], actor: Actor | str) -> None:
    """Refuse a marking that does not exist, or that would hide the item from who sets it."""
    wanted = set(markings)
    known = set(Marking.objects.filter(code__in=wanted).values_list("code", flat=True))
    if wanted - known:
        raise ValidationError(
            {
                "markings": f"No such marking: {', '.join(sorted(wanted - known))}. An "
                "administrator adds markings to the list."
            }
        )
    if isinstance(actor, User) and wanted - set(actor.cleared_markings):
        beyond = ", ".join(sorted(wanted - set(actor.cleared_markings)))
        raise ValidationError({"markings": f"You are not cleared for {beyond}."})


def _check_entry(item: EvidenceItem) -> None:
    if item.entered_on is None:
        return
    if item.entered_on > today() and item.entered_on_precision == "day":
        raise ValidationError({"entered_on": "The day of entry lies in the future."})
    if item.entered_on < today() and not item.entered_why.strip():
        raise ValidationError(
            {"entered_why": "The day of entry lies in the past: say why it is recorded only now."}
        )


def _check_no_exhibits_of_classified(item: EvidenceItem) -> None:
    if item.classified_reference and item.exhibits.exists():
        raise ValidationError(
            {
                "classified_reference": f"{item.key} has exhibits, so it cannot become a "
                "reference to a classified original. Report a spill instead."
            }
        )


def _columns(item: EvidenceItem) -> dict[str, object]:
    return {
        field.attname: getattr(item, field.attname)
        for field in item._meta.concrete_fields
        if field.name not in ("id", "revision", "recorded_at")
    }
