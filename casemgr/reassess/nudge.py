"""Asking a worker to look at what changed, soon."""

import logging

from celery import Celery, current_app
from kombu.exceptions import OperationalError

DRAIN = "casemgr.drain"
COUNTDOWN = 2
"""Seconds: a burst of edits is assessed once."""

# One attempt, soon given up: a hint is not worth making the person who saved something wait.
_IMPATIENT = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
    "socket_connect_timeout": 1,
    "socket_timeout": 2,
}

log = logging.getLogger(__name__)


def nudge(queue: Celery = current_app) -> None:
    """Send the hint on ``queue``.

    Without a broker the sweep finds the work; nothing is lost, it only happens later.
    """
    options = {**queue.conf.broker_transport_options, **_IMPATIENT}
    try:
        with queue.connection_for_write(transport_options=options) as connection:
            queue.send_task(
                DRAIN, countdown=COUNTDOWN, expires=300, retry=False, connection=connection
            )
    except OperationalError:
        log.warning("no broker answered; the next sweep will assess what changed")
