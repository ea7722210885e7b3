"""Remove someone's second factors at the server's own terminal.

For the office whose administrators cannot confirm each other's reset: the only one lost the
authenticator, or two are too few. Whoever can run this can read the database anyway.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from access.actions import confirm_factor_reset, request_factor_reset
from access.models import User

ACTOR = "system:terminal"


class Command(BaseCommand):
    """``manage.py reset_factors USERNAME --reason "…"``."""

    help = "Remove the second factors of an account and sign it out everywhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The account and the reason, which goes into the history."""
        parser.add_argument("username")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, username: str = "", reason: str = "", **options: Any) -> None:
        """Both steps at once, recorded as done at the terminal."""
        try:
            user = User.objects.get(username=username)
            with transaction.atomic():
                reset = request_factor_reset(user, actor=ACTOR, reason=reason)
                confirm_factor_reset(reset, actor=ACTOR, reason=reason)
        except User.DoesNotExist as error:
            raise CommandError(f"No account is named {username}.") from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"The second factors of {username} are removed and its sessions ended.")
