"""Percentages and dates are read exactly or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designations.exchange.ftm.shares import (
    one_day,
    one_share,
    read_day,
    read_share,
    written_share,
)


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("100", "100", "100"),
        ("25%", "25", "25"),
        ("25.5 %", "25.5", "25.5"),
        ("25,5%", "25.5", "25.5"),
        ("0", "0", "0"),
        ("33.333333", "33.3333", "33.3334"),
        ("25-50%", "25", "50"),
        ("25 – 50 percent", "25", "50"),
        ("25% to 50%", "25", "50"),
        ("between 25 and 50", "25", "50"),
        ("25-to-50-percent", "25", "50"),
        ("more than 25%", "25", "100"),
        ("> 25", "25", "100"),
        (">=25%", "25", "100"),
        ("At least 25 %", "25", "100"),
        ("75% or more", "75", "100"),
        ("75+", "75", "100"),
        ("less than 10%", "0", "10"),
        ("up to 10", "0", "10"),
        ("≤10%", "0", "10"),
    ],
)
def test_a_percentage_is_read(said: str, least: str, most: str) -> None:
    assert read_share(said) == (Decimal(least), Decimal(most))


@pytest.mark.parametrize(
    "said",
    ["", "a majority", "1e999", "1e1", "NaN", "inf", "-5", "101", "50-25", "25-150%", "12,345",
     "half", "25 26", "١٢", "25%%", "0x10", "9" * 400, "25." + "3" * 400],
)  # fmt: skip
def test_what_states_no_percentage_is_not_read(said: str) -> None:
    assert read_share(said) is None


def test_several_texts_count_when_they_agree() -> None:
    assert one_share(["25%", "25.0"]) == (Decimal(25), Decimal(25))
    assert one_share(["25%", "30%"]) is None
    assert one_share(["25%", "a quarter"]) is None


@given(
    st.decimals(0, 100, places=4),
    st.decimals(0, 100, places=4),
)
def test_a_share_written_is_read_as_the_same(one: Decimal, other: Decimal) -> None:
    least, most = sorted((one, other))
    assert read_share(written_share(least, most)) == (least, most)


@given(st.text(max_size=30))
def test_whatever_is_read_lies_within_bounds(said: str) -> None:
    share = read_share(said)
    assert share is None or 0 <= share[0] <= share[1] <= 100


@pytest.mark.parametrize("said", ["2014", "2014-05", "2014-05-06"])
def test_dates_keep_their_precision(said: str) -> None:
    assert str(read_day(said)) == said


@pytest.mark.parametrize("said", ["", "May 2014", "2014-13", "2014-02-30", "20140506", "0000"])
def test_what_is_no_date_is_not_read(said: str) -> None:
    assert read_day(said) is None


def test_dates_that_agree_are_the_most_exact_of_them() -> None:
    assert str(one_day(["2014", "2014-05-06", "2014-05"])) == "2014-05-06"
    assert one_day(["2014", "2015"]) is None
    assert one_day(["2014", "spring"]) is None
    assert one_day([]) is None
