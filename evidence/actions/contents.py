"""What an item says in numbers: its claims, and the two reports with columns of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Unpack

from access.actor import Actor
from evidence.actions.claims import check_claims
from evidence.actions.custody import count_up
from evidence.actions.fields import ChipDiversionFields, FraudulentAccountFields, put
from evidence.actions.recorded import recorded
from evidence.models import ChipDiversionReport, Claim, EvidenceItem, FraudulentAccountReport
from evidence.words import ClaimState, Comparator


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedClaim:
    """A number the item asserts; ``value`` None: asserted without a stated number."""

    metric: str
    comparator: Comparator = Comparator.EXACTLY
    value: Decimal | None = None
    check: ClaimState | None = None
    tolerance: Decimal | None = None


def state_claims(
    item: EvidenceItem, claims: Sequence[StatedClaim], *, actor: Actor | str, reason: str
) -> list[Claim]:
    """Make these the item's claims, in this order, in place of those it had.

    Claims that the item's figures measure are held against them at once. Raises ValidationError
    for a claim without a metric.
    """
    rows = [
        Claim(
            item=item,
            metric=claim.metric,
            comparator=claim.comparator.value,
            value=claim.value,
            check_state=claim.check.value if claim.check else "",
            tolerance=claim.tolerance,
            position=position,
        )
        for position, claim in enumerate(claims)
    ]
    with recorded(actor, reason):
        Claim.objects.filter(item=item).delete()
        for row in rows:
            row.full_clean()
            row.save()
        count_up(item)
        if item.figures.exists() or item.derived_from.exists():
            check_claims(item, actor=actor, reason=reason)
            rows = list(item.claims.order_by("position"))
    return rows


def state_fraudulent_accounts(
    evidence_item: EvidenceItem,
    /,
    *,
    actor: Actor | str,
    reason: str,
    **stated: Unpack[FraudulentAccountFields],
) -> FraudulentAccountReport:
    """Enter or change the columns of a fraudulent-account report; others keep their values."""
    with recorded(actor, reason):
        report = FraudulentAccountReport.objects.filter(pk=evidence_item.pk).first()
        report = report or FraudulentAccountReport(item=evidence_item)
        put(report, stated)
        report.full_clean()
        report.save()
        count_up(evidence_item)
    return report


def state_chip_diversion(
    evidence_item: EvidenceItem,
    /,
    *,
    actor: Actor | str,
    reason: str,
    **stated: Unpack[ChipDiversionFields],
) -> ChipDiversionReport:
    """Enter or change the columns of a chip-diversion report; others keep their values."""
    with recorded(actor, reason):
        report = ChipDiversionReport.objects.filter(pk=evidence_item.pk).first()
        report = report or ChipDiversionReport(evidence_item=evidence_item)
        put(report, stated)
        report.full_clean()
        report.save()
        count_up(evidence_item)
    return report
