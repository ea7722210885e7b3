"""untested-theory: courts decide law for themselves.

Loper Bright Enters. v. Raimondo, 603 U.S. 369 (2024); Van Loon v. Dep't of the Treasury, 122 F.4th
549 (5th Cir. 2024).
"""

from collections.abc import Iterator

from casemgr.apa.report import Adjustment, Flag
from casemgr.apa.view import ElementView
from casemgr.words import Severity
from designations.words import Settledness

AUTHORITIES = (
    "Loper Bright Enters. v. Raimondo, 603 U.S. 369 (2024)",
    "Van Loon v. Dep't of the Treasury, 122 F.4th 549 (5th Cir. 2024)",
)
START = {Settledness.UNTESTED: Severity.SERIOUS, Settledness.CONTESTED: Severity.MODERATE}


def untested_theory(view: ElementView) -> Iterator[Flag | Adjustment]:
    """Raised on an element of any kind whose legal theory is untested or contested.

    A legal memorandum in the record lowers it to advisory, and never lower while untested.
    """
    if view.settled not in START:
        return
    severity = START[view.settled]
    if view.memoranda:
        yield Adjustment(
            doctrine="untested-theory",
            from_=severity.value,
            to=Severity.ADVISORY.value,
            why="a legal memorandum on the theory is in the record",
        )
        severity = Severity.ADVISORY
    yield Flag(
        doctrine="untested-theory",
        severity=severity,
        statement=f"{view.where} turns on a legal theory that is {view.settled}.",
        evidence=view.memoranda,
        authorities=AUTHORITIES,
        cures=(
            "Put a legal memorandum on the theory in the record and link it here.",
            "Give an alternative ground that does not need the theory.",
        ),
    )
