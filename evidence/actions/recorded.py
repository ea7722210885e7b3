"""The frame of every action: one transaction, with its actor and reason, and a hint after it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from access.actor import Actor, acting
from evidence.nudge import nudge


@contextmanager
def recorded(actor: Actor | str, reason: str) -> Iterator[None]:
    """Everything inside happens or nothing does, under this name and for this reason.

    When it has happened, a worker is asked to assess what changed.
    """
    with transaction.atomic(), acting(actor, reason):
        yield
        transaction.on_commit(nudge, robust=True)
