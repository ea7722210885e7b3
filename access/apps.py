"""The lowest app: people, teams, markings, tokens and the shared doors of the API."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Accounts and the rules of who may see and do what."""

    name = "access"
    verbose_name = "Accounts and access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the OpenAPI document know our authentication."""
        from access.api import schema  # noqa: F401 - importing registers it
