"""Files of rows behind a report, what was computed from them, and what that says of its claims."""

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from access.models import User
from access.models.checked import CheckedModel
from designations.models.closed_lists import one_of
from evidence.models.exhibit import Exhibit
from evidence.models.item import EvidenceItem
from evidence.models.stated_number import StatedNumberField
from evidence.words import ClaimState, Comparator


class DatasetTable(models.TextChoices):
    """The documented tables (evidence.rows.tables)."""

    ACCOUNTS = "accounts", "accounts"
    EXCHANGES = "exchanges", "exchanges"
    SHIPMENTS = "shipments", "shipments"


class DatasetFormat(models.TextChoices):
    """The formats that are read; a workbook is written out as CSV for as long as that takes."""

    PARQUET = "parquet", "Parquet"
    CSV = "csv", "CSV"
    JSONL = "jsonl", "JSON lines"
    XLSX = "xlsx", "Excel workbook, first sheet"


class DatasetState(models.TextChoices):
    """Whether every row can be read. Figures are computed from sound datasets only."""

    WAITING = "waiting", "not yet read"
    SOUND = "sound", "every row can be read"
    REFUSED = "refused", "has rows that cannot be read"


class Dataset(CheckedModel):
    """An exhibit read as one of the documented tables. The rows stay in the file.

    ``columns`` names the file's column for each of ours that it calls otherwise, ``stated`` what
    holds of every row where the file has no such column. Several files of one table are its rows
    one after the other.
    """

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="datasets")
    # With ``item`` a composite key: the file is one of the item's own (migration).
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="datasets")
    table = models.CharField(max_length=20, choices=DatasetTable.choices)
    format = models.CharField(max_length=10, choices=DatasetFormat.choices)
    columns = models.JSONField(default=dict, blank=True)
    stated = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=10, choices=DatasetState.choices, default=DatasetState.WAITING
    )
    problems = ArrayField(
        models.TextField(), default=list, blank=True, help_text="Rows that cannot be read, or why."
    )
    declared_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("item", "table")
        constraints = (
            models.UniqueConstraint(
                fields=("exhibit", "table"),
                name="evidence_dataset_file_is_a_table_once",
                violation_error_message=(
                    "This file is already read as that table: remove that dataset first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(table__in=DatasetTable.values),
                name="evidence_dataset_table_known",
                violation_error_message="table is none of the documented ones.",
            ),
            models.CheckConstraint(
                condition=Q(format__in=DatasetFormat.values),
                name="evidence_dataset_format_known",
                violation_error_message="format is none of those that are read.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DatasetState.values),
                name="evidence_dataset_state_known",
                violation_error_message="state is none of the states of a dataset.",
            ),
        )
        triggers = (
            pgtrigger.ReadOnly(
                name="same_file_same_reading",
                fields=["item", "exhibit", "table", "format", "columns", "declared_at"],
            ),
        )

    def __str__(self) -> str:
        return f"{self.table} in {self.exhibit}"


class FigureQuerySet(models.QuerySet["Figure"]):
    """Results, by who may know of them."""

    def visible_to(self, user: User) -> "FigureQuerySet":
        """Of items the user may see; of several, where the user may see every one."""
        seen = EvidenceItem.objects.visible_to(user)
        together = Q(others=[]) | Q(others__contained_by=ArraySubquery(seen.values("key")))
        return self.filter(together, item__in=seen)


class Figure(CheckedModel):
    """A number, or a small table of numbers, computed from an item's datasets.

    Pinned to what it was computed from: ``inputs`` names for each table the file's SHA-256, its
    format and the columns read; a list of these where the table's rows are in several files, some
    of them perhaps of ``others``. Computing it again adds nothing where the result is the same; a
    result that differs is kept beside the first.
    """

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="figures")
    others = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text="Keys of further items whose files it was computed from.",
    )
    name = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict)
    inputs = models.JSONField()
    inputs_digest = models.CharField(max_length=64, db_collation="C")
    sql = models.TextField()
    engine = models.CharField(max_length=100)
    columns = ArrayField(models.TextField())
    rows = models.JSONField(encoder=DjangoJSONEncoder)
    row_count = models.PositiveIntegerField(help_text="Of the whole result; the first are kept.")
    result_digest = models.CharField(
        max_length=64, db_collation="C", help_text="SHA-256 of all rows as JSON."
    )
    computed_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ("item", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "inputs_digest", "result_digest"),
                name="evidence_figure_one_of_a_result",
                violation_error_message="This result is kept already.",
            ),
        )
        triggers = (
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.name} of {self.item_id}"


class ClaimCheck(CheckedModel):
    """What holding a claim against the data showed on a day. Never changed.

    It repeats the claim, since claims are stated anew when an item is amended.
    """

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="claim_checks")
    figure = models.ForeignKey(
        Figure, null=True, on_delete=models.PROTECT, related_name="claim_checks"
    )
    metric = models.CharField(max_length=100)
    comparator = models.CharField(max_length=10, choices=Comparator.choices())
    value = StatedNumberField(null=True)
    tolerance = StatedNumberField(null=True)
    measure = models.CharField(max_length=100, help_text="Which column of which figure.")
    found = StatedNumberField(null=True)
    state = models.CharField(max_length=15, choices=ClaimState.choices())
    why = models.TextField()
    checked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("item", "pk")
        constraints = (
            one_of("comparator", Comparator, "evidence_claimcheck_comparator_known"),
            one_of("state", ClaimState, "evidence_claimcheck_state_known"),
            models.CheckConstraint(
                condition=Q(why__regex=r"\S"),
                name="evidence_claimcheck_why_present",
                violation_error_message="A check says what it found.",
            ),
        )
        triggers = (
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.metric}: {self.state}"

    @property
    def said(self) -> tuple[str, str, str, str]:
        """What was claimed: the same words and the same digits."""
        return (self.metric, self.comparator, str(self.value), str(self.tolerance))
