"""A threshold on a natural sum is a cliff: a grade would turn on a rounding. None lies on one."""

from fractions import Fraction
from itertools import product

import pytest

from casemgr.apa import weights
from designations.words import Threshold

FACTORS = (
    weights.DIRECTNESS.values(),
    weights.ATTRIBUTION.values(),
    weights.HAND.values(),
    sorted({*weights.RELIABILITY.values(), weights.SILENT_GRADING}),
    [value for value in weights.INTEGRITY.values() if value],
    (weights.ONE, weights.TRANSLATION["uncertified"]),  # type: ignore[index]
    (weights.ONE, weights.INTERESTED),
    (weights.ONE, weights.STALE),
)


def single_weights() -> set[Fraction]:
    """Every weight one item can have."""
    sums = {Fraction(1)}
    for factor in FACTORS:
        sums = {have * Fraction(value, weights.ONE) for have in sums for value in set(factor)}
    return sums


def usual_weights() -> set[Fraction]:
    """Weights of items sound in all but two respects, which make up nearly every record.

    Background, and what concerns a class or nobody, never carries: it is tried alone, above.
    """
    ones = [{Fraction(value, weights.ONE) for value in factor if value >= 25} for factor in FACTORS]
    return {
        a * b
        for place, first in enumerate(ones)
        for second in ones[place + 1 :]
        for a, b in product(first, second)
    }


@pytest.mark.parametrize("threshold", Threshold)
@pytest.mark.parametrize("part", [weights.ONE, weights.ADEQUATE_AT, weights.STRONG_AT])
def test_no_limit_is_a_sum(threshold: Threshold, part: int) -> None:
    limit = Fraction(weights.THRESHOLD[threshold], weights.ONE) * Fraction(part, weights.ONE)
    usual = usual_weights()
    assert limit not in single_weights()
    assert not {a + b for a in usual for b in usual} & {limit}  # two origins
    twice = {a + b / 2 for a in usual for b in usual if b <= a}  # one origin, two facts
    assert limit not in twice


def test_every_number_is_a_whole_hundredth_multiplied_exactly() -> None:
    assert weights.UNIT == weights.ONE**8 << weights.HALVINGS
    assert weights.threshold_weight(Threshold.SUBSTANTIAL_EVIDENCE) * 100 == weights.UNIT * 67
    assert weights.hundredths(weights.UNIT * 3 // 4) == 75


def test_thresholds_rise_with_what_they_ask() -> None:
    asked = [weights.THRESHOLD[threshold] for threshold in Threshold]
    assert asked == sorted(asked)
