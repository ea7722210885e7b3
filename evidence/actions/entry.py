"""Logging and amending an item with its typed columns, claims and file, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Unpack

from access.actor import Actor
from access.models import Team
from designations.days import PartialDate
from evidence.actions.contents import (
    StatedClaim,
    state_chip_diversion,
    state_claims,
    state_fraudulent_accounts,
)
from evidence.actions.exhibits import attach_exhibit
from evidence.actions.fields import (
    ChipDiversionFields,
    FraudulentAccountFields,
    ItemFields,
    NewItemFields,
)
from evidence.actions.items import amend, log_evidence
from evidence.actions.recorded import recorded
from evidence.actions.sources import SourceFields, add_source
from evidence.models import EvidenceItem
from evidence.storage import Readable
from evidence.words import ExhibitRole


class EntryFields(NewItemFields, total=False):
    """All that can be said of a new item at once; ``new_source`` is entered with it."""

    fraudulent_accounts: FraudulentAccountFields
    chip_diversion: ChipDiversionFields
    claims: Sequence[StatedClaim]
    new_source: SourceFields


class AmendedFields(ItemFields, total=False):
    """All that can be changed of an item at once; claims given replace those it had."""

    fraudulent_accounts: FraudulentAccountFields
    chip_diversion: ChipDiversionFields
    claims: Sequence[StatedClaim]
    new_source: SourceFields


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file that comes with the entry."""

    stream: Readable
    name: str
    role: ExhibitRole = ExhibitRole.ORIGINAL
    acquired: PartialDate | None = None


def enter_item(
    team: Team,
    *,
    actor: Actor | str,
    reason: str,
    file: NewFile | None = None,
    **stated: Unpack[EntryFields],
) -> EvidenceItem:
    """Log an item with everything that is stated about it, and its file.

    Raises ValidationError as ``log_evidence``, ``state_claims`` and ``attach_exhibit`` do.
    """
    parts = _parts(stated)
    with recorded(actor, reason):
        _enter_source(stated, parts, team, actor, reason)
        item = log_evidence(team, actor=actor, reason=reason, **stated)  # type: ignore[misc]
        _state(item, parts, actor, reason)
        if file is not None:
            attach_exhibit(
                item,
                file.stream,
                file.name,
                role=file.role,
                acquired=file.acquired,
                actor=actor,
                reason=reason,
            )
    return item


def amend_item(
    item: EvidenceItem,
    expected: int,
    *,
    actor: Actor | str,
    reason: str,
    **changes: Unpack[AmendedFields],
) -> EvidenceItem:
    """Change the revision ``expected`` of an item, typed columns and claims included.

    Raises StaleRevisionError and ValidationError as ``amend`` does.
    """
    parts = _parts(changes)
    with recorded(actor, reason):
        _enter_source(changes, parts, item.owner_team, actor, reason)
        now = amend(item, expected, actor=actor, reason=reason, **changes)  # type: ignore[misc]
        _state(now, parts, actor, reason)
    return now


def _parts(stated: Any) -> dict[str, Any]:
    """What is stated of the item's parts, taken out of what is stated of the item."""
    names = ("fraudulent_accounts", "chip_diversion", "claims", "new_source")
    return {name: stated.pop(name) for name in names if name in stated}


def _enter_source(
    stated: Any, parts: dict[str, Any], team: Team, actor: Actor | str, reason: str
) -> None:
    if new := parts.get("new_source"):
        stated["source"] = add_source(owner_team=team, actor=actor, reason=reason, **new)


def _state(item: EvidenceItem, parts: dict[str, Any], actor: Actor | str, reason: str) -> None:
    if "fraudulent_accounts" in parts:
        columns = parts["fraudulent_accounts"]
        state_fraudulent_accounts(item, actor=actor, reason=reason, **columns)
    if "chip_diversion" in parts:
        state_chip_diversion(item, actor=actor, reason=reason, **parts["chip_diversion"])
    if claims := parts.get("claims"):
        state_claims(item, claims, actor=actor, reason=reason)
    elif "claims" in parts and item.claims.exists():
        state_claims(item, (), actor=actor, reason=reason)
