"""Application configuration."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """What is known and how: items, sources, exhibits, custody."""

    name = "evidence"
    verbose_name = "Evidence"
    default_auto_field = "django.db.models.BigAutoField"
