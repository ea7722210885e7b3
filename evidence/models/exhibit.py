"""Files: bytes stored once, and exhibits that are those bytes as evidence of one item."""

from datetime import datetime
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from access.models.checked import CheckedModel
from designations.models.closed_lists import one_of
from designations.models.stated_dates import StatedDate, precision_check, precision_field
from evidence.models.item import EvidenceItem
from evidence.models.search import searchable
from evidence.words import ExhibitRole


class BytesState(models.TextChoices):
    """What the newest reading of stored bytes found; they were hashed when they arrived."""

    WHOLE = "whole", "whole"
    DIFFERS = "differs", "other bytes than were received"
    MISSING = "missing", "missing"
    UNREADABLE = "unreadable", "unreadable"


class BlobQuerySet(models.QuerySet["Blob"]):
    """Named queries over stored bytes."""

    def held(self) -> Self:
        """Bytes that are stored here, or should be."""
        return self.filter(size__isnull=False)

    def not_whole(self) -> Self:
        """Bytes that the newest reading did not find as they were received."""
        return self.held().exclude(state=BytesState.WHOLE)

    def due(self, before: datetime) -> Self:
        """Bytes that were not read again since that moment."""
        return self.held().filter(Q(checked_at=None) | Q(checked_at__lt=before))

    def free(self) -> Self:
        """Bytes that no living worker is reading."""
        return self.filter(Q(leased_until=None) | Q(leased_until__lt=Now()))


class Blob(CheckedModel):
    """Bytes, known by their SHA-256. ``size`` null: named by a docket file, not held here.

    They are read again time after time (evidence.actions.integrity). What the newest reading found
    stands here, and in the custody when it is news; a reading is known by when it began.
    """

    sha256 = models.CharField(max_length=64, primary_key=True, db_collation="C")
    size = models.PositiveBigIntegerField(null=True, blank=True)
    first_stored_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(
        max_length=10, choices=BytesState.choices, default=BytesState.WHOLE, editable=False
    )
    found_sha256 = models.CharField(
        max_length=64,
        blank=True,
        db_collation="C",
        editable=False,
        help_text="Of the bytes that lie there instead.",
    )
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    whole_at = models.DateTimeField(null=True, blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BlobQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state=BytesState.WHOLE, found_sha256="", failing_since=None)
                | Q(
                    state=BytesState.DIFFERS,
                    found_sha256__regex=r"^[0-9a-f]{64}$",
                    failing_since__isnull=False,
                    size__isnull=False,
                )
                | Q(
                    state__in=(BytesState.MISSING, BytesState.UNREADABLE),
                    found_sha256="",
                    failing_since__isnull=False,
                    size__isnull=False,
                ),
                name="evidence_blob_reading_whole",
                violation_error_message="Bytes not whole say what was found, and since when.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="evidence_blob_sha256_form",
                violation_error_message="sha256 is 64 lower-case hexadecimal digits.",
            ),
            models.CheckConstraint(
                condition=Q(size__isnull=True) | Q(size__gt=0),
                name="evidence_blob_not_empty",
                violation_error_message="An empty file is no evidence of anything.",
            ),
        )
        indexes = (
            models.Index(
                F("checked_at").asc(nulls_first=True),
                F("sha256"),
                condition=Q(size__isnull=False),
                name="evidence_blob_longest_unread",
            ),
            models.Index(
                fields=("failing_since",),
                condition=~Q(state=BytesState.WHOLE),
                name="evidence_blob_not_whole",
            ),
        )

    def __str__(self) -> str:
        return self.sha256

    @property
    def not_whole(self) -> bool:
        """Whether the newest reading found something else than was received, or nothing."""
        return self.state != BytesState.WHOLE


class Exhibit(CheckedModel):
    """A file as evidence of one item, with a custody of its own.

    Two teams may hold the same bytes as different exhibits. A translation, redaction or extract
    is an exhibit ``of_exhibit`` of the same item.
    """

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="exhibits")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="exhibits")
    filename = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    role = models.CharField(
        max_length=15, choices=ExhibitRole.choices(), default=ExhibitRole.ORIGINAL.value
    )
    acquired_on = models.DateField(null=True, blank=True)
    acquired_on_precision = precision_field()
    of_exhibit = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="versions"
    )
    position = models.PositiveSmallIntegerField(default=0)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    acquired = StatedDate("acquired_on")

    class Meta:
        ordering = ("item", "position", "pk")
        constraints = (
            one_of("role", ExhibitRole, "evidence_exhibit_role_known"),
            precision_check("acquired_on", "evidence_exhibit_acquired_precision"),
            # The target of the composite key that keeps of_exhibit within the item.
            models.UniqueConstraint(fields=("item", "id"), name="evidence_exhibit_of_item"),
            models.CheckConstraint(
                condition=Q(of_exhibit__isnull=True) | ~Q(of_exhibit=F("id")),
                name="evidence_exhibit_of_another",
                violation_error_message="An exhibit cannot be a version of itself.",
            ),
        )
        triggers = (
            searchable("item_id", "filename"),
            pgtrigger.Trigger(
                name="none_of_classified",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("item_id"),  # type: ignore[no-untyped-call]
                when=pgtrigger.Before,
                declare=[("reference", "TEXT")],
                # The share lock makes a simultaneous change of the item wait for this exhibit.
                func="""
                    SELECT classified_reference INTO reference
                      FROM evidence_evidenceitem WHERE id = NEW.item_id FOR SHARE;
                    IF reference <> '' THEN
                        RAISE EXCEPTION 'item refers to the classified original %: no exhibit may be attached on this system', reference
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,  # noqa: E501 - one sentence of the database
            ),
            pgtrigger.ReadOnly(name="same_bytes_same_item", fields=["item", "blob", "recorded_at"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.filename or self.blob_id
