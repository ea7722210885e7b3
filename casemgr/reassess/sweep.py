"""Nothing is left behind: whatever a hint missed, the sweep finds in the database."""

import time

from django.db.models import Exists, OuterRef

from casemgr.assemble import NotPinnedError
from casemgr.clock import decision_day
from casemgr.models import Case, GradeDay, StaleMark
from casemgr.reassess.assess import Occasion, assess_case
from casemgr.reassess.drain import drain_all

BUDGET = 60.0
"""Seconds one run may take; the next one goes on."""


def assess_stale(seconds: float = BUDGET) -> int:
    """Drain the changes and assess the cases marked stale, longest-waiting first.

    Returns how many were assessed. A case that another worker has in hand stays marked.
    """
    drain_all()
    until = time.monotonic() + seconds
    keys = (
        Case.objects.filter(stale_marks__isnull=False)
        .order_by("stale_marks__pk")
        .values_list("key", flat=True)
    )
    return _assess(dict.fromkeys(keys), Occasion.CHANGE, until)


def assess_day(seconds: float = BUDGET) -> int:
    """Assess the open cases not yet assessed on the present day, because time is a dependency.

    What was fresh yesterday may be stale today, and a version of the law may have come into
    force. Returns how many were assessed.
    """
    until = time.monotonic() + seconds
    today = GradeDay.objects.filter(case=OuterRef("pk"), on=decision_day())
    waiting = Case.objects.undecided().filter(~Exists(today))
    keys = waiting.order_by("pk").values_list("key", flat=True)
    return _assess(dict.fromkeys(keys), Occasion.CALENDAR, until)


def sweep(seconds: float = BUDGET) -> int:
    """What changed first, then the calendar; returns how many cases were assessed."""
    started = time.monotonic()
    done = assess_stale(seconds)
    return done + assess_day(seconds - (time.monotonic() - started))


def _assess(keys: dict[str, None], occasion: Occasion, until: float) -> int:
    done = 0
    for key in keys:
        if time.monotonic() >= until:
            break
        try:
            done += assess_case(key, occasion) is not None
        except NotPinnedError:
            # No version of the law holds today (its first pin begins later): there is nothing to
            # judge yet, and the marks have said what they had to say.
            StaleMark.objects.filter(case__key=key).delete()
    return done
