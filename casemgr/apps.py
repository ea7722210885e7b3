"""Application configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CasemgrConfig(AppConfig):
    """The work: cases, links, findings, the review engine, records."""

    name = "casemgr"
    verbose_name = "Cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have triggers and privileges follow the tables, and tell evidence who rests on it.

        And how to remember for as long as nothing changes.
        """
        from casemgr.docketing.remembered import memory_of
        from casemgr.ledger.triggers import after_migrate
        from casemgr.resting import teams_with_cases_on
        from evidence.lineage import ask_also
        from evidence.search.counted import remember_with

        ask_also(teams_with_cases_on)
        remember_with(memory_of)

        # Sent by each app once all of them are migrated; the last one to send it is enough,
        # and ours depends on all the others.
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="casemgr.ledger")
