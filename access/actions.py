"""What can happen to accounts, teams, markings and tokens.

Each action is one transaction with its actor and reason. Callers have checked that the actor may
(access.policy); what is checked here holds for every caller.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from knox.models import get_digest_token
from knox.settings import CONSTANTS, knox_settings

from access.actor import acting
from access.models import ApiToken, IdempotencyKey, Marking, Membership, Team, User
from access.words import Role, Scope


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
    if standing not in ("", "auditor", "administrator"):
        raise ValidationError({"standing": "Write auditor, administrator, or leave it empty."})
    user = User(
        username=username,
        is_auditor=standing == "auditor",
        is_administrator=standing == "administrator",
        # The administrator works in the admin site, which holds no case content.
        is_staff=standing == "administrator",
        **details,
    )
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    user.set_password(password)
    with transaction.atomic(), acting(actor, reason):
        user.full_clean()
        user.save()
    return user


def set_password(user: User, password: str, *, actor: User | str, reason: str) -> User:
    """Give ``user`` a new password. Raises ValidationError for a weak one."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    with transaction.atomic(), acting(actor, reason):
        user.set_password(password)
        user.save(update_fields=["password"])
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

    Raises ValidationError for an auditor or an administrator: the first changes nothing and the
    second sees no case content, so neither works in a team.
    """
    if user.is_auditor or user.is_administrator or user.is_superuser:
        raise ValidationError(
            {"user": f"{user} is an auditor or an administrator and so cannot work in a team."}
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


def longest_token_life() -> timedelta:
    """The longest a token may live (``TOKEN_TTL`` of ``REST_KNOX``)."""
    life: timedelta = knox_settings.TOKEN_TTL
    return life


def issue_token(
    user: User,
    name: str,
    scopes: Iterable[Scope | str],
    expires: datetime,
    *,
    actor: User | str,
    reason: str,
    team: Team | None = None,
    parent: ApiToken | None = None,
) -> tuple[ApiToken, str]:
    """Issue an API token; returns it with its value, which is stored nowhere and shown once.

    ``team`` binds the token to one of the user's teams. ``parent`` is the token that asked for
    it, if a token did: a token passes on no more than it has itself.

    Raises ValidationError naming the field: an end in the past or beyond the longest life, an
    unknown scope, a team the user does not work in, too many live tokens, more than the parent
    holds, or another person as actor (a token made by someone else could impersonate its owner).
    """
    if isinstance(actor, User) and actor.pk != user.pk:
        raise ValidationError({"user": "A token is issued by the person who will use it."})
    wanted = sorted({str(scope) for scope in scopes})
    _check_life(expires)
    if team is not None and not user.roles_in(team):
        raise ValidationError({"team": f"{user} does not work in {team.key}."})
    if parent is not None:
        _check_within(parent, wanted, expires, team)
    with transaction.atomic(), acting(actor, reason):
        # One at a time per person, or two requests could both pass the count.
        User.objects.select_for_update().get(pk=user.pk)
        _check_count(user)
        digest, value = get_digest_token()
        token = ApiToken(
            digest=digest,
            token_key=value[: CONSTANTS.TOKEN_KEY_LENGTH],
            user=user,
            expiry=expires,
            name=name,
            scopes=wanted,
            team=team,
            created=timezone.now(),
        )
        token.full_clean()
        token.save(force_insert=True)
    return token, value


def revoke_token(token: ApiToken, *, actor: User | str, reason: str) -> ApiToken:
    """End a token now. The row stays; a token already revoked keeps its first date."""
    with transaction.atomic(), acting(actor, reason):
        ApiToken.objects.filter(pk=token.pk, revoked_on=None).update(revoked_on=timezone.now())
    token.refresh_from_db()
    return token


def forget_answers(before: datetime, *, actor: User | str, reason: str) -> int:
    """Drop remembered answers to creates from before a moment; returns how many."""
    with transaction.atomic(), acting(actor, reason):
        count, _ = IdempotencyKey.objects.filter(created_at__lt=before).delete()
    return count


def _check_life(expires: datetime) -> None:
    now = timezone.now()
    longest = longest_token_life()
    if expires <= now:
        raise ValidationError({"expires": "A token must end in the future."})
    if expires > now + longest:
        raise ValidationError(
            {"expires": f"A token lives {longest.days} days at most; choose an earlier end."}
        )


def _check_within(
    parent: ApiToken, scopes: list[str], expires: datetime, team: Team | None
) -> None:
    excess = sorted(set(scopes) - set(parent.scopes))
    if excess:
        raise ValidationError(
            {"scopes": f"The token used here lacks {', '.join(excess)} and cannot pass it on."}
        )
    if expires > parent.expiry:
        raise ValidationError({"expires": "The new token cannot outlive the one used here."})
    if parent.team_id is not None and (team is None or team.pk != parent.team_id):
        raise ValidationError({"team": "The token used here is bound to its team; name the same."})


def _check_count(user: User) -> None:
    limit = knox_settings.TOKEN_LIMIT_PER_USER
    live = ApiToken.objects.filter(user=user).live().count()
    if limit is not None and live >= limit:
        raise ValidationError(
            {"name": f"{user} already has {live} live tokens; revoke one that is not used."}
        )
