"""Files: bytes stored once, and exhibits that are those bytes as evidence of one item."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from designations.models.closed_lists import one_of
from designations.models.stated_dates import StatedDate, precision_check, precision_field
from evidence.models.item import EvidenceItem
from evidence.models.search import searchable
from evidence.words import ExhibitRole


class Blob(models.Model):
    """Bytes, known by their SHA-256. ``size`` null: named by a docket file, not held here."""

    sha256 = models.CharField(max_length=64, primary_key=True, db_collation="C")
    size = models.PositiveBigIntegerField(null=True, blank=True)
    first_stored_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = (
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

    def __str__(self) -> str:
        return self.sha256


class Exhibit(models.Model):
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
