"""What allauth asks of the product: who may open an account, and how factors are kept."""

import base64
import secrets
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest

from access.accounts.factors import is_last_required
from access.models import User

log = structlog.get_logger("casemgr.accounts")


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no stubs
    """allauth's account rules with self-registration closed: an administrator opens accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "This code is not right. Enter the one shown now; each works once.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a visitor may open an account: no."""
        return False


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no stubs
    """Second factors: secrets encrypted at rest, and the last one kept where one is required."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Your account must have a second factor. Add another one "
        "first, then remove this one.",
        "incorrect_code": "This code is not right. Enter the one shown now; each works once.",
    }

    def encrypt(self, text: str) -> str:
        """Encrypt under the first of the service's secret keys."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What ``encrypt`` was given.

        A secret that no key opens (SECRET_KEY was changed and the old one not kept) becomes one
        that nobody has: the code is refused like any wrong one, and the log says why.
        """
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.error("factor_unreadable", hint="name the former key in SECRET_KEY_FORMER")
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether the person may do without it."""
        return not is_last_required(authenticator)

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """A name to begin with, which the person may change."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return "Passkey" if not count else f"Passkey {count + 1}"

    def get_totp_issuer(self) -> str:
        """The name under which an authenticator app lists the account."""
        return f"casemgr {self.request.get_host()}" if self.request else "casemgr"

    def get_totp_label(self, user: User) -> str:
        """The account in that list; never an e-mail address."""
        return user.get_username()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name a passkey is kept under: the host people use, without its port."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "casemgr"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """What a passkey manager shows: the name of the account."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"name": user.get_username()}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail: the service may run without any mail server. The history has the change."""


def _cipher() -> MultiFernet:
    """The first key encrypts, the others still decrypt."""
    return MultiFernet(
        [_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _fernet(secret_key: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"casemgr second factors").derive(
        secret_key.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))
