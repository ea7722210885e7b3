"""The chain of custody: who had what in hand, when, and why."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from access.models.checked import CheckedModel
from evidence.models.exhibit import Exhibit
from evidence.models.item import EvidenceItem


class CustodyKind(models.TextChoices):
    """What happened to an item or a file."""

    LOGGED = "logged", "logged"
    NAMED = "named", "file named by its digest, bytes not here"
    RECEIVED = "received", "file received"
    VIEWED = "viewed", "file viewed"
    EXPORTED = "exported", "file downloaded"
    TRANSFERRED = "transferred", "handed over"
    SEALED = "sealed", "sealed"
    VERIFIED = "verified", "bytes verified"
    MISMATCH = "mismatch", "bytes do not match"
    MISSING = "missing", "bytes missing or unreadable"
    CERTIFIED = "certified", "certificate of custody made"
    INSPECTED = "inspected", "file inspected"
    SCANNED = "scanned", "file scanned for malware"
    QUARANTINED = "quarantined", "file set aside in quarantine"
    RELEASED = "released", "file released from quarantine"
    READ = "text-read", "text of the file read"
    SHARED = "shared", "shared with a team"
    LINKED = "linked", "linked to a case"
    AMENDED = "amended", "description amended"
    WITHDRAWN = "withdrawn", "withdrawn"


BY_HAND = (CustodyKind.TRANSFERRED, CustodyKind.SEALED)
"""What happens outside the service: entered by whoever saw to it, who is named."""


class CustodyEvent(CheckedModel):
    """One entry of the chain; the database refuses to change or remove it."""

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="custody")
    exhibit = models.ForeignKey(
        Exhibit, null=True, blank=True, on_delete=models.PROTECT, related_name="custody"
    )
    kind = models.CharField(max_length=15, choices=CustodyKind.choices)
    at = models.DateTimeField(db_default=Now(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="custody_events",
        help_text="Empty: done by the system itself.",
    )
    why = models.TextField()
    sha256 = models.CharField(
        max_length=64, blank=True, db_collation="C", help_text="Digest of the bytes at the time."
    )
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("item", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(why__regex=r"\S"),
                name="evidence_custody_why_present",
                violation_error_message="Every step of the chain of custody says why.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=BY_HAND) | Q(actor__isnull=False, detail__has_key="what"),
                name="evidence_custody_by_hand_whole",
                violation_error_message="A hand-over or a seal says what, and who enters it.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CustodyKind.values),
                name="evidence_custody_kind_known",
                violation_error_message="kind is none of the known custody events.",
            ),
        )
        indexes = (models.Index(fields=("item", "at"), name="evidence_custody_of_item"),)
        triggers = (
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="at_the_clock",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="NEW.at := clock_timestamp(); RETURN NEW;",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind}"
