"""Asking workers to take parts of a job. The database knows what is free; messages are hints."""

import logging
from collections.abc import Mapping

from celery import current_app
from kombu.exceptions import OperationalError

from evidence.models import Job, JobKind, JobPart

TASK_OF: Mapping[JobKind, str] = {
    JobKind.PORTFOLIO: "casemgr.assess_portfolio_part",
    JobKind.FIGURES: "casemgr.compute_figures_part",
}
"""The task that takes one part of a job of this kind; its argument is the key of the job."""

AT_ONCE = 16
"""Invitations sent together: so many worker processes begin at once. Whoever finishes a part
passes the invitation on, and the sweep sends as many again."""

EXPIRES = 60
"""Seconds. An invitation that waited longer is replaced by the next sweep's."""

log = logging.getLogger(__name__)


def invite(job: Job, at_most: int = AT_ONCE) -> int:
    """Send an invitation for each free part, ``at_most`` so many; returns how many were sent.

    One too many does no harm: it finds nothing to take. Without a broker the sweep invites.
    """
    wanted = JobPart.objects.free().filter(job=job)[:at_most].count()
    try:
        for _ in range(wanted):
            current_app.send_task(
                TASK_OF[JobKind(job.kind)], args=[job.key], expires=EXPIRES, retry=False
            )
    except OperationalError:
        log.warning("no broker answered; the next sweep will ask for workers")
        return 0
    return wanted
