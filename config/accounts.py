"""Accounts are opened by an administrator, never by a visitor."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no stubs
    """allauth's account rules with self-registration closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a visitor may open an account: no."""
        return False
