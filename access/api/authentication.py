"""Token authentication: one indexed look-up, expiry, revocation, scopes, last use."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from access.actor import acting
from access.models import ApiToken, User
from access.policy import DELIVERY
from access.words import Scope

# One write a minute and token, however busy its owner is.
LAST_USE_PRECISION = timedelta(minutes=1)

# The same words for a token that never was and one that was revoked: neither is confirmed.
_REFUSED = "This token is not valid: it does not exist, has expired, or was revoked."


class TokenAuthentication(KnoxTokenAuthentication):  # type: ignore[misc]
    """``Authorization: Bearer <value>`` with the value of an access.ApiToken.

    Unlike knox's own it finds the row by its digest in one query, leaves expired rows where they
    are, and refuses a method the token's scopes exclude, even on a view that checks no policy.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The user and token of the request; None without an Authorization header of ours."""
        pair = super().authenticate(request)
        if pair is None:
            return None
        user, token = pair
        held = set(token.scopes)
        if Scope.DEPOSIT in held:
            _keep_to_the_portal(request)
        elif request.method in SAFE_METHODS:
            if Scope.READ not in held:
                raise PermissionDenied("This token lacks the scope read.")
        elif not held & {Scope.WRITE, Scope.SUBMIT}:
            raise PermissionDenied("This token only reads: it has neither write nor submit.")
        return user, token

    def authenticate_credentials(self, token: bytes) -> tuple[User, ApiToken]:
        """The live token with this value, and its owner narrowed to the token's team."""
        try:
            digest = hash_token(token.decode("ascii"))
        except UnicodeDecodeError as error:
            raise AuthenticationFailed(_REFUSED) from error
        found = ApiToken.objects.filter(digest=digest).select_related("user", "team").first()
        if found is None or not found.is_live():
            raise AuthenticationFailed(_REFUSED)
        if not found.user.is_active:
            raise AuthenticationFailed("This account is closed.")
        _record_use(found)
        found.user.narrow_to(found.team)
        return found.user, found


def _keep_to_the_portal(request: Request) -> None:
    """Refuse the key of a portal everywhere but there, whatever the policy says of the place."""
    view = request.parser_context.get("view")
    if getattr(view, "resource", "") != DELIVERY:
        raise PermissionDenied("This key delivers evidence and does nothing else.")


def _record_use(token: ApiToken) -> None:
    """Note the use of the token, at most once in LAST_USE_PRECISION."""
    now = timezone.now()
    earlier = now - LAST_USE_PRECISION
    if token.last_used_on is not None and token.last_used_on > earlier:
        return
    with transaction.atomic(), acting(token.user, "API token used"):
        # The condition again in SQL: of several simultaneous requests one writes.
        ApiToken.objects.filter(pk=token.pk).filter(
            Q(last_used_on=None) | Q(last_used_on__lte=earlier)
        ).update(last_used_on=now)
    token.last_used_on = now
