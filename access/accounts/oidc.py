"""Signing in by the office's identity provider, by OpenID Connect.

Off unless ``OIDC_ISSUER`` is set. The authorization code flow with PKCE, and the ID token's
signature is always checked. Signing in opens no account here: the provider's subject must be
connected to one, by its owner or by an e-mail address that an administrator put on file.
"""

import json
from itertools import count
from typing import Any, ClassVar

import jwt
import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from requests import RequestException

from access.actions import open_account_without_password
from access.actor import acting
from access.models import User

log = structlog.get_logger("casemgr.accounts")

PROVIDER = "oidc"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures by a key pair. ``none`` and the symmetric ones are not among them."""

LEEWAY_SECONDS = 30
_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


class OidcConnection(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no stubs
    """The conversation with the provider: its document, its keys, its tokens."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, PROVIDER)

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's discovery document. Raises OAuth2Error when it is not this issuer's."""
        known = hasattr(self, "_openid_config")
        config: dict[str, Any] = super().openid_config
        if not known:
            issuer = self.get_provider().app.settings["server_url"]
            missing = [name for name in _NEEDED if not config.get(name)]
            # OpenID Connect Discovery 1.0, section 4.3: the two must be the same.
            if missing or str(config["issuer"]).rstrip("/") != issuer:
                raise OAuth2Error("The discovery document is not that of the issuer")
        return config

    def complete_login(
        self, request: HttpRequest, app: Any, token: Any, **kwargs: Any
    ) -> SocialLogin:
        """Who signed in over there, by the ID token."""
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("The provider sent no ID token")
        claims = self._decode_id_token(app, id_token)
        if not claims.get("email") and self.openid_config.get("userinfo_endpoint"):
            told = self._fetch_user_info(token.token)
            # OpenID Connect Core 1.0, section 5.3.2: or it speaks of someone else.
            if told.get("sub") != claims["sub"]:
                raise OAuth2Error("The user info is not that of the ID token")
            claims = told | claims
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            key = self._key_of(jwt.get_unverified_header(id_token))
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=key,
                algorithms=list(ALGORITHMS),
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=LEEWAY_SECONDS,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except (jwt.PyJWTError, TypeError, ValueError) as error:
            raise OAuth2Error("The ID token is not valid") from error
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The ID token was issued to another client")
        return claims

    def _key_of(self, header: dict[str, Any]) -> Any:
        """The provider's public key that the token names; its only one when it names none."""
        from allauth.socialaccount.adapter import get_adapter

        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("The ID token is not signed by a key pair")
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            listed = answer.json().get("keys", [])
        keys = [key for key in listed if key.get("use", "sig") == "sig"]
        named = [key for key in keys if key.get("kid") == header.get("kid")]
        found = named or (keys if "kid" not in header and len(keys) == 1 else [])
        if not found or found[0].get("kty") == "oct":
            raise OAuth2Error("The ID token is signed by a key the provider does not list")
        return jwt.PyJWK.from_dict(found[0], algorithm=algorithm).key

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the provider sends the browser back to; registered there."""
        url: str = build_absolute_uri(request, reverse("oidc_callback"))
        return url


class OidcProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth ships no stubs
    """The one provider of the settings."""

    id = PROVIDER
    name = "OpenID Connect"
    oauth2_adapter_class = OidcConnection
    uses_apps: ClassVar[bool] = True

    def get_oauth2_adapter(self, request: HttpRequest) -> OidcConnection:
        """The conversation with it."""
        return OidcConnection(request)

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        """Where signing in by it begins."""
        return reverse("oidc_login")

    def get_callback_url(self) -> str:
        """Where it sends the browser back to."""
        return reverse("oidc_callback")

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """What we ask for; a link cannot ask for more."""
        scope: list[str] = self.get_scope()
        return scope

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        """What we send along; a link cannot add to it."""
        params: dict[str, Any] = self.get_auth_params()
        return params

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """What is kept of what the provider said: nothing but the subject, which is the key."""
        return {}


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # no stubs
    """Whom a sign-in by the provider lets in."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[Any]:
        """The provider of the settings; rows of the database open no door."""
        apps = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for listed in apps.values() for app in listed]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """allauth opens no account; ``pre_social_login`` does where the office wants it."""
        return False

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Back to the profile."""
        return reverse("account_profile")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Say in the log why, and nothing of who."""
        log.warning(
            "oidc_failed",
            error=str(error),
            exception=type(exception).__name__ if exception else None,
            # Ours are sentences without data; those of others may hold an answer's body.
            detail=str(exception) if str(exception).startswith("The ") else None,
        )

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account of a subject that is connected to none, or turn it away."""
        process = sociallogin.state.get("process")
        if sociallogin.is_existing or process == AuthProcess.CONNECT:
            return
        user = _owner_of_email(sociallogin) or _opened(sociallogin)
        if process != AuthProcess.LOGIN or user is None:
            context = {"provider_name": settings.OIDC.name}
            page = render(request, "socialaccount/refused.html", context, status=403)
            raise ImmediateHttpResponse(page)
        with acting(user, "Connected at the first sign-in by the identity provider"):
            sociallogin.connect(request, user)


def _verified_email(sociallogin: SocialLogin) -> str:
    return next((mail.email for mail in sociallogin.email_addresses if mail.verified is True), "")


def _owner_of_email(sociallogin: SocialLogin) -> User | None:
    """The one account with the address that the provider verified, if the office goes by that.

    None where two accounts share it, and where the account is connected to another subject: an
    address that was given to a new person does not hand over the old one's account.
    """
    email = _verified_email(sociallogin)
    if not settings.OIDC.match_email or not email:
        return None
    owners = User.objects.filter(email__iexact=email)[:2]
    if len(owners) != 1 or SocialAccount.objects.filter(user=owners[0]).exists():
        return None
    return owners[0]


def _opened(sociallogin: SocialLogin) -> User | None:
    """A new account without any role, if the office opens accounts that way.

    Not for an address that an account already has: whose it is, an administrator decides.
    """
    email = _verified_email(sociallogin)
    if not settings.OIDC.open_accounts:
        return None
    if email and User.objects.filter(email__iexact=email).exists():
        return None
    suggested = sociallogin.user
    return open_account_without_password(
        free_username(suggested.username or email or sociallogin.account.uid),
        actor="system:oidc",
        reason="First sign-in by the identity provider",
        first_name=suggested.first_name,
        last_name=suggested.last_name,
        email=email,
    )


def free_username(suggested: str) -> str:
    """``suggested`` without what a username may not have, and a number behind it when taken."""
    base = "".join(letter for letter in suggested if letter.isalnum() or letter in "@.+-_")[:140]
    base = base or "person"
    taken = {
        name.lower()
        for name in User.objects.filter(username__istartswith=base).values_list(
            "username", flat=True
        )
    }
    candidates = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(name for name in candidates if name.lower() not in taken)


FAILURES = (OAuth2Error, RequestException, json.JSONDecodeError)
"""What talking to the provider may raise."""
