"""reliance: a change of course must weigh what others built on the old one.

DHS v. Regents of the Univ. of Cal., 591 U.S. 1 (2020); FCC v. Fox Television Stations, 556 U.S.
502, 515 (2009); Encino Motorcars v. Navarro, 579 U.S. 211 (2016).
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import CaseView, ElementView
from casemgr.words import Severity

AUTHORITIES = (
    "DHS v. Regents of the Univ. of Cal., 591 U.S. 1 (2020)",
    "FCC v. Fox Television Stations, 556 U.S. 502, 515 (2009)",
    "Encino Motorcars v. Navarro, 579 U.S. 211 (2016)",
)


def reliance(view: ElementView | CaseView) -> Iterator[Flag]:
    """Raised by a departure from a prior position whose reliance interests are not addressed."""
    for position in view.matters.prior_positions:
        if position.reliance_addressed or (
            position.reliance_addressed is None and not view.setting.live
        ):
            continue
        yield Flag(
            doctrine="reliance",
            severity=Severity.MODERATE,
            statement=(
                f"{view.where} departs from an earlier position ({position.what}) and does not "
                "address those who relied on it."
            ),
            authorities=AUTHORITIES,
            cures=(
                "Acknowledge the change, and weigh the reliance interests against its reasons.",
            ),
            subject=position.what,
        )
