"""Background work. The database is the truth and messages are hints.

A killed worker's message comes back only after the visibility timeout, so nothing relies on it:
the sweep finds work that was left behind. Tasks are named by string.
"""

from typing import Any

from celery.schedules import crontab
from kombu.entity import Queue

from config.environment import Environment

SWEEP_SECONDS = 30
HINTS, JOBS, MAIL = "celery", "jobs", "mail"
"""A worker takes from all in turn, so that what someone just changed never waits behind a job.

What leaves the house has a queue of its own: where workers open files of strangers, another one
that opens none can be the only one with a way out (docker-compose.yml).
"""


def celery_for(environment: Environment) -> dict[str, Any]:
    """Celery's settings, without their CELERY_ prefix."""
    return {
        "BROKER_URL": environment.redis.url if environment.redis else "memory://",
        "BROKER_TRANSPORT_OPTIONS": {"visibility_timeout": 3600, "global_keyprefix": "casemgr:"},
        "BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        "TASK_DEFAULT_QUEUE": HINTS,
        "TASK_QUEUES": [Queue(name) for name in (HINTS, JOBS, MAIL)],  # type: ignore[no-untyped-call]
        "TASK_ROUTES": {
            "casemgr.assess_portfolio_part": {"queue": JOBS},
            "evidence.take_in": {"queue": JOBS},
            "evidence.read_again": {"queue": JOBS},
            "evidence.read_sample": {"queue": JOBS},
            "casemgr.compute_figures_part": {"queue": JOBS},
            "casemgr.send_digests": {"queue": MAIL},
        },
        "RESULT_BACKEND": None,
        "TASK_IGNORE_RESULT": True,
        "TASK_ACKS_LATE": True,
        "TASK_REJECT_ON_WORKER_LOST": True,
        "WORKER_PREFETCH_MULTIPLIER": 1,
        "WORKER_HIJACK_ROOT_LOGGER": False,
        "TASK_TIME_LIMIT": 900,
        "TASK_SOFT_TIME_LIMIT": 840,
        "TIMEZONE": environment.decision_time_zone.key,
        "BEAT_SCHEDULE": {
            "sweep": {
                "task": "casemgr.sweep",
                "schedule": SWEEP_SECONDS,
                # A sweep that waited longer than one period is replaced by the next one.
                "options": {"expires": SWEEP_SECONDS},
            },
            "read-a-sample": {
                "task": "evidence.read_sample",
                "schedule": crontab(minute=20),
                "options": {"expires": 3600},
            },
            "forget-ended-sessions": {
                "task": "access.forget_ended_sessions",
                "schedule": crontab(hour=3, minute=40),
            },
            "digests": {
                "task": "casemgr.send_digests",
                # Every hour from then on: who was written to today is passed over, and whom a
                # failing mail server kept from it is tried again.
                "schedule": crontab(minute=0, hour=f"{environment.digest_hour}-23"),
                "options": {"expires": 3600},
            },
        },
    }
