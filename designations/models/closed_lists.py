"""Closed lists of values, held by the database as well as by the choices of a form."""

from collections.abc import Iterable
from enum import Enum

from django.db import models


def one_of(
    column: str, words: Iterable[Enum], name: str, *, may_be_empty: bool = False
) -> models.CheckConstraint:
    """The column holds one of the words, or with ``may_be_empty`` nothing: not stated."""
    values = [word.value for word in words]
    message = f"{column} is one of: {', '.join(values)}."
    return models.CheckConstraint(
        condition=models.Q(**{f"{column}__in": [*([""] if may_be_empty else []), *values]}),
        name=name,
        violation_error_message=f"{message} Leave it empty when not stated."
        if may_be_empty
        else message,
    )
