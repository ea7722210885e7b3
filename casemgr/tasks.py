"""Background work: thin wrappers around functions that anyone may call."""

from celery import shared_task

from casemgr import digests
from casemgr.clock import decision_day
from casemgr.reassess import assess as assessing
from casemgr.reassess import portfolio
from casemgr.reassess import sweep as sweeping
from evidence import recompute
from evidence.actions.intake import tend_intakes
from evidence.actions.integrity import tend_reading
from evidence.actions.uploads import tend_uploads
from evidence.jobs.invite import TASK_OF, invite
from evidence.jobs.keeping import tend_jobs
from evidence.models import Job, JobKind
from evidence.nudge import DRAIN


@shared_task(name=DRAIN)
def drain() -> int:
    """Follow what changed and assess the cases it touches."""
    return sweeping.assess_stale()


@shared_task(name="casemgr.assess_case")
def assess_case(case_key: str) -> None:
    """Assess one case because someone asked."""
    assessing.assess_case(case_key, assessing.Occasion.DEMAND)


@shared_task(name=TASK_OF[JobKind.PORTFOLIO])
def assess_portfolio_part(job_key: str) -> None:
    """Assess the cases of one part of a portfolio run, and pass the invitation on."""
    job = Job.objects.get(key=job_key)
    if portfolio.assess_part(job):
        invite(job, at_most=1)


@shared_task(name=TASK_OF[JobKind.FIGURES])
def compute_figures_part(job_key: str) -> None:
    """Read an item's datasets, compute its figures and check its claims."""
    recompute.compute_part(Job.objects.get(key=job_key))


@shared_task(name="casemgr.sweep")
def sweep() -> int:
    """Every thirty seconds: work left behind, whatever is stale, what the day has not yet seen."""
    tend_jobs()
    tend_uploads()
    tend_intakes()
    tend_reading()
    return sweeping.sweep()


@shared_task(name="casemgr.send_digests")
def send_digests() -> int:
    """Every hour of the day: write to those who have something unread and were not told today."""
    return digests.send_digests(decision_day())
