"""Background work on evidence."""

from celery import shared_task

from evidence.actions.intake import TAKE_IN, take_in_next, tend_intakes


@shared_task(name=TAKE_IN)
def take_in() -> None:
    """Take in the file that waits longest, and pass the invitation on."""
    if take_in_next():
        tend_intakes(at_most=1)
