"""The change table: who changed which row, when, why, in which request."""

from typing import Any

from django.db import models
from django.db.models.functions import Now

from casemgr.models.protection import append_only


class TransactionIdField(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's 64-bit transaction id (``xid8``), read as a whole number."""

    def db_type(self, connection: Any) -> str:
        """The column type."""
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        """The driver hands out text."""
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> str | None:
        """Compared as text, cast by the server."""
        return None if value is None else str(value)


class ChangeQuerySet(models.QuerySet["Change"]):
    """Named queries over changes."""

    def of(self, row: models.Model) -> "ChangeQuerySet":
        """The history of one row, oldest first."""
        return self.filter(table=row._meta.db_table, key=str(row.pk)).order_by("seq")


class Change(models.Model):
    """One row inserted, changed or removed, as the trigger saw it. Append-only.

    ``payload`` is ``{"row": …}`` with ``"was"`` (the columns that changed, as they were) for an
    update. ``payload_sha256`` is SHA-256 over the salt and the payload's text as stored: the
    ledger commits to it, so that a payload can be expunged while proofs survive. Rows are
    written by ``casemgr_record_change()`` alone; the application's role may only read them.
    ``seq`` orders rows but not commits: readers that fold take rows with
    ``xid < pg_snapshot_xmin(pg_current_snapshot())``.
    """

    seq = models.BigAutoField(primary_key=True)
    xid = TransactionIdField()
    at = models.DateTimeField(db_default=Now())
    table = models.CharField(max_length=63, db_collation="C")
    key = models.CharField(max_length=200, db_collation="C")
    op = models.CharField(
        max_length=1, choices=[("I", "added"), ("U", "changed"), ("D", "removed")]
    )
    salt = models.BinaryField()
    payload = models.JSONField()
    payload_sha256 = models.BinaryField()
    actor = models.TextField(blank=True)
    request = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("seq",)
        indexes = (models.Index(fields=("table", "key", "seq"), name="casemgr_change_of_row"),)
        triggers = (append_only(),)

    def __str__(self) -> str:
        return f"{self.seq}: {self.op} {self.table} {self.key}"


class UndrainedChange(models.Model):
    """A change not yet followed to the cases that depend on it. Inserted and deleted only.

    A queue of its own and not a position in the change table: a transaction that commits late
    has an earlier ``seq`` than what was already read, and would be passed over.
    """

    change_seq = models.BigIntegerField(primary_key=True)

    class Meta:
        ordering = ("change_seq",)

    def __str__(self) -> str:
        return str(self.change_seq)
