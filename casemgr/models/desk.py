"""What one person keeps at hand while working on a case: unfinished words, and a bookmark."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from access.models.checked import CheckedModel
from casemgr.models.case import Case
from casemgr.models.pin import CaseElement


class FindingDraft(CheckedModel):
    """Words of a finding that its writer has not saved as one. No record rests on them.

    ``base`` is the revision of the finding on which they build, 0 where none was written;
    ``stated`` holds the other fields of the form as they were sent. ``revision`` counts the
    savings, so that two windows of one person do not overwrite each other unseen.
    """

    case_element = models.ForeignKey(CaseElement, on_delete=models.PROTECT, related_name="drafts")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="finding_drafts"
    )
    text = models.TextField(blank=True)
    stated = models.JSONField(default=dict, blank=True)
    base = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1, editable=False)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("case_element", "author"),
                name="casemgr_findingdraft_once",
                violation_error_message="You already have a draft on this element.",
            ),
        )

    def __str__(self) -> str:
        return f"draft of {self.author_id} on {self.case_element_id}"


class Bookmark(CheckedModel):
    """Up to which recorded change a person has read the history of a case, and when."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bookmarks")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookmarks"
    )
    change_seq = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("case", "reader"),
                name="casemgr_bookmark_once",
                violation_error_message="You already have a bookmark in this case.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reader_id} read {self.case_id} up to {self.change_seq}"
