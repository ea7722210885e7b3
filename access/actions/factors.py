"""A lost authenticator: one administrator asks for the reset, another one does it."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from access.actions.accounts import end_sessions
from access.actor import acting
from access.models import FactorReset, User


def request_factor_reset(user: User, *, actor: User | str, reason: str) -> FactorReset:
    """Ask that the second factors of ``user`` be removed. Nothing is removed yet.

    Raises ValidationError when there is nothing to remove, when a request is already waiting,
    and when the actor is the person.
    """
    if not Authenticator.objects.filter(user=user).exists():
        raise ValidationError(f"{user} has no second factor, so there is nothing to reset.")
    with transaction.atomic(), acting(actor, reason):
        User.objects.select_for_update().get(pk=user.pk)
        _withdraw_outdated(user)
        reset = FactorReset(
            user=user, reason=reason, requested_by=actor if isinstance(actor, User) else None
        )
        reset.full_clean()
        reset.save()
    return reset


def confirm_factor_reset(reset: FactorReset, *, actor: User | str, reason: str) -> FactorReset:
    """Remove all second factors and recovery codes of the person, and sign them out everywhere.

    The password stays, and is all that is asked of them at the next sign-in.

    Raises ValidationError when the request no longer waits, when the actor is the one who asked,
    and when it is the person.
    """
    with transaction.atomic(), acting(actor, reason):
        waiting = FactorReset.objects.waiting().select_for_update().filter(pk=reset.pk).first()
        if waiting is None:
            raise ValidationError("This request was settled or has ended; ask for a new one.")
        waiting.confirmed_by = actor if isinstance(actor, User) else None
        waiting.confirmed_on = timezone.now()
        waiting.full_clean()
        waiting.save(update_fields=["confirmed_by", "confirmed_on"])
        Authenticator.objects.filter(user=waiting.user).delete()
        end_sessions(waiting.user)
    return waiting


def withdraw_factor_reset(reset: FactorReset, *, actor: User | str, reason: str) -> FactorReset:
    """Drop a request. One that is settled already stays as it is."""
    with transaction.atomic(), acting(actor, reason):
        FactorReset.objects.waiting().filter(pk=reset.pk).update(withdrawn_on=timezone.now())
    reset.refresh_from_db()
    return reset


def _withdraw_outdated(user: User) -> None:
    unsettled = FactorReset.objects.filter(user=user, confirmed_on=None, withdrawn_on=None)
    waiting = FactorReset.objects.waiting().filter(user=user)
    unsettled.exclude(pk__in=waiting.values("pk")).update(withdrawn_on=timezone.now())
