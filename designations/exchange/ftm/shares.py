"""Percentages and dates as FollowTheMoney files state them: read exactly, or not at all."""

import re
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from designations.days import PartialDate

Share = tuple[Decimal, Decimal]
UNKNOWN: Share = (Decimal(0), Decimal(100))
_PLACES = Decimal("0.0001")
_NUMBER = r"([0-9]{1,3}(?:[.,][0-9]{1,20})?)"
_UNIT = r"\s*(?:%|percent|per cent|pct)?"
_ONE = re.compile(rf"{_NUMBER}{_UNIT}")
_RANGE = re.compile(
    rf"(?:between |from )?{_NUMBER}{_UNIT}\s*(?:-|–|—|to|and|-to-)\s*{_NUMBER}-?{_UNIT}"
)
_LEAST = re.compile(
    rf"(?:more than|over|above|at least|not less than|minimum|min\.?|>|>=|≥)\s*{_NUMBER}{_UNIT}"
)
_LEAST_AFTER = re.compile(rf"{_NUMBER}{_UNIT}\s*(?:\+|or more|and more|and over)")
_MOST = re.compile(
    rf"(?:less than|under|below|up to|at most|not more than|maximum|max\.?|<|<=|≤)\s*"
    rf"{_NUMBER}{_UNIT}"
)
_DAY_AND_HOUR = re.compile(r"(\d{4}-\d\d-\d\d)[T ].*")


def read_share(said: str) -> Share | None:
    """The least and the most percentage that the words state; None where they state none.

    "More than" and "less than" are kept with their bound. Beyond four places the bounds are
    moved apart, never together.

    >>> read_share("25-50%")
    (Decimal('25'), Decimal('50'))
    >>> read_share("more than 25%")
    (Decimal('25'), Decimal('100'))
    >>> read_share("33.33333")
    (Decimal('33.3333'), Decimal('33.3334'))
    >>> read_share("a majority") is None
    True
    """
    words = " ".join(said.casefold().split())
    if found := _ONE.fullmatch(words):
        return _within(found[1], found[1])
    if found := _RANGE.fullmatch(words):
        return _within(found[1], found[2])
    if found := _LEAST.fullmatch(words) or _LEAST_AFTER.fullmatch(words):
        return _within(found[1], "100")
    if found := _MOST.fullmatch(words):
        return _within("0", found[1])
    return None


def _within(least: str, most: str) -> Share | None:
    if any(re.fullmatch(r"\d+,\d{3}", each) for each in (least, most)):
        return None  # thousands, or thousandths: the text does not say
    low, high = (Decimal(each.replace(",", ".")) for each in (least, most))
    if not 0 <= low <= high <= 100:
        return None
    return _rounded(low, ROUND_FLOOR), _rounded(high, ROUND_CEILING)


def _rounded(number: Decimal, way: str) -> Decimal:
    exponent = number.as_tuple().exponent
    fine = isinstance(exponent, int) and exponent < -4
    return number.quantize(_PLACES, rounding=way) if fine else number


def one_share(stated: Iterable[str]) -> Share | None:
    """The share that all of the texts agree on; None for none, or where they differ."""
    read = {read_share(said) for said in stated}
    return read.pop() if len(read) == 1 else None


def read_day(said: str) -> PartialDate | None:
    """The day, month or year stated; the hour of a day is not kept.

    >>> str(read_day("2014-02-03T10:11:12"))
    '2014-02-03'
    """
    found = _DAY_AND_HOUR.fullmatch(said)
    try:
        return PartialDate.parse(found[1] if found else said)
    except ValueError:
        return None


def one_day(stated: Iterable[str]) -> PartialDate | None:
    """The date that all of the texts agree on, as exactly as the most exact of them.

    ``2014`` and ``2014-05`` agree; ``2014`` and ``2015`` do not, and then none is taken.
    """
    read = [read_day(said) for said in stated]
    days = [day for day in read if day is not None]
    if not days or len(days) != len(read):
        return None
    exact = max(days, key=lambda day: len(str(day)))
    return exact if all(str(exact).startswith(str(day)) for day in days) else None


def written_share(least: Decimal, most: Decimal) -> str:
    """The share as a text that ``read_share`` reads as the same.

    >>> written_share(Decimal("25.0000"), Decimal("50.0000"))
    '25-50%'
    """
    low, high = (f"{number.normalize():f}" for number in (least, most))
    return f"{low}%" if low == high else f"{low}-{high}%"
