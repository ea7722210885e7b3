"""Keys of providers' portals."""

from datetime import timedelta

from django.utils import timezone

from access.models import ApiToken, User
from evidence.actions.portals import issue_portal_key


def key_of(account: User) -> tuple[ApiToken, str]:
    """A key of the portal with this account, and its value."""
    expires = timezone.now() + timedelta(days=1)
    return issue_portal_key(
        account.portal, "a program of theirs", expires, actor="system:test", reason="a test"
    )
