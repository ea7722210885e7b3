"""Which pin holds on a day."""

from collections.abc import Iterable
from datetime import date

from casemgr.models import Case, Pin


def current_pin(case: Case, day: date | None) -> Pin | None:
    """The pin whose range holds ``day``; None where none does.

    Without a day (the whole record is read, in a file that states none) the first pin counts.
    """
    pins = case.pins.select_related("version__authority").order_by("pk")
    # The whole text of the law, which is read apart where it is needed.
    return choose_pin(pins.defer("version__body", "version__readings"), day)


def choose_pin(pins: Iterable[Pin], day: date | None) -> Pin | None:
    """The same choice among pins already read, given in the order they were made."""
    for pin in pins:
        if day is None:
            return pin
        begun = pin.entered_on is None or pin.entered_on <= day
        if begun and (pin.ended_on is None or day < pin.ended_on):
            return pin
    return None
