"""Application configuration."""

from django.apps import AppConfig


class DesignationsConfig(AppConfig):
    """The law and its targets: authority library, designees, ownership."""

    name = "designations"
    verbose_name = "Designations"
    default_auto_field = "django.db.models.BigAutoField"
