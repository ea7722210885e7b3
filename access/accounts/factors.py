"""Who must have a second factor, and who has one.

A second factor is an authenticator app or a passkey. Recovery codes are no factor of their own:
they stand in for one that is lost.
"""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet

from access.models import User
from access.words import Standing

EVERYONE = "all"
OF_THE_SITE = frozenset({Standing.AUDITOR.value, Standing.ADMINISTRATOR.value})


def must_have_factor(user: User) -> bool:
    """Whether this installation requires a second factor of ``user``.

    ``SECOND_FACTOR_REQUIRED_FOR`` holds standings, or ``"all"``.
    """
    required: frozenset[str] = settings.SECOND_FACTOR_REQUIRED_FOR
    if not required:
        return False
    if EVERYONE in required:
        return True
    of_the_site = user.is_superuser or user.is_administrator or user.is_auditor
    if required <= OF_THE_SITE and not of_the_site:
        return False  # without reading memberships: this is asked at every request
    return not required.isdisjoint(user.standings())


def factors_of(user: User) -> "QuerySet[Authenticator]":
    """The second factors of ``user``, oldest first; recovery codes are not among them."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type__in=kinds)
    return found.order_by("created_at", "pk")


def has_factor(user: User) -> bool:
    """Whether ``user`` has a second factor."""
    return factors_of(user).exists()


def is_last_required(authenticator: Authenticator) -> bool:
    """Whether its owner would be left without the second factor that is required of them."""
    owner: User = authenticator.user
    others = factors_of(owner).exclude(pk=authenticator.pk)
    return must_have_factor(owner) and not others.exists()
