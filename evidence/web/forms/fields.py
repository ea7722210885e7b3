"""Fields of the forms: dates known to the month, lists by line, numbers as people write them."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from designations.days import PartialDate
from designations.words import Word, in_plain_words
from evidence.actions import StatedClaim
from evidence.words import Comparator

NOT_STATED = "not stated"
DATE_HINT = "2026-02-23, or 2026-02, or 2026."
MOST_COUNTED = 2**63 - 1


class StatedDateField(forms.CharField):
    """A day, a month or a year; empty: not stated."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", DATE_HINT)
        kwargs.setdefault("max_length", 10)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> PartialDate | None:
        """The date as stated."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            raise ValidationError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from None

    def prepare_value(self, value: Any) -> Any:
        """As it is written."""
        return str(value) if isinstance(value, PartialDate) else value


class LinesField(forms.CharField):
    """Several values, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        kwargs.setdefault("help_text", "One a line.")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[str]:
        """The lines that say something, each once."""
        return lines_of(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        """One a line."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


def lines_of(text: str | None) -> list[str]:
    """The lines that say something, each once."""
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))


class CountField(forms.CharField):
    """A whole number, written with commas or without; empty: not stated."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        """The number."""
        text = re.sub(r"[,\s_]", "", super().clean(value) or "")
        if not text:
            return None
        if not text.isascii() or not text.isdigit():
            raise ValidationError("Write a whole number in figures, such as 24,000.")
        if int(text) > MOST_COUNTED:
            raise ValidationError("This number is larger than can be kept.")
        return int(text)


class AmountField(forms.CharField):
    """A number with the digits it was stated with; empty: not stated."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Decimal | None:
        """The number."""
        return amount(super().clean(value) or "")


class WordField(forms.ChoiceField):
    """A value of a closed list; empty: not stated."""

    def __init__(self, word: type[Word], *, stated: bool = False, **kwargs: Any) -> None:
        empty = [] if stated else [("", NOT_STATED)]
        kwargs.setdefault("required", stated)
        super().__init__(
            choices=[*empty, *((each.value, in_plain_words(each)) for each in word)], **kwargs
        )


class ClaimsField(forms.CharField):
    """Numbers the item asserts, one a line: ``accounts: at least 24,000``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        kwargs.setdefault(
            "help_text",
            (
                "One a line: what, then how many. accounts: at least 24,000; or exchanges: about "
                "16,000,000 within 5 percent, and about alone is within 10 percent."
            ),
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[StatedClaim]:
        """The claims, in order."""
        return [claim_of(line) for line in lines_of(super().clean(value))]

    def prepare_value(self, value: Any) -> Any:
        """As they are written."""
        if isinstance(value, Sequence) and not isinstance(value, str):
            return "\n".join(line_of(claim) for claim in value)
        return value


_BOUNDS = {
    "at least": Comparator.AT_LEAST,
    "more than": Comparator.AT_LEAST,
    "over": Comparator.AT_LEAST,
    "at most": Comparator.AT_MOST,
    "fewer than": Comparator.AT_MOST,
    "about": Comparator.ABOUT,
    "some": Comparator.ABOUT,
    "exactly": Comparator.EXACTLY,
    "": Comparator.EXACTLY,
}
_CLAIM = re.compile(
    rf"(?P<metric>[^:]+?)\s*(?::\s*(?P<bound>{'|'.join(filter(None, _BOUNDS))}|)\s*(?P<value>.*?)"
    r"\s*(?:(?:within|±|\+/-)\s*(?P<tolerance>[^%]*?)\s*(?:%|percent|per cent))?)?",
    re.IGNORECASE,
)


def claim_of(line: str) -> StatedClaim:
    """A line as a claim; without a number it asserts that there are some.

    >>> claim = claim_of("accounts: at least 24,000")
    >>> claim.metric, claim.comparator.value, claim.value
    ('accounts', 'at-least', Decimal('24000'))
    >>> claim_of("exchanges: about 16,000,000 within 2.5 percent").tolerance
    Decimal('2.5')

    Raises ValidationError for what is no number, and for a tolerance of what is not about.
    """
    found = _CLAIM.fullmatch(line)
    if found is None or len(found["metric"]) > 100:
        raise ValidationError(f"{line!r}: write what is counted, a colon, and the number.")
    comparator = _BOUNDS[(found["bound"] or "").lower()]
    tolerance = amount(found["tolerance"] or "")
    if tolerance is not None and (comparator != Comparator.ABOUT or not 0 <= tolerance <= 100):
        raise ValidationError(
            f"{line!r}: a tolerance is a percentage from 0 to 100 of a number that is claimed as "
            "about."
        )
    return StatedClaim(
        metric=found["metric"],
        comparator=comparator,
        value=amount(found["value"] or ""),
        tolerance=tolerance,
    )


def line_of(claim: Any) -> str:
    """A claim as a line that ``claim_of`` reads."""
    if claim.value is None:
        return str(claim.metric)
    bound = str(claim.comparator).replace("-", " ")
    within = "" if claim.tolerance is None else f" within {claim.tolerance:f} percent"
    return f"{claim.metric}: {'' if bound == 'exactly' else f'{bound} '}{claim.value:,f}{within}"


def amount(text: str) -> Decimal | None:
    """A number as people write it, its digits kept; None for none."""
    plain = re.sub(r"[,\s_$]", "", text)
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**24:
        raise ValidationError(f"{text!r} is not a number: write it in figures, such as 24,000.")
    return number
