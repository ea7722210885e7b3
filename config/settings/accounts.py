"""How people sign in: allauth's settings, and which of its doors are open here."""

from typing import Any

from config.environment import Environment
from config.variables import OidcSettings


def signing_in(environment: Environment) -> dict[str, Any]:
    """Settings of allauth. Accounts are made by an administrator; no mail server is needed."""
    return {
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/",
        "LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_ADAPTER": "access.accounts.adapters.ClosedAccountAdapter",
        "ACCOUNT_FORMS": {"login": "access.accounts.forms.SignInForm"},
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*", "password2*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_EMAIL_NOTIFICATIONS": False,
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_RATE_LIMITS": {
            "login": "30/m/ip",
            "login_failed": "10/m/ip,5/5m/key",
            "setup_code": "10/m/ip",
        },
        # Behind a proxy every request has the proxy's address, and one person's wrong passwords
        # would close the door to all. The proxy writes the last address of X-Forwarded-For.
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1 if environment.behind_tls_proxy else 0,
        # Second factors
        "MFA_ADAPTER": "access.accounts.adapters.FactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_FORMS": {
            "add_webauthn": "access.accounts.forms.PasskeyForm",
            "authenticate": "access.accounts.forms.FactorForm",
        },
        # Whoever may change e-mail addresses here is an administrator, who checked them.
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "SECOND_FACTOR_REQUIRED_FOR": environment.second_factor_required_for,
        # The identity provider
        "SOCIALACCOUNT_ADAPTER": "access.accounts.oidc.ProviderAdapter",
        "SOCIALACCOUNT_PROVIDERS": {"oidc": {"APP": _app(environment.oidc)}}
        if environment.oidc
        else {},
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "OIDC": environment.oidc,
    }


def _app(oidc: OidcSettings) -> dict[str, Any]:
    return {
        "name": oidc.name,
        "provider_id": "oidc",
        "client_id": oidc.client_id,
        "secret": oidc.client_secret,
        "settings": {
            "server_url": oidc.issuer,
            "oauth_pkce_enabled": True,
            # All that is used of a person is in the signed token.
            "fetch_userinfo": False,
        },
    }
