"""Going through the door: passwords, codes, and confirming that it is oneself."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client
from django.urls import reverse

from access.models import User
from tests.access.factories import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enter(user: User, client: Client | None = None, **headers: Any) -> tuple[Client, Any]:
    """A browser that gave the right password, and the answer to it."""
    client = client or Client(**headers)
    given = {"login": user.username, "password": PASSWORD}
    return client, client.post(reverse("account_login"), given)


def signed_in(user: User) -> Client:
    """A browser in which ``user`` signed in by password and has just confirmed it."""
    client, answer = enter(user)
    assert answer.status_code == 302, answer.content
    assert is_in(client), "the password alone did not open the door"
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    """Whether the browser has a session of someone."""
    return "_auth_user_id" in client.session


def code_for(secret: str = SECRET, steps: int = 0) -> str:
    """What an authenticator app shows for a secret; ``steps`` half-minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(user: User, secret: str = SECRET) -> Authenticator:
    """Give ``user`` an authenticator app."""
    factor: Authenticator = TOTP.activate(user, secret).instance
    return factor


def secret_of(user: User) -> str:
    """The secret of the person's app."""
    factor = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    found: str = decrypt(factor.data["secret"])
    return found
