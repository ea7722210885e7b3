"""Background work on accounts."""

from celery import shared_task

from access.accounts.sessions import forget_ended


@shared_task(name="access.forget_ended_sessions")
def forget_ended_sessions() -> int:
    """Once a day: nothing is kept of a session that has ended."""
    return forget_ended()
