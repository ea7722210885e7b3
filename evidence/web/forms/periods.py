"""Two dates of a form as one period."""

from typing import Any

from django import forms

from designations.days import Period


def cleaned_period(form: forms.Form, given: dict[str, Any], stem: str) -> Period | None:
    """The period of ``stem_start`` and ``stem_end``; an end before the beginning is refused."""
    start, end = given.get(f"{stem}_start"), given.get(f"{stem}_end")
    if start is None and end is None:
        return None
    if start is not None and end is not None and end.last() < start.first():
        form.add_error(f"{stem}_end", "This lies before the beginning: exchange the two dates.")
        return None
    return Period(start, end)
