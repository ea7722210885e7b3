"""First assessments of made-up cases, by the engine that assesses every case."""

from collections.abc import Callable

from casemgr.models import Case
from casemgr.reassess.assess import assess_cases
from casemgr.reassess.drain import drain_all
from casemgr.seeding.plan import Plan

TOGETHER = 100
"""Cases whose records are read and whose outcomes are written in one transaction."""


def assess_seeded(plan: Plan, limit: int, tell: Callable[[int], None] = lambda done: None) -> int:
    """Assess up to ``limit`` cases of the set that never were, in the order of their keys.

    The changes of the seeding are followed first, so that nothing marks the cases stale again
    afterwards. Returns how many were assessed.
    """
    drain_all()
    waiting = Case.objects.filter(key__startswith=plan.prefix).never_assessed()
    keys = list(waiting.order_by("key").values_list("key", flat=True)[:limit])
    done = 0
    for first in range(0, len(keys), TOGETHER):
        done += len(assess_cases(keys[first : first + TOGETHER]))
        tell(done)
    return done
