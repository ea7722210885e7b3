"""Columns for dates that may be known only to the month or the year.

A date is stored as one calendar day beside its precision, so that SQL can compare it and the
statement "Feb. 2026" is kept. Where a date counts as its last day (entry, age, ends of ranges)
the last day is stored; where it opens a range, the first.
"""

from datetime import date
from typing import Any, Literal

from django.db import models
from django.db.models.functions import ExtractDay, ExtractMonth
from django.db.models.lookups import Exact

from designations.days import PartialDate, Period

PRECISIONS = [("day", "day"), ("month", "month"), ("year", "year")]

Counts = Literal["first", "last"]


def precision_field(**options: Any) -> Any:
    """The column beside a date that says how exactly it is known; empty when not stated."""
    return models.CharField(max_length=5, choices=PRECISIONS, blank=True, default="", **options)


class StatedDate(property):
    """Reads and writes a date column and its precision column as one ``PartialDate``.

    Assigned on the model class: ``dated = StatedDate("dated_on")`` serves the columns
    ``dated_on`` and ``dated_on_precision``. ``None`` means not stated. As a property it is also
    taken by the model's constructor.
    """

    def __init__(self, column: str, counts: Counts = "last") -> None:
        def read(row: Any) -> PartialDate | None:
            return from_columns(getattr(row, column), getattr(row, f"{column}_precision"))

        def write(row: Any, stated: PartialDate | None) -> None:
            for name, value in to_columns(column, stated, counts).items():
                setattr(row, name, value)

        super().__init__(read, write)


class StatedPeriod(property):
    """Reads and writes two stated dates as one ``Period``; ``None`` when neither is stated.

    ``occurred = StatedPeriod("occurred")`` serves ``occurred_start`` and ``occurred_end`` with
    their precisions. Both ends are inclusive.
    """

    def __init__(self, stem: str) -> None:
        first, last = StatedDate(f"{stem}_start", "first"), StatedDate(f"{stem}_end", "last")

        def read(row: Any) -> Period | None:
            start, end = first.__get__(row), last.__get__(row)
            return Period(start, end) if start or end else None

        def write(row: Any, period: Period | None) -> None:
            first.__set__(row, period.start if period else None)
            last.__set__(row, period.end if period else None)

        super().__init__(read, write)


def from_columns(day: date | None, precision: str) -> PartialDate | None:
    """The statement that a date column and its precision hold."""
    if day is None:
        return None
    return PartialDate(
        day.year,
        day.month if precision in ("month", "day") else None,
        day.day if precision == "day" else None,
    )


def to_columns(
    column: str, stated: PartialDate | None, counts: Counts = "last"
) -> dict[str, date | str | None]:
    """Values of a date column and its precision column, for an update in one statement."""
    if stated is None:
        return {column: None, f"{column}_precision": ""}
    day = stated.first() if counts == "first" else stated.last()
    return {column: day, f"{column}_precision": stated.precision}


def precision_check(column: str, name: str, counts: Counts = "last") -> models.CheckConstraint:
    """The date has a precision exactly when it is stated, and stands on the day that counts."""
    precision = f"{column}_precision"
    # A month or year known without its day is stored as its first or last day and no other:
    # otherwise the stored day would claim more than the source said.
    edge = models.F(column) if counts == "first" else _next_day(column)
    first_of_month = models.Q(Exact(ExtractDay(edge), 1))
    first_of_year = models.Q(Exact(ExtractMonth(edge), 1))
    return models.CheckConstraint(
        condition=(
            models.Q(**{f"{column}__isnull": True, precision: ""})
            | models.Q(**{f"{column}__isnull": False, precision: "day"})
            | models.Q(**{f"{column}__isnull": False, precision: "month"}) & first_of_month
            | models.Q(**{f"{column}__isnull": False, precision: "year"})
            & first_of_month
            & first_of_year
        ),
        name=name,
        violation_error_message=(
            f"{column}: a date needs its precision (day, month or year) and is stored as the "
            f"{counts} day it may mean; leave both empty when it is not stated."
        ),
    )


def _next_day(column: str) -> Any:
    return models.ExpressionWrapper(
        models.F(column) + models.Value(1, models.IntegerField()),
        output_field=models.DateField(),
    )
