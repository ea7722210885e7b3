"""Background work: thin wrappers around functions that anyone may call."""

from celery import shared_task

from casemgr.reassess import assess as assessing
from casemgr.reassess import sweep as sweeping
from evidence.nudge import DRAIN


@shared_task(name=DRAIN)
def drain() -> int:
    """Follow what changed and assess the cases it touches."""
    return sweeping.assess_stale()


@shared_task(name="casemgr.assess_case")
def assess_case(case_key: str) -> None:
    """Assess one case because someone asked."""
    assessing.assess_case(case_key, assessing.Occasion.DEMAND)


@shared_task(name="casemgr.sweep")
def sweep() -> int:
    """Every thirty seconds: whatever is stale, and whatever the day has not yet seen."""
    return sweeping.sweep()
