"""Values of the API that no framework knows: stated dates, ranges of them, closed lists."""

import re
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from access.keys import check_key
from designations.days import PartialDate, Period
from designations.words import Word

_DATE_PATTERN = r"^\d{4}(-\d{2}(-\d{2})?)?$"
# PostgreSQL's text holds no NUL, and a lone surrogate is no character.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@extend_schema_field(
    {
        "type": "string",
        "pattern": _DATE_PATTERN,
        "description": "A day, a month or a year: YYYY-MM-DD, YYYY-MM or YYYY, as far as known.",
        "examples": ["2026-02"],
    }
)
class PartialDateField(serializers.Field[PartialDate, str, str, Any]):
    """A date with the precision it was stated with."""

    def to_internal_value(self, data: str) -> PartialDate:
        """Read one of the three forms; raises ValidationError naming the text."""
        if not isinstance(data, str):
            raise serializers.ValidationError("Write a date as text: YYYY, YYYY-MM or YYYY-MM-DD.")
        try:
            return PartialDate.parse(data)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error

    def to_representation(self, value: PartialDate) -> str:
        """The date as it was stated."""
        return str(value)


@extend_schema_field(
    {
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": {"type": ["string", "null"], "pattern": _DATE_PATTERN},
        "description": "First and last, both inclusive; null: open or not known.",
        "examples": [["2025-01", "2025-12"]],
    }
)
class PeriodField(serializers.Field[Period, list[Any], list[str | None], Any]):
    """A range of stated dates, both ends inclusive."""

    def to_internal_value(self, data: list[Any]) -> Period:
        """Read two ends; raises ValidationError unless there are two in order."""
        if not isinstance(data, list) or len(data) != 2:
            raise serializers.ValidationError("Write a list of two dates, null for an open end.")
        one = PartialDateField()
        start, end = (None if each is None else one.to_internal_value(each) for each in data)
        if start and end and end.last() < start.first():
            raise serializers.ValidationError("The range ends before it begins.")
        return Period(start, end)

    def to_representation(self, value: Period) -> list[str | None]:
        """Both ends as stated."""
        return [None if end is None else str(end) for end in (value.start, value.end)]


class WordField(serializers.ChoiceField):
    """One word of a closed list. Stored empty it is shown as null: not stated.

    ``empty`` is what null becomes on the way in: ``""`` for actions that take text, None for
    those that take the word or None.
    """

    def __init__(self, word: type[Word], *, empty: str | None = "", **kwargs: Any) -> None:
        self.word = word
        self.empty_value = empty
        super().__init__(choices=[each.value for each in word], **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """As any choice, and null is what the action calls not stated."""
        found = super().run_validation(data)
        return self.empty_value if found is None else found

    def to_internal_value(self, data: Any) -> Word:
        """The member of the list; raises ValidationError naming the allowed ones."""
        if not isinstance(data, str) or data not in self.choices:
            allowed = ", ".join(str(choice) for choice in self.choices)
            raise serializers.ValidationError(f"Write one of: {allowed}.")
        return self.word(data)

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        """The word, or null where nothing is stated."""
        return str(value) if value else None


class TextField(serializers.CharField):
    """Text that may be empty unless it must be given."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("allow_blank", not kwargs.get("required", True) or "default" in kwargs)
        super().__init__(**kwargs)


class NamedField(serializers.SlugRelatedField[Any]):
    """A row by its public key, of those that ``queryset`` holds.

    A key that no database can hold names nothing, like any other unknown key.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="key", **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """The row; raises ValidationError for what names none."""
        if not isinstance(data, str):
            self.fail("invalid")
        if _UNSTORABLE.search(data):
            self.fail("does_not_exist", slug_name="key", value=ascii(data))
        return super().to_internal_value(data)


class KeyField(serializers.RegexField):
    """A public key one chooses oneself; left out, one is assigned."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("help_text", "Left out: one is assigned. It can never be changed.")
        super().__init__(r"^[A-Za-z0-9][A-Za-z0-9._:-]*$", **kwargs)
        self.error_messages["invalid"] = (
            "A key is letters, digits, dots, colons, hyphens and underscores, and begins with a "
            "letter or digit."
        )
        self.validators.append(check_key)


class TextListField(serializers.ListField):
    """Lines of text, in order."""

    def __init__(self, *, line_length: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        super().__init__(child=TextField(max_length=line_length, allow_blank=False), **kwargs)
