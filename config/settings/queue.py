"""Background work. The database is the truth and messages are hints.

A killed worker's message comes back only after the visibility timeout, so nothing relies on it:
the sweep finds work that was left behind. Tasks are named by string.
"""

from typing import Any

from config.environment import Environment

SWEEP_SECONDS = 30


def celery_for(environment: Environment) -> dict[str, Any]:
    """Celery's settings, without their CELERY_ prefix."""
    return {
        "BROKER_URL": environment.redis.url if environment.redis else "memory://",
        "BROKER_TRANSPORT_OPTIONS": {"visibility_timeout": 3600, "global_keyprefix": "casemgr:"},
        "BROKER_CONNECTION_RETRY_ON_STARTUP": True,
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
        },
    }
