"""The lowest app: people, teams, markings, tokens and the shared doors of the API."""

from django.apps import AppConfig
from django.db.models.signals import pre_save


class AccessConfig(AppConfig):
    """Accounts and the rules of who may see and do what."""

    name = "access"
    verbose_name = "Accounts and access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the OpenAPI document know our authentication, and keep little of sessions."""
        from allauth.usersessions.models import UserSession

        from access.accounts.sessions import keep_little
        from access.api import schema  # noqa: F401 - importing registers it

        pre_save.connect(keep_little, sender=UserSession, dispatch_uid="access.sessions")
