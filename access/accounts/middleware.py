"""What stands between signing in and the pages: a required second factor, and one's own clock."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from access.accounts.factors import has_factor, must_have_factor
from access.api.problems import Problem
from access.models import User

WITHOUT_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
        "health",
        "problem",
    }
)
"""Pages that are open while a required second factor is still missing."""

ASKED = (
    "Your account must have a second factor. Add an authenticator app or a passkey; "
    "everything else opens after that."
)


class SecondFactorMiddleware:
    """Lets nobody past who must have a second factor and has none.

    A session that was opened with a factor is believed without asking the database. A token of
    the API is a credential of its own and was issued to a session that had passed here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request; the decision is taken in ``process_view``."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Send whoever lacks the factor to the page where it is added."""
        user = request.user
        if not isinstance(user, User) or not must_have_factor(user):
            return None
        if _page(request) in WITHOUT_FACTOR or _opened_with_factor(request, user):
            return None
        if has_factor(user):
            return None
        if request.path.startswith("/api/"):
            return Problem(403, "permission-denied", ASKED).response(request)
        messages.warning(request, ASKED)
        return HttpResponseRedirect(reverse("mfa_index"))


class TimeZoneMiddleware:
    """Shows moments on the clock the person chose; on the service's own clock otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request in the person's time zone."""
        zone = getattr(request.user, "time_zone", "")
        with timezone.override(ZoneInfo(zone) if zone else None):
            return self.get_response(request)


def _page(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name or "") if match else ""


def _opened_with_factor(request: HttpRequest, user: User) -> bool:
    return any(
        record.get("method") == "mfa" for record in get_authentication_records(request, user)
    )
