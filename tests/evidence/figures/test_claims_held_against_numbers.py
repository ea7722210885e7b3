"""A claimed number against a found one: the comparator is meant as a lawyer would read it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.figures.catalog import CATALOG
from evidence.figures.claims import ABOUT_WITHIN, MEASURES, held_against, measure_of
from evidence.words import ClaimState, Comparator

WHOLE = st.integers(min_value=0, max_value=10**12)


@pytest.mark.parametrize(
    ("comparator", "found", "holds"),
    [
        (Comparator.AT_LEAST, 24_000, True),
        (Comparator.AT_LEAST, 23_999, False),
        (Comparator.AT_MOST, 24_000, True),
        (Comparator.AT_MOST, 24_001, False),
        (Comparator.EXACTLY, 24_000, True),
        (Comparator.EXACTLY, 24_001, False),
        (Comparator.ABOUT, 26_400, True),
        (Comparator.ABOUT, 26_401, False),
        (Comparator.ABOUT, 21_600, True),
        (Comparator.ABOUT, 21_599, False),
    ],
)
def test_holds_up_to_its_very_bound(comparator: Comparator, found: int, holds: bool) -> None:
    verdict = held_against(comparator, Decimal(24_000), found)

    assert verdict.state is (ClaimState.VERIFIED if holds else ClaimState.CONTRADICTED)
    assert "24,000 claimed" in verdict.why and f"{found:,} found" in verdict.why


def test_about_says_how_near_it_takes_to_be() -> None:
    assert f"{ABOUT_WITHIN} percent" in held_against(Comparator.ABOUT, Decimal(5), 5).why


def test_a_claim_that_states_its_tolerance_is_held_to_that() -> None:
    for found, holds in ((1_025, True), (1_026, False), (975, True), (974, False)):
        verdict = held_against(Comparator.ABOUT, Decimal(1_000), found, Decimal("2.5"))
        assert verdict.state is (ClaimState.VERIFIED if holds else ClaimState.CONTRADICTED)
        assert "within 2.5 percent counts as about, as the claim states" in verdict.why


def test_what_states_or_finds_no_number_cannot_be_verified() -> None:
    assert held_against(Comparator.EXACTLY, None, 3).state is ClaimState.UNVERIFIABLE
    assert held_against(Comparator.EXACTLY, Decimal(3), None).state is ClaimState.UNVERIFIABLE


@given(WHOLE, WHOLE)
def test_exactly_is_at_least_and_at_most(claimed: int, found: int) -> None:
    def holds(comparator: Comparator) -> bool:
        return held_against(comparator, Decimal(claimed), found).state is ClaimState.VERIFIED

    assert holds(Comparator.EXACTLY) == (holds(Comparator.AT_LEAST) and holds(Comparator.AT_MOST))
    assert holds(Comparator.ABOUT) or not holds(Comparator.EXACTLY)


def test_every_metric_of_a_figure_can_be_claimed_by_its_full_name() -> None:
    for figure in CATALOG:
        for column in figure.metrics:
            assert measure_of(f"{figure.name}.{column}") == MEASURES[f"{figure.name}.{column}"]


def test_plain_words_mean_the_plain_count() -> None:
    assert str(measure_of("Accounts")) == "accounts.accounts"
    assert str(measure_of("exchanges")) == "exchanges.exchanges"
    assert measure_of("exchanges of MiniMax") is None
