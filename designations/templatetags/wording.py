"""Values as people say them: dates no reader can take for another, closed lists as words."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from designations.days import PartialDate
from designations.words import Posture, in_plain_words

register = template.Library()
_REVIEW = {
    Posture.APA_706: "APA § 706",
    Posture.ULTRA_VIRES: "ultra vires only",
    Posture.PRESIDENT: "the President himself",
    Posture.RECORD_REVIEW: "on the record, under its own statute",
    Posture.FULL_REVIEW: "full review",
    Posture.NONE: "no court reviews it",
}
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


@register.filter
def spaced(value: str) -> str:
    """A value of a closed list as words: ``in-force-by-default`` reads "in force by default"."""
    return in_plain_words(value)


@register.filter
def version_name(name: str) -> SafeString | str:
    """A version's name, ``slug@date``, in which no line breaks.

    >>> str(version_name("entity-list@2024-11-08"))
    '<span class="nowrap">entity-list@2024-11-08</span>'
    """
    return format_html('<span class="nowrap">{}</span>', name) if "@" in str(name) else name


@register.filter
def narrow_version_name(name: str) -> SafeString | str:
    """The same for a narrow column: a line breaks before the label and nowhere else.

    >>> str(narrow_version_name("ns-cmic@2021-06-03"))
    '<span class="nowrap">ns-cmic</span><wbr><span class="nowrap">@2021-06-03</span>'
    """
    slug, at, label = str(name).partition("@")
    parts = '<span class="nowrap">{}</span><wbr><span class="nowrap">{}</span>'
    return format_html(parts, slug, at + label) if at else name


@register.filter
def review(posture: str) -> str:
    """Which judicial review applies, as lawyers name it."""
    return _REVIEW[Posture(posture)]
