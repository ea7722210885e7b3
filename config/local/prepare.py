"""Bring the database up to date: schema, law, demonstration docket, accounts, static files.

Runs as the tables' owner. Every step may be repeated and changes nothing the second time.
"""

import sys
from io import StringIO

import django
from django.conf import settings
from django.core.management import CommandError, call_command

from config.environment import PROJECT

DEMONSTRATION_TEAM = "demo"
DEMONSTRATION_ACTOR = "analyst"
DEMONSTRATION = PROJECT / "casemgr" / "demo"


def prepare(url: str) -> None:
    """Run every step; `url` is where the web process will answer."""
    if not settings.STATICFILES_DIRS:
        raise CommandError(
            "The style sheets of the pages are not built. Use `make run`, which builds them, or "
            "`make .assets/.built`."
        )
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_library")
    # The accounts come first, for the docket is imported into their team; they are shown last.
    accounts = StringIO()
    call_command("demo_accounts", address=url, stdout=accounts)
    for file in sorted(DEMONSTRATION.glob("*.yaml")):
        call_command(
            *("docket", "import", str(file), "--once"),
            *("--team", DEMONSTRATION_TEAM, "--actor", DEMONSTRATION_ACTOR),
            *("--reason", "The demonstration docket, as publicly reported and not verified"),
        )
    call_command("demo_work")
    call_command("collectstatic", interactive=False, verbosity=0)
    print(accounts.getvalue(), end="", flush=True)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if settings.ENVIRONMENT.production:
        sys.exit("The demonstration is never loaded in production.")
    try:
        prepare(sys.argv[1])
    except CommandError as error:
        sys.exit(f"casemgr: {error}")
