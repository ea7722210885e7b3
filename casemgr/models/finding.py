"""Counsel's written conclusions, every wording of them, and who signed which."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import MD5, Lower

from access.models.checked import CheckedModel
from casemgr.models.pin import CaseElement
from casemgr.models.protection import append_only
from casemgr.words import Difference, Reasoning
from designations.models import StatedDate
from designations.models.stated_dates import precision_check, precision_field
from evidence.words import Order, RelativeTo


def _text_constraints(model: str) -> tuple[models.CheckConstraint, ...]:
    """What holds for the current wording and for every earlier one."""
    return (
        precision_check("on", f"casemgr_{model}_on_precision"),
        models.CheckConstraint(
            condition=Q(relative_to="", relative_order="")
            | ~Q(relative_to="") & ~Q(relative_order=""),
            name=f"casemgr_{model}_relative_whole",
            violation_error_message="relative names both an event and before or after.",
        ),
        models.CheckConstraint(
            condition=~Q(applied_difference="") | Q(applied_version=""),
            name=f"casemgr_{model}_applied_whole",
            violation_error_message="applied says whether the difference is material.",
        ),
        models.CheckConstraint(
            condition=Q(defines_none=False) | Q(defines=[]),
            name=f"casemgr_{model}_defines_or_none",
            violation_error_message="A finding defines terms, or it is stated that it did not.",
        ),
        models.CheckConstraint(
            condition=Q(reasoning__in=["", *(word.value for word in Reasoning)]),
            name=f"casemgr_{model}_reasoning_known",
            violation_error_message="reasoning is none of the known kinds.",
        ),
    )


class FindingText(CheckedModel):
    """The words of a finding and what is stated about them; null and empty mean not stated.

    ``cites`` holds keys of evidence items; null: not stated what it cites, ``[]``: nothing.
    ``defines`` is a list of [term, meaning], in the order given.
    """

    text = models.TextField(blank=True)
    on = models.DateField(null=True, blank=True)
    on_precision = precision_field()
    relative_to = models.CharField(max_length=10, choices=RelativeTo.choices(), blank=True)
    relative_order = models.CharField(max_length=10, choices=Order.choices(), blank=True)
    cites = ArrayField(models.CharField(max_length=64, db_collation="C"), null=True, blank=True)
    reasoning = models.CharField(max_length=20, choices=Reasoning.choices(), blank=True)
    quoted_standard = models.TextField(null=True, blank=True)  # noqa: DJ001 - null: not stated
    applied_version = models.CharField(max_length=60, blank=True)
    applied_difference = models.CharField(max_length=12, choices=Difference.choices(), blank=True)
    defines = models.JSONField(default=list, blank=True)
    defines_none = models.BooleanField(default=False)
    predictive = models.BooleanField(null=True, blank=True)
    relies_on_deference = models.BooleanField(null=True, blank=True)
    alone_sufficient = models.BooleanField(null=True, blank=True)

    day = StatedDate("on")

    class Meta:
        abstract = True


class Finding(FindingText):
    """The current wording on one element of one case."""

    case_element = models.OneToOneField(
        CaseElement, on_delete=models.PROTECT, related_name="finding"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="findings"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("case_element",)
        constraints = _text_constraints("finding")

    def __str__(self) -> str:
        return f"finding on {self.case_element_id}"


class FindingRevision(FindingText):
    """One wording as it stood from ``written_on``. Append-only.

    ``written_on`` null: taken from a docket file, so it was there from the day the file states.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="finding_revisions"
    )
    written_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("finding", "number")
        constraints = (
            *_text_constraints("findingrevision"),
            models.UniqueConstraint(
                fields=("finding", "number"),
                name="casemgr_findingrevision_number",
                violation_error_message="This finding already has a revision of this number.",
            ),
        )
        indexes = (
            # Text pasted from another finding; casemgr/assembly/same_words.py asks by it.
            models.Index(
                MD5(
                    Lower(
                        Func(
                            Func(F("text"), function="btrim"),
                            Value(r"\s+"),
                            Value(" "),
                            Value("g"),
                            function="regexp_replace",
                        )
                    )
                ),
                name="casemgr_findingrevision_words",
            ),
        )
        triggers = (append_only(),)

    def __str__(self) -> str:
        return f"{self.finding_id} revision {self.number}"


class Signature(CheckedModel):
    """One person's signature under one wording, on the record as it then stood. Append-only.

    It is current while the element's digest is still ``element_digest``; the snapshot makes the
    difference since then readable.
    """

    revision = models.ForeignKey(
        FindingRevision, on_delete=models.PROTECT, related_name="signatures"
    )
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures"
    )
    element_digest = models.CharField(max_length=64, db_collation="C")
    digest_schema = models.CharField(max_length=40)
    snapshot = models.ForeignKey(
        "casemgr.Snapshot", on_delete=models.PROTECT, related_name="signatures"
    )
    signed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("revision", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("revision", "signer"),
                name="casemgr_signature_once",
                violation_error_message="You have already signed this wording.",
            ),
        )
        triggers = (
            append_only(),
            pgtrigger.Trigger(
                name="author_not_alone",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                # Two authors of one wording cannot exist, so one other signer is enough.
                func="""
                    IF NEW.signer_id = (SELECT author_id FROM casemgr_findingrevision
                                         WHERE id = NEW.revision_id)
                       AND NOT EXISTS (SELECT 1 FROM casemgr_signature
                                        WHERE revision_id = NEW.revision_id
                                          AND signer_id <> NEW.signer_id)
                    THEN
                        RAISE EXCEPTION 'the author of a finding cannot be its only signer'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.signer_id} under {self.revision_id}"
