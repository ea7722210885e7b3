"""Optimistic locking: a change is made only to the revision its author saw."""

from typing import Any

from django.db import models
from django.db.models import F


class StaleRevisionError(Exception):
    """Someone else changed the row since its author read it."""

    def __init__(self, row: models.Model, expected: int) -> None:
        self.row = row
        self.expected = expected
        super().__init__(
            f"{row} was changed by someone else since revision {expected} was read. Nothing was "
            "saved: read it again and repeat the change on what it says now."
        )


def revise(row: models.Model, expected: int, **changes: Any) -> None:
    """Apply ``changes`` to ``row`` if its ``revision`` is still ``expected``, and count it up.

    One statement, ``UPDATE … WHERE revision = expected``: of two simultaneous authors exactly one
    succeeds. ``row`` carries the new values afterwards. Without changes only the revision moves,
    which is what an aggregate does when one of its parts changed. Run the model's checks
    (``full_clean``) before calling.

    Raises StaleRevisionError when the row has another revision by now.
    """
    model = type(row)
    updated = model._default_manager.filter(pk=row.pk, revision=expected).update(
        revision=F("revision") + 1, **changes
    )
    if not updated:
        raise StaleRevisionError(row, expected)
    for name, value in changes.items():
        setattr(row, name, value)
    row.revision = expected + 1  # type: ignore[attr-defined]
