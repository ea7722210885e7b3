"""Asking a worker to look at what changed, soon.

Evidence knows of no cases; it names the task that follows changes, and whoever keeps cases
answers to that name.
"""

import logging
import time
from typing import Any
from weakref import WeakKeyDictionary

from celery import Celery, current_app
from kombu.exceptions import OperationalError

DRAIN = "casemgr.drain"
COUNTDOWN = 2
"""Seconds: a burst of edits is assessed once."""

# A hint sent this short a while ago has yet to be taken up, and what it finds then includes what
# was committed by now: an import of a thousand items sends a few hints.
_SAME_BURST = COUNTDOWN / 2
_sent: WeakKeyDictionary[Celery, float] = WeakKeyDictionary()

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


def nudge(queue: Celery | None = None) -> None:
    """Send the hint on ``queue``, the project's own unless another is given.

    Without a broker the sweep finds the work; nothing is lost, it only happens later.
    """
    queue = current_app._get_current_object() if queue is None else queue
    now = time.monotonic()
    if now - _sent.get(queue, float("-inf")) < _SAME_BURST:
        return
    if hint(DRAIN, queue, countdown=COUNTDOWN, expires=300):
        _sent[queue] = now


def hint(task: str, queue: Celery | None = None, **options: Any) -> bool:
    """Ask for ``task`` once; whether a broker took the message. Nobody waits for one long."""
    queue = current_app._get_current_object() if queue is None else queue
    transport = {**queue.conf.broker_transport_options, **_IMPATIENT}
    try:
        with queue.connection_for_write(transport_options=transport) as connection:
            queue.send_task(task, retry=False, connection=connection, **options)
    except OperationalError:
        log.warning("no broker answered; the next sweep will find the work")
        return False
    return True
