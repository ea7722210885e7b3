"""What a file looks written in, beside what was stated of its item."""

from django import template

from evidence.intake.language import name_of_language
from evidence.models import EvidenceItem
from evidence.words import Translation

register = template.Library()

_TRANSLATED = (Translation.CERTIFIED.value, Translation.UNCERTIFIED.value)


@register.filter
def looks_written_in(item: EvidenceItem, guess: str) -> str:
    """A sentence on the guess; empty without one. What was stated is never changed by it."""
    return said_of_language(guess, item.language, item.translation)


def said_of_language(guess: str, stated: str, translation: str) -> str:
    """The guess, and what does not fit with it.

    >>> said_of_language("zh", "zh-Hans", "certified")
    'Its text looks Chinese.'
    """
    if not guess:
        return ""
    said = f"Its text looks {name_of_language(guess)}"
    if stated and stated.lower().partition("-")[0] != guess:
        return f"{said}, and {name_of_language(stated)} is stated: one of them is mistaken."
    if guess != "en" and translation not in _TRANSLATED:
        return f"{said}, and no translation is stated."
    if not stated and guess != "en":
        return f"{said}; no language is stated."
    return f"{said}."
