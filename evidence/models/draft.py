"""Entries begun and not yet logged: what was typed, and the file that came with it."""

from functools import partial

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from access.keys import PublicKeyField, fresh_key
from access.models.checked import CheckedModel
from designations.models.closed_lists import one_of
from evidence.words import EvidenceKind


class EntryDraft(CheckedModel):
    """An unfinished entry of one person, whom alone it concerns; no part of the record.

    ``fields`` is the form as it was typed. A file waits beside it, under its own digest, in a
    folder of the draft; ``filename`` empty: there is none.
    """

    key = PublicKeyField(default=partial(fresh_key, "N"), editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="entry_drafts"
    )
    kind = models.CharField(max_length=30, choices=EvidenceKind.choices())
    fields = models.JSONField(default=dict)
    filename = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_collation="C")
    size = models.PositiveBigIntegerField(null=True, blank=True)
    language = models.CharField(
        max_length=10, blank=True, help_text="What the file looks written in; a guess."
    )
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-saved_at", "-pk")
        constraints = (one_of("kind", EvidenceKind, "evidence_draft_kind_known"),)
        indexes = (models.Index(fields=("author", "-saved_at"), name="evidence_draft_of_author"),)

    def __str__(self) -> str:
        return str(self.key)

    @property
    def title(self) -> str:
        """What its author will know it by."""
        for name in ("title", "citation", "summary"):
            for value in self.fields.get(name) or ():
                if value.strip():
                    return str(value.strip()[:90])
        return str(self.filename or "no title yet")
