"""Application configuration."""

from django.apps import AppConfig


class CasemgrConfig(AppConfig):
    """The work: cases, links, findings, the review engine, records."""

    name = "casemgr"
    verbose_name = "Cases"
    default_auto_field = "django.db.models.BigAutoField"
