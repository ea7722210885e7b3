"""Who checked a text of the law against its source."""

from django.db import models
from django.db.models import Q

from access.models.checked import CheckedModel
from designations.models.authority import AuthorityVersion


class VerificationStatus(models.TextChoices):
    """What the check showed."""

    VERIFIED = "verified", "verified"
    DIFFERS = "differs", "differs from the source"
    NOT_FOUND = "not-found", "source not found"


class VerificationSubject(models.TextChoices):
    """What part of a version was checked."""

    VERSION = "version", "version"
    ELEMENT = "element", "element"
    CONSIDERATION = "consideration", "consideration"
    PREREQUISITE = "prerequisite", "prerequisite"
    CONSEQUENCE = "consequence", "consequence"
    PROVISION = "provision", "provision"


class Verification(CheckedModel):
    """One check of one text. It speaks of the words under ``body_digest`` and of no others.

    Outside the version's own digest, so that checking a text does not make it another text.
    """

    version = models.ForeignKey(
        AuthorityVersion, on_delete=models.PROTECT, related_name="verifications"
    )
    subject = models.CharField(max_length=20, choices=VerificationSubject.choices)
    code = models.CharField(max_length=60, blank=True, db_collation="C")
    body_digest = models.CharField(
        max_length=64, db_collation="C", help_text="Digest of the text that was checked."
    )
    status = models.CharField(max_length=20, choices=VerificationStatus.choices)
    by = models.CharField(max_length=200, help_text="Who checked, or the file that says so.")
    on = models.DateField(null=True, blank=True, help_text="Empty: the file does not say when.")
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("version", "subject", "code", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(subject="version", code="") | (~Q(subject="version") & ~Q(code="")),
                name="designations_verification_names_its_subject",
                violation_error_message=(
                    "Give the code of what was checked; only a check of the whole version has none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(body_digest__regex=r"^[0-9a-f]{64}$"),
                name="designations_verification_digest_form",
                violation_error_message="body_digest is a SHA-256 in hexadecimal.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=VerificationStatus.values),
                name="designations_verification_status_known",
                violation_error_message="status is verified, differs or not-found.",
            ),
            models.CheckConstraint(
                condition=Q(by__regex=r"\S"),
                name="designations_verification_by_present",
                violation_error_message="Say who checked.",
            ),
        )
        indexes = (models.Index(fields=("version", "subject", "code")),)

    def __str__(self) -> str:
        return f"{self.subject} {self.code}: {self.status}"
