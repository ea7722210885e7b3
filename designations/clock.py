"""What day it is for the agency."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def today() -> date:
    """The calendar day now in ``DECISION_TIME_ZONE``, in which decision days begin and end."""
    return datetime.now(ZoneInfo(settings.DECISION_TIME_ZONE)).date()
