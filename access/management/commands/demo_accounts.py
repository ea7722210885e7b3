"""``manage.py demo_accounts``: accounts to try the product with."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from knox.settings import knox_settings

from access.demo import PEOPLE, TEAM_KEY, prepare

DEFAULT_ADDRESS = "http://127.0.0.1:8000"


class Command(BaseCommand):
    """Makes the demonstration team with one account per role, and prints how to sign in."""

    help = (
        "Make the demonstration team, one account per role and one API token each (valid 30 days), "
        "and print them. Repeating it changes nothing. Passwords come from CASEMGR_DEMO_PASSWORD "
        "or are generated and kept in the local secrets folder. Refuses to run in production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The address that the printed curl lines use."""
        parser.add_argument("--address", default=DEFAULT_ADDRESS, help="address of the service")

    def handle(self, *args: Any, address: str = DEFAULT_ADDRESS, **options: Any) -> None:
        """Make what is missing and print everything."""
        if in_production():
            raise CommandError(
                "Demonstration accounts have known passwords and are refused in production. "
                "Open accounts in the admin site instead."
            )
        try:
            signed_in = prepare(secrets_file(), os.environ.get("CASEMGR_DEMO_PASSWORD", ""))
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"Accounts of the team {TEAM_KEY} (kept in {secrets_file()}):")
        for person in PEOPLE:
            secret = signed_in[person.username]
            role = person.role or person.standing
            self.stdout.write(f"  {role:<14}{person.username:<15}{secret['password']}")
        self.stdout.write("One line per role, with its API token:")
        for person in PEOPLE:
            token = signed_in[person.username]["token"]
            header = f"Authorization: {knox_settings.AUTH_HEADER_PREFIX} {token}"
            call = f"{address.rstrip('/')}/api/v1/{person.first_call}"
            self.stdout.write(f"  # {person.username}\n  curl -s -H '{header}' {call}")


def in_production() -> bool:
    """Whether these settings are those of a production service."""
    return bool(settings.ENVIRONMENT.production)


def secrets_file() -> Path:
    """Where the passwords and tokens are kept between runs."""
    folder = getattr(settings, "LOCAL_SECRETS", None) or settings.ENVIRONMENT.data / "secrets"
    return Path(folder) / "demo-accounts.json"
