"""Setup codes: how a person sets a password that no administrator ever knows."""

import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from access.actions.accounts import end_sessions, open_account_without_password
from access.actor import acting
from access.keys import ALPHABET
from access.models import SetupCode, User

LIFE = {
    SetupCode.Purpose.INVITATION: timedelta(hours=72),
    # Handed over while both are on the telephone or in one room.
    SetupCode.Purpose.RECOVERY: timedelta(hours=1),
}
"""How long a code sets a password."""

REFUSED = "The account and the code do not belong together, or the code was used or has ended."
_GROUPS, _LETTERS = 4, 5


def invite(
    username: str, *, actor: User | str, reason: str, standing: str = "", **details: str
) -> tuple[SetupCode, str]:
    """Open an account and issue the code by which its owner sets the first password.

    Raises ValidationError naming the field, as ``open_account_without_password`` does.
    """
    with transaction.atomic():
        user = open_account_without_password(
            username, actor=actor, reason=reason, standing=standing, **details
        )
        return issue_setup_code(user, SetupCode.Purpose.INVITATION, actor=actor, reason=reason)


def issue_setup_code(
    user: User, purpose: SetupCode.Purpose, *, actor: User | str, reason: str
) -> tuple[SetupCode, str]:
    """Issue a code; returns it with its value, which is stored nowhere and shown once.

    An earlier code of the person stops working. The old password goes on working until the code
    is used. Raises ValidationError for a closed account, and when the actor is the person.
    """
    if user.is_depositor:
        raise ValidationError(f"{user} is a portal: nobody signs in as it.")
    if not user.is_active:
        raise ValidationError(f"The account of {user} is closed; open it again first.")
    if isinstance(actor, User) and actor.pk == user.pk:
        raise ValidationError("Change your own password on your account's pages.")
    value = "-".join(
        "".join(secrets.choice(ALPHABET) for _ in range(_LETTERS)) for _ in range(_GROUPS)
    )
    with transaction.atomic(), acting(actor, reason):
        # One at a time per person, or two requests could both find no open code.
        User.objects.select_for_update().get(pk=user.pk)
        SetupCode.objects.filter(user=user, used_on=None, withdrawn_on=None).update(
            withdrawn_on=timezone.now()
        )
        code = SetupCode(
            user=user,
            purpose=purpose,
            digest=SetupCode.digest_of(value),
            issued_by=actor if isinstance(actor, User) else None,
            expires=timezone.now() + LIFE[purpose],
        )
        code.full_clean()
        code.save()
    return code, value


def use_setup_code(username: str, value: str, password: str) -> User:
    """Set the password of the account ``username`` by a code, once, and end its sessions.

    Second factors stay: a code replaces a password and nothing else. Raises ValidationError for a
    weak password, and one sentence for everything else that may be wrong with account and code,
    so that it tells nothing about either.
    """
    with transaction.atomic():
        code = (
            SetupCode.objects.live()
            .select_for_update(of=("self",))
            .select_related("user")
            .filter(digest=SetupCode.digest_of(value), user__username=username)
            .filter(user__is_active=True)
            .first()
        )
        if code is None:
            raise ValidationError({"code": REFUSED})
        user = code.user
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise ValidationError({"password": error.messages}) from error
        with acting(user, f"Set their own password by a setup code ({code.purpose})"):
            code.used_on = timezone.now()
            code.save(update_fields=["used_on"])
            user.set_password(password)
            user.save(update_fields=["password"])
            end_sessions(user)
    return user
