"""Background work on evidence."""

from celery import shared_task

from evidence.actions import integrity
from evidence.actions.intake import TAKE_IN, take_in_next, tend_intakes


@shared_task(name=TAKE_IN)
def take_in() -> None:
    """Take in the file that waits longest, and pass the invitation on."""
    if take_in_next():
        tend_intakes(at_most=1)


@shared_task(name=integrity.READ_AGAIN)
def read_again() -> int:
    """Go on with the nightly reading of every exhibit."""
    return integrity.go_on_reading()


@shared_task(name="evidence.read_sample")
def read_sample() -> int:
    """Every hour: exhibits that are not whole, and some by chance."""
    return integrity.read_sample()
