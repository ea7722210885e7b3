"""Files on their way in, piece by piece."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from access.models.checked import CheckedModel
from designations.models.closed_lists import one_of
from designations.models.stated_dates import StatedDate, precision_check, precision_field
from evidence.models.exhibit import Exhibit
from evidence.models.item import EvidenceItem
from evidence.words import ExhibitRole


class Upload(CheckedModel):
    """A file that arrives in pieces and becomes an exhibit when it is whole.

    The bytes wait in a file of their own, whose size says how much has arrived
    (evidence.arriving). The row goes when the exhibit is there, or when nothing came for a week.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="uploads")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads"
    )
    filename = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(help_text="Bytes of the whole file.")
    sha256 = models.CharField(
        max_length=64, blank=True, db_collation="C", help_text="What the sender says it is."
    )
    role = models.CharField(
        max_length=15, choices=ExhibitRole.choices(), default=ExhibitRole.ORIGINAL.value
    )
    acquired_on = models.DateField(null=True, blank=True)
    acquired_on_precision = precision_field()
    reason = models.CharField(max_length=500)
    begun_at = models.DateTimeField(db_default=Now(), editable=False)
    last_at = models.DateTimeField(db_default=Now(), help_text="When bytes last came.")
    exhibit = models.ForeignKey(
        Exhibit, null=True, blank=True, on_delete=models.PROTECT, related_name="uploads"
    )

    acquired = StatedDate("acquired_on")

    class Meta:
        ordering = ("begun_at", "pk")
        constraints = (
            one_of("role", ExhibitRole, "evidence_upload_role_known"),
            precision_check("acquired_on", "evidence_upload_acquired_precision"),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="evidence_upload_not_empty",
                violation_error_message="An empty file is no evidence of anything.",
            ),
            models.CheckConstraint(
                condition=Q(sha256="") | Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="evidence_upload_sha256_form",
                violation_error_message="sha256 is 64 lower-case hexadecimal digits.",
            ),
            models.CheckConstraint(
                condition=Q(last_at__gte=F("begun_at")),
                name="evidence_upload_in_order",
                violation_error_message="Bytes cannot come before the upload began.",
            ),
        )
        indexes = (models.Index(fields=("last_at",), name="evidence_upload_last"),)

    def __str__(self) -> str:
        return self.filename
