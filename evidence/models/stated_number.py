"""Numbers kept with exactly the digits they were stated with."""

from typing import Any

from django.core.checks import CheckMessage
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class StatedNumberField(models.DecimalField):  # type: ignore[type-arg]
    """PostgreSQL's ``numeric`` without a fixed scale: 24000 and 24000.0 stay apart.

    A statement is stored as it was made; rounding it to a column's scale would change it.
    """

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """The checks of any field; a decimal's own demand the scale that is absent here."""
        return super(models.DecimalField, self).check(**kwargs)

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """``numeric``, which in PostgreSQL keeps the digits given."""
        return "numeric"
