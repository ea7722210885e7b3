"""Addresses of signing in by the identity provider."""

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from access.accounts.attributed import confirmed
from access.accounts.factors import factors_of
from access.accounts.oidc import FAILURES, OidcConnection
from access.accounts.pages import person
from access.actor import acting
from access.models import User


@login_not_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider. Only by POST: a link must not sign anybody in."""
    connection = _connection(request)
    try:
        answer: HttpResponse = OAuth2LoginView.adapter_view(connection)(request)
    except FAILURES as error:
        return _failed(request, connection, error)
    return answer


@login_not_required
@never_cache
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Take the browser back from the provider."""
    connection = _connection(request)
    actor = request.user if isinstance(request.user, User) else "system:oidc"
    try:
        with transaction.atomic(), acting(actor, "Signed in by the identity provider"):
            answer: HttpResponse = OAuth2CallbackView.adapter_view(connection)(request)
    except FAILURES as error:
        return _failed(request, connection, error)
    return answer


@login_not_required
def cancelled(request: HttpRequest) -> HttpResponse:
    """The person turned back at the provider."""
    messages.info(request, "You are not signed in: it was cancelled at the provider.")
    return redirect("account_login")


@login_required
@require_POST
@confirmed
def disconnect(request: HttpRequest) -> HttpResponse:
    """Stop signing in by the provider, if there is another way in."""
    user = person(request)
    alone = [factor for factor in factors_of(user) if _signs_in_alone(factor)]
    if not user.has_usable_password() and not alone:
        messages.error(
            request,
            "This is the only way into your account. Ask an administrator for a setup code and "
            "set a password first.",
        )
        return redirect("account_profile")
    with transaction.atomic(), acting(user, "Disconnected the identity provider"):
        SocialAccount.objects.filter(user=user).delete()
    messages.success(request, "Your account is no longer connected.")
    return redirect("account_profile")


def _connection(request: HttpRequest) -> OidcConnection:
    if settings.OIDC is None:
        raise Http404
    return OidcConnection(request)


def _failed(request: HttpRequest, connection: OidcConnection, error: Exception) -> HttpResponse:
    answer: HttpResponse = render_authentication_error(
        request, connection.get_provider(), exception=error
    )
    return answer


def _signs_in_alone(factor: object) -> bool:
    return bool(getattr(factor.wrap(), "is_passwordless", False))  # type: ignore[attr-defined]
