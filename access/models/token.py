"""API tokens: hashed at rest, expiring, bound to scopes and optionally to one team."""

from functools import partial
from hmac import compare_digest

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from knox.crypto import hash_token
from knox.models import AbstractAuthToken

from access.keys import PublicKeyField, fresh_key
from access.models.team import Team
from access.models.user import User
from access.words import Scope, Standing


class TokenQuerySet(models.QuerySet["ApiToken"]):
    """Named queries over tokens."""

    def visible_to(self, user: User | AnonymousUser) -> "TokenQuerySet":
        """A person's own tokens; all of them for an administrator, who may revoke any."""
        if not isinstance(user, User):
            return self.none()
        if user.standings() == {Standing.ADMINISTRATOR}:
            return self
        return self.filter(user=user)

    def live(self) -> "TokenQuerySet":
        """Tokens that still open the door."""
        return self.filter(revoked_on=None, expiry__gt=timezone.now())


class ApiToken(AbstractAuthToken):  # type: ignore[misc]  # knox ships no types
    """A credential for the API. The table holds the SHA-512 of the value, never the value.

    A revoked or expired token stays, so that the history of who could act remains readable.
    """

    objects = TokenQuerySet.as_manager()

    key = PublicKeyField(default=partial(fresh_key, "K"), editable=False)
    # Redeclared because the inherited key cascades: a person with tokens must not vanish.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="auth_token_set"
    )
    # Redeclared because the inherited one may be null: every token ends.
    expiry = models.DateTimeField()
    name = models.CharField(max_length=100)
    scopes = ArrayField(models.CharField(max_length=16, choices=Scope.choices()))
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="tokens"
    )
    last_used_on = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_on = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-created", "key")
        verbose_name = "API token"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(name__regex=r"\S"),
                name="access_apitoken_name_present",
                violation_error_message="A token needs a name that says what it is used for.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    scopes__contained_by=[scope.value for scope in Scope], scopes__len__gt=0
                ),
                name="access_apitoken_scopes_known",
                violation_error_message="A token has at least one of: read, write, submit.",
            ),
            models.CheckConstraint(
                condition=~models.Q(scopes__contains=[Scope.DEPOSIT.value])
                | models.Q(scopes=[Scope.DEPOSIT.value], team__isnull=False),
                name="access_apitoken_deposit_alone",
                violation_error_message=(
                    "The key of a portal is bound to a team and does nothing but deliver."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(expiry__gt=models.F("created")),
                name="access_apitoken_ends_after_it_begins",
                violation_error_message="A token must end after it was created.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.name})"

    def is_live(self) -> bool:
        """Whether the token still opens the door: neither revoked nor past its end."""
        return self.revoked_on is None and self.expiry > timezone.now()

    def opens_with(self, value: str) -> bool:
        """Whether ``value`` is the value of this token."""
        return compare_digest(hash_token(value), self.digest)
