"""How a person comes in for the first time, and back in: setup codes and factor resets."""

from datetime import timedelta
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from access.keys import PublicKeyField, fresh_key
from access.models.checked import CheckedModel

RESET_LIFE = timedelta(hours=24)
"""How long a second administrator has to confirm a factor reset."""


class SetupCodeQuerySet(models.QuerySet["SetupCode"]):
    """Named queries over setup codes."""

    def live(self) -> "SetupCodeQuerySet":
        """Codes that still set a password."""
        return self.filter(used_on=None, withdrawn_on=None, expires__gt=timezone.now())


class SetupCode(CheckedModel):
    """A code by which a person sets their own password, once: no administrator ever knows it.

    The table holds the SHA-256 of the code, never the code, which is random enough for that.
    """

    class Purpose(models.TextChoices):
        """Why it was given."""

        INVITATION = "invitation", "invitation"
        RECOVERY = "recovery", "lost password"

    key = PublicKeyField(default=partial(fresh_key, "S"), editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="setup_codes"
    )
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField()
    used_on = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_on = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SetupCodeQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "key")
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=Q(used_on=None, withdrawn_on=None),
                name="access_setupcode_one_open",
                violation_error_message="This person already has a code; withdraw it first.",
            ),
            models.CheckConstraint(
                condition=Q(expires__gt=F("created_at")),
                name="access_setupcode_ends_after_it_begins",
                violation_error_message="A code must end after it was issued.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.purpose} of {self.user})"

    @staticmethod
    def digest_of(code: str) -> str:
        """What is stored of a code; spaces, hyphens and case do not count.

        >>> SetupCode.digest_of("abcde-23456") == SetupCode.digest_of("ABCDE 23456")
        True
        """
        plain = "".join(letter for letter in code.upper() if letter.isalnum())
        return sha256(plain.encode()).hexdigest()


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    """Named queries over factor resets."""

    def waiting(self) -> "FactorResetQuerySet":
        """Asked for, neither confirmed nor withdrawn, and not too old to be confirmed."""
        since = timezone.now() - RESET_LIFE
        return self.filter(confirmed_on=None, withdrawn_on=None, requested_on__gt=since)


class FactorReset(CheckedModel):
    """The removal of a person's second factors: asked by one administrator, done by another.

    Whoever could do it alone could become anybody whose password they set. Where an
    administrator is null, it was done at the server's own terminal.
    """

    key = PublicKeyField(default=partial(fresh_key, "R"), editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="factor_resets"
    )
    reason = models.TextField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_on = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_on = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_on = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_on", "key")
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=Q(confirmed_on=None, withdrawn_on=None),
                name="access_factorreset_one_open",
                violation_error_message="A reset for this person is already waiting.",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("requested_by")),
                name="access_factorreset_two_people",
                violation_error_message="Another administrator than the one who asked confirms.",
            ),
            models.CheckConstraint(
                condition=~Q(requested_by=F("user")) & ~Q(confirmed_by=F("user")),
                name="access_factorreset_not_ones_own",
                violation_error_message="Nobody resets their own factors; ask two colleagues.",
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="access_factorreset_reason_present",
                violation_error_message="Say why, and how you know it is them.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} (factors of {self.user})"
