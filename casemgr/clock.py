"""What day it is where decisions are taken."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def decision_day(moment: datetime | None = None) -> date:
    """The calendar day of ``moment`` (default: now) in DECISION_TIME_ZONE.

    A decision day ends there and not in UTC: what enters at eight in the evening in Washington
    entered that day.
    """
    zone = ZoneInfo(settings.DECISION_TIME_ZONE)
    return (moment or timezone.now()).astimezone(zone).date()
