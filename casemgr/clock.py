"""What day it is where decisions are taken."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from designations.clock import today


def decision_day() -> date:
    """The calendar day now in DECISION_TIME_ZONE.

    A decision day ends there and not in UTC: what enters at eight in the evening in Washington
    entered that day.
    """
    return today()


def end_of(day: date) -> datetime:
    """The moment at which ``day`` is over in DECISION_TIME_ZONE."""
    zone = ZoneInfo(settings.DECISION_TIME_ZONE)
    return datetime.combine(day + timedelta(days=1), time(), zone)


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in DECISION_TIME_ZONE."""
    return moment.astimezone(ZoneInfo(settings.DECISION_TIME_ZONE)).date()
