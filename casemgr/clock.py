"""What day it is where decisions are taken."""

from datetime import date

from designations.clock import today


def decision_day() -> date:
    """The calendar day now in DECISION_TIME_ZONE.

    A decision day ends there and not in UTC: what enters at eight in the evening in Washington
    entered that day.
    """
    return today()
