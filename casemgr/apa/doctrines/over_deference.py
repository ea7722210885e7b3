"""over-deference: deference to a national-security judgment does not supply missing facts.

Holder v. Humanitarian Law Project, 561 U.S. 1 (2010); Xiaomi Corp. v. Dep't of Defense, No. 21-280
(D.D.C. Mar. 12, 2021).
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import ElementView
from casemgr.words import Severity

AUTHORITIES = (
    "Holder v. Humanitarian Law Project, 561 U.S. 1 (2010)",
    "Xiaomi Corp. v. Dep't of Defense, No. 21-280 (D.D.C. Mar. 12, 2021)",
)


def over_deference(view: ElementView) -> Iterator[Flag]:
    """Raised when the finding leans on deference and the evidence alone would not do."""
    if view.finding is None or not view.finding.relies_on_deference or view.meets:
        return
    yield Flag(
        doctrine="over-deference",
        severity=Severity.ADVISORY,
        statement=f"{view.where}: the finding leans on deference where the evidence falls short.",
        authorities=AUTHORITIES,
        cures=("Put facts in the place of the appeal to deference.",),
    )
