"""Asking a worker to look at what changed, soon."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

DRAIN = "casemgr.drain"
COUNTDOWN = 2
"""Seconds: a burst of edits is assessed once."""

log = logging.getLogger(__name__)


def nudge() -> None:
    """Send the hint. Without a broker the sweep finds the work; nothing is lost, only later."""
    try:
        current_app.send_task(DRAIN, countdown=COUNTDOWN, expires=300, ignore_result=True)
    except OperationalError:
        log.warning("no broker answered; the next sweep will assess what changed")
