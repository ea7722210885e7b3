"""Logging and amending an item together with its typed columns and claims, or not at all."""

from typing import Any

from django.db import transaction

from access.models import Team, User
from evidence.actions import (
    StatedClaim,
    amend,
    log_evidence,
    state_chip_diversion,
    state_claims,
    state_fraudulent_accounts,
)
from evidence.models import EvidenceItem


def enter_item(team: Team, stated: dict[str, Any], *, actor: User, reason: str) -> EvidenceItem:
    """Log an item with everything the request stated about it."""
    reports, claims = _reports(stated), stated.pop("claims", None)
    with transaction.atomic():
        item = log_evidence(team, actor=actor, reason=reason, **stated)
        _state(item, reports, actor, reason)
        if claims:
            state_claims(item, stated_claims(claims), actor=actor, reason=reason)
    return item


def amend_item(
    item: EvidenceItem, expected: int, changes: dict[str, Any], *, actor: User, reason: str
) -> EvidenceItem:
    """Change the revision ``expected`` of an item, typed columns included."""
    reports = _reports(changes)
    with transaction.atomic():
        now = amend(item, expected, actor=actor, reason=reason, **changes)
        _state(now, reports, actor, reason)
    return now


def stated_claims(claims: list[dict[str, Any]]) -> list[StatedClaim]:
    """Claims as the action takes them."""
    return [
        StatedClaim(
            metric=claim["metric"],
            comparator=claim["comparator"],
            value=claim.get("value"),
            check=claim.get("check_state"),
        )
        for claim in claims
    ]


def _reports(stated: dict[str, Any]) -> dict[str, dict[str, Any]]:
    names = ("fraudulent_accounts", "chip_diversion")
    return {name: stated.pop(name) for name in names if name in stated}


def _state(
    item: EvidenceItem, reports: dict[str, dict[str, Any]], actor: User, reason: str
) -> None:
    if "fraudulent_accounts" in reports:
        columns = reports["fraudulent_accounts"]
        state_fraudulent_accounts(item, actor=actor, reason=reason, **columns)
    if "chip_diversion" in reports:
        state_chip_diversion(item, actor=actor, reason=reason, **reports["chip_diversion"])
