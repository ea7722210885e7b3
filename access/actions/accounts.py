"""What can happen to accounts, teams and markings."""

from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from access.actor import acting
from access.models import ApiToken, Marking, Membership, SetupCode, Team, User
from access.words import Role


def create_account(
    username: str,
    password: str,
    *,
    actor: User | str,
    reason: str,
    standing: str = "",
    **details: str,
) -> User:
    """Open an account. ``standing`` is empty, ``"auditor"`` or ``"administrator"``.

    ``details`` are ``first_name``, ``last_name`` and ``email``. Raises ValidationError for a
    taken or malformed username, a weak password, or an unknown standing.
    """
    user = _unsaved(username, standing, details)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    user.set_password(password)
    with transaction.atomic(), acting(actor, reason):
        user.full_clean()
        user.save()
    return user


def open_account_without_password(
    username: str,
    *,
    actor: User | str,
    reason: str,
    standing: str = "",
    **details: str,
) -> User:
    """Open an account into which no password leads: a setup code or the identity provider does.

    ``details`` as in ``create_account``. Raises ValidationError for a taken or malformed username
    or an unknown standing.
    """
    user = _unsaved(username, standing, details)
    user.set_unusable_password()
    with transaction.atomic(), acting(actor, reason):
        user.full_clean()
        user.save()
    return user


def open_depositor(
    username: str, markings: Iterable[str], *, actor: User | str, reason: str
) -> User:
    """Open the account of a portal: no password, no role, nothing that it could see.

    ``markings`` are those that what it delivers will carry. Raises ValidationError for a marking
    that does not exist or that the actor is not cleared for.
    """
    wanted = sorted(set(markings))
    known = set(Marking.objects.filter(code__in=wanted).values_list("code", flat=True))
    if isinstance(actor, User):
        known &= set(actor.cleared_markings)
    if beyond := [code for code in wanted if code not in known]:
        raise ValidationError(
            {"markings": f"No such marking, or you are not cleared for it: {', '.join(beyond)}."}
        )
    user = User(username=username, is_depositor=True, cleared_markings=wanted)
    user.set_unusable_password()
    with transaction.atomic(), acting(actor, reason):
        user.full_clean()
        user.save()
    return user


def _unsaved(username: str, standing: str, details: dict[str, str]) -> User:
    if standing not in ("", "auditor", "administrator"):
        raise ValidationError({"standing": "Write auditor, administrator, or leave it empty."})
    return User(
        username=username,
        is_auditor=standing == "auditor",
        is_administrator=standing == "administrator",
        # The administrator works in the admin site, which holds no case content.
        is_staff=standing == "administrator",
        **details,
    )


def close_account(user: User, *, actor: User | str, reason: str) -> User:
    """Close the account: its sessions and tokens end, its setup code is withdrawn, its acts stay.

    Raises ValidationError when the actor is the person: a colleague closes it.
    """
    if isinstance(actor, User) and actor.pk == user.pk:
        raise ValidationError("Nobody closes their own account; ask another administrator.")
    with transaction.atomic(), acting(actor, reason):
        user.is_active = False
        user.save(update_fields=["is_active"])
        ApiToken.objects.filter(user=user).live().update(revoked_on=timezone.now())
        SetupCode.objects.filter(user=user).live().update(withdrawn_on=timezone.now())
        end_sessions(user)
    return user


def reopen_account(user: User, *, actor: User | str, reason: str) -> User:
    """Open a closed account again. Its tokens stay revoked."""
    with transaction.atomic(), acting(actor, reason):
        user.is_active = True
        user.save(update_fields=["is_active"])
    return user


def end_sessions(user: User) -> int:
    """Sign ``user`` out everywhere; returns how many sessions ended."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def set_password(user: User, password: str, *, actor: User | str, reason: str) -> User:
    """Give ``user`` a new password. Raises ValidationError for a weak one."""
    if user.is_depositor:
        raise ValidationError({"password": f"{user} is a portal: nobody signs in as it."})
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    with transaction.atomic(), acting(actor, reason):
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def change_profile(
    user: User, *, first_name: str, last_name: str, time_zone: str, actor: User | str, reason: str
) -> User:
    """Set what a person says of themselves. Raises ValidationError for an unknown time zone."""
    user.first_name, user.last_name, user.time_zone = first_name, last_name, time_zone
    with transaction.atomic(), acting(actor, reason):
        user.clean_fields(exclude={"password"})
        user.save(update_fields=["first_name", "last_name", "time_zone"])
    return user


def create_team(name: str, *, actor: User | str, reason: str, key: str = "") -> Team:
    """Open a team; the key is made when none is given. Raises ValidationError for a taken name."""
    team = Team(name=name, **({"key": key} if key else {}))
    with transaction.atomic(), acting(actor, reason):
        team.full_clean()
        team.save()
    return team


def add_member(team: Team, user: User, role: Role, *, actor: User | str, reason: str) -> Membership:
    """Give ``user`` a role in ``team``.

    Raises ValidationError for an auditor, an administrator or a portal: the first changes nothing,
    the second sees no case content and the third sees nothing, so none works in a team.
    """
    if user.is_auditor or user.is_administrator or user.is_superuser or user.is_depositor:
        raise ValidationError(
            {
                "user": f"{user} is an auditor, an administrator or a portal and so cannot work "
                "in a team."
            }
        )
    membership = Membership(team=team, user=user, role=role)
    with transaction.atomic(), acting(actor, reason):
        membership.full_clean()
        membership.save()
    user.forget_memberships()
    return membership


def remove_member(team: Team, user: User, role: Role, *, actor: User | str, reason: str) -> None:
    """Take a role in ``team`` from ``user``. Raises ValidationError if not held."""
    with transaction.atomic(), acting(actor, reason):
        removed, _ = Membership.objects.filter(team=team, user=user, role=role).delete()
    if not removed:
        raise ValidationError({"role": f"{user} is not {role} in {team}."})
    user.forget_memberships()


def clear_markings(user: User, codes: Iterable[str], *, actor: User | str, reason: str) -> User:
    """Set the markings that ``user`` is cleared for to exactly ``codes``.

    Raises ValidationError for an unknown code, and when the actor is the user: nobody clears
    themselves.
    """
    wanted = sorted(set(codes))
    known = set(Marking.objects.filter(code__in=wanted).values_list("code", flat=True))
    unknown = [code for code in wanted if code not in known]
    if unknown:
        raise ValidationError(
            {"cleared_markings": f"No such marking: {', '.join(unknown)}. Add it to the list."}
        )
    if isinstance(actor, User) and actor.pk == user.pk:
        raise ValidationError({"user": "Nobody clears themselves for markings; ask a colleague."})
    with transaction.atomic(), acting(actor, reason):
        user.cleared_markings = wanted
        user.save(update_fields=["cleared_markings"])
    return user
