"""Numbers and typed reports are kept as they were stated."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from designations.days import PartialDate, Period
from evidence.actions import (
    StatedClaim,
    state_chip_diversion,
    state_claims,
    state_fraudulent_accounts,
)
from evidence.models import ChipDiversionReport, Claim, EvidenceItem, FraudulentAccountReport
from evidence.words import ClaimState, Comparator

BY = {"actor": "system:test", "reason": "a test"}


def test_claims_keep_their_order_and_their_digits(item: EvidenceItem) -> None:
    values = ["24000", "24000.0", "0.10", "16000000"]
    state_claims(
        item,
        [StatedClaim(metric=f"m{n}", value=Decimal(value)) for n, value in enumerate(values)],
        **BY,
    )

    assert [str(claim.value) for claim in item.claims.all()] == values


def test_a_claim_without_a_number_stays_one(item: EvidenceItem) -> None:
    state_claims(
        item,
        [StatedClaim(metric="accounts", comparator=Comparator.AT_LEAST, check=ClaimState.NEVER)],
        **BY,
    )

    claim = item.claims.get()
    assert (claim.value, claim.comparator, claim.check_state) == (None, "at-least", "never")


def test_stating_claims_again_replaces_them(item: EvidenceItem) -> None:
    state_claims(item, [StatedClaim(metric="a"), StatedClaim(metric="b")], **BY)
    state_claims(item, [StatedClaim(metric="c")], **BY)

    assert [claim.metric for claim in item.claims.all()] == ["c"]


def test_a_claim_that_counts_nothing_is_refused_and_the_old_ones_stay(item: EvidenceItem) -> None:
    state_claims(item, [StatedClaim(metric="a")], **BY)

    with pytest.raises(ValidationError, match="metric"):
        state_claims(item, [StatedClaim(metric="b"), StatedClaim(metric="")], **BY)

    assert Claim.objects.get().metric == "a"


def test_a_fraudulent_account_report_has_its_columns(item: EvidenceItem) -> None:
    state_fraudulent_accounts(
        item,
        provider="a provider",
        accounts=24000,
        exchanges=16_000_000,
        period=Period(PartialDate.parse("2025-06"), None),
        evasion=("shared cards",),
        **BY,
    )
    state_fraudulent_accounts(item, accounts=25000, **BY)

    report = FraudulentAccountReport.objects.get(accounts__gte=25000)
    assert (report.item, report.exchanges, report.evasion) == (item, 16_000_000, ["shared cards"])
    assert str(report.period.start) == "2025-06"
    assert report.proxy_network == ""


def test_a_chip_diversion_report_has_its_columns(item: EvidenceItem) -> None:
    state_chip_diversion(
        item,
        item="accelerators",
        eccn="3A090",
        value_usd=Decimal("92000000"),
        route=["A", "B"],
        **BY,
    )

    report = ChipDiversionReport.objects.get(eccn="3A090")
    assert (report.evidence_item, report.item, report.route) == (item, "accelerators", ["A", "B"])
    assert report.quantity is None


def test_a_negative_count_is_refused(item: EvidenceItem) -> None:
    with pytest.raises(ValidationError):
        state_fraudulent_accounts(item, accounts=-1, **BY)
