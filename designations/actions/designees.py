"""Naming designees, and saying who owns them."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from access.actor import Actor, acting
from access.revision import revise
from designations.clock import today
from designations.days import PartialDate, Period
from designations.models import Designee, DesigneeName, Identifier, NameKind, OwnershipStake
from designations.models.stated_dates import to_columns
from designations.names import normalize_name
from designations.words import DesigneeType, UsPresence


def add_designee(
    name: str,
    *,
    actor: Actor | str,
    reason: str,
    key: str = "",
    type: DesigneeType = DesigneeType.ENTITY,
    us_presence: UsPresence | None = None,
    notes: str = "",
) -> Designee:
    """Enter a person or entity; the key is made when none is given.

    Raises ValidationError for a key that is taken.
    """
    designee = Designee(
        name=name,
        type=type.value,
        us_presence=us_presence.value if us_presence else "",
        notes=notes,
        **({"key": key} if key else {}),
    )
    with transaction.atomic(), acting(actor, reason):
        designee.full_clean()
        designee.save()
    return designee


def amend_designee(
    designee: Designee, expected: int, *, actor: Actor | str, reason: str, **changes: Any
) -> Designee:
    """Change name, type, us_presence or notes of the revision ``expected``.

    Raises StaleRevisionError when it has another by now, ValidationError for a value that a
    constraint refuses.
    """
    unknown = set(changes) - {"name", "type", "us_presence", "notes"}
    if unknown:
        raise TypeError(f"a designee has no {', '.join(sorted(unknown))} to amend")
    for field, value in changes.items():
        setattr(designee, field, value)
    if "name" in changes:
        # An UPDATE passes by the field that keeps the normalized form on save.
        changes["name_normalized"] = normalize_name(changes["name"])
    with transaction.atomic(), acting(actor, reason):
        designee.full_clean()
        revise(designee, expected, **changes)
    return designee


def add_name(
    designee: Designee,
    name: str,
    *,
    actor: Actor | str,
    reason: str,
    kind: NameKind | str = NameKind.ALIAS,
    language: str = "",
) -> DesigneeName:
    """Add a further name. Raises ValidationError when the designee has it already."""
    row = DesigneeName(designee=designee, name=name, kind=kind, language=language)
    with transaction.atomic(), acting(actor, reason):
        row.full_clean()
        row.save()
        revise(designee, designee.revision)
    return row


def add_identifier(
    designee: Designee,
    scheme: str,
    value: str,
    *,
    actor: Actor | str,
    reason: str,
    country: str = "",
) -> Identifier:
    """Add the number or code of a register. Raises ValidationError when it is there already."""
    row = Identifier(designee=designee, scheme=scheme, value=value, country=country)
    with transaction.atomic(), acting(actor, reason):
        row.full_clean()
        row.save()
        revise(designee, designee.revision)
    return row


def state_ownership(
    owner: Designee,
    owned: Designee,
    pct_min: Decimal,
    pct_max: Decimal,
    *,
    actor: Actor | str,
    reason: str,
    held: Period | None = None,
    entered: PartialDate | None = None,
) -> OwnershipStake:
    """Enter a stake, known from ``entered`` (default: today) on.

    Raises ValidationError for percentages outside 0 to 100 or in the wrong order.
    """
    stake = OwnershipStake(owner=owner, owned=owned, pct_min=pct_min, pct_max=pct_max, why=reason)
    stake.held = held
    stake.entered = entered or PartialDate.of(today())
    with transaction.atomic(), acting(actor, reason):
        stake.full_clean()
        stake.save()
    return stake


def end_stake(stake: OwnershipStake, *, actor: Actor | str, reason: str) -> OwnershipStake:
    """End a stake row as of today: it was wrong, or another replaces it."""
    with transaction.atomic(), acting(actor, reason):
        stake = OwnershipStake.objects.select_for_update().get(pk=stake.pk)
        if stake.ended_on is None:
            for name, value in to_columns("ended_on", PartialDate.of(today())).items():
                setattr(stake, name, value)
            stake.why = reason
            stake.full_clean()
            stake.save()
    return stake
