"""Dates that may be known only to the month or the year, and ranges of them.

Sources say "Feb. 2026"; a docket file writes ``2026-02``. The precision is part of the
statement and is kept. Where one calendar day is needed, a date of lower precision counts as
its last day, for entry into the record and for age alike.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or a year.

    >>> PartialDate.parse("2026-02").last()
    datetime.date(2026, 2, 28)
    >>> str(PartialDate.parse("2026"))
    '2026'
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Raises ValueError, naming the text, for any other form or a day that does not exist.
        """
        found = _FORM.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
        year = int(found[1])
        month, day = (int(part) if part else None for part in found.groups()[1:])
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            raise ValueError(f"{text!r} is not a date that exists") from None
        return cls(year, month, day)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """The full-precision form of a calendar day."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> str:
        """``day``, ``month`` or ``year``."""
        return "day" if self.day else "month" if self.month else "year"

    def first(self) -> date:
        """The earliest calendar day meant."""
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        """The latest calendar day meant."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"


@dataclass(frozen=True, slots=True)
class Period:
    """A range of dates, both ends inclusive; an end that is None is open or not known."""

    start: PartialDate | None = None
    end: PartialDate | None = None

    def contains(self, day: date) -> bool:
        """Whether the day lies in the range, an open end reaching without limit."""
        return (self.start is None or self.start.first() <= day) and (
            self.end is None or day <= self.end.last()
        )
