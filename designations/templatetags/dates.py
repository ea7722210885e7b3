"""Dates no reader can take for another: 23 Nov 2026, Feb 2026, 2026."""

from datetime import date, datetime

from django import template

from designations.days import PartialDate

register = template.Library()
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@register.filter
def in_words(stated: PartialDate | date | str | None) -> str:
    """A day, a month or a year in words; empty when nothing is stated.

    >>> in_words("2026-02")
    'Feb 2026'
    >>> in_words(date(2026, 11, 23))
    '23 Nov 2026'
    """
    if not stated:
        return ""
    if isinstance(stated, datetime):
        stated = stated.date()
    if isinstance(stated, date):
        stated = PartialDate.of(stated)
    if isinstance(stated, str):
        stated = PartialDate.parse(stated)
    month = _MONTHS[stated.month - 1] if stated.month else ""
    return " ".join(str(part) for part in (stated.day, month, stated.year) if part)
