"""What can happen to API tokens, and to the memory of answers to creates."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from knox.models import get_digest_token
from knox.settings import CONSTANTS, knox_settings

from access.actor import acting
from access.models import ApiToken, IdempotencyKey, Team, User
from access.words import Scope


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
    if Scope.DEPOSIT in wanted or user.is_depositor:
        raise ValidationError(
            {"scopes": "A key that delivers is made on the page of its portal, by a person."}
        )
    if team is not None and not user.roles_in(team):
        raise ValidationError({"team": f"{user} does not work in {team.key}."})
    if parent is not None:
        _check_within(parent, wanted, expires, team)
    return _issued(user, name, wanted, expires, team, actor, reason)


def issue_deposit_key(
    account: User, name: str, expires: datetime, *, team: Team, actor: User | str, reason: str
) -> tuple[ApiToken, str]:
    """Issue a key of a portal, which delivers and does nothing else; returns it with its value.

    Someone else than the account makes it, because the account is nobody: the history names who
    did. Raises ValidationError as ``issue_token`` does, and for an account of a person.
    """
    if not account.is_depositor:
        raise ValidationError({"user": f"{account} is a person and no portal."})
    return _issued(account, name, [Scope.DEPOSIT.value], expires, team, actor, reason)


def _issued(
    user: User,
    name: str,
    wanted: list[str],
    expires: datetime,
    team: Team | None,
    actor: User | str,
    reason: str,
) -> tuple[ApiToken, str]:
    _check_life(expires)
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
