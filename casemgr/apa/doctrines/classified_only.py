"""classified-only: closed material may be used, but fairness asks for a summary where possible.

50 U.S.C. § 1702(c); Al Haramain Islamic Found. v. Treasury, 686 F.3d 965 (9th Cir. 2012); Fares v.
Smith, 249 F. Supp. 3d 115 (D.D.C. 2017) (redacted record plus summaries: enough). A designee
without substantial ties to the United States has no due-process claim: Rakhimov v. Gacki, No.
19-2554 (D.D.C. Apr. 20, 2020); Bazzi v. Gacki, 468 F. Supp. 3d 70 (D.D.C. 2020).
"""

from collections.abc import Iterator

from casemgr.apa.report import Adjustment, Flag
from casemgr.apa.sufficiency import Entry
from casemgr.apa.view import ElementView, keys, listed
from casemgr.words import Severity
from designations.words import UsPresence

AUTHORITIES = (
    "50 U.S.C. § 1702(c)",
    "Al Haramain Islamic Found. v. Treasury, 686 F.3d 965 (9th Cir. 2012)",
    "Fares v. Smith, 249 F. Supp. 3d 115 (D.D.C. 2017)",
    "Rakhimov v. Gacki, No. 19-2554 (D.D.C. Apr. 20, 2020)",
)


def classified_only(view: ElementView) -> Iterator[Flag | Adjustment]:
    """Raised when classified, privileged or withheld support without a summary carries the element.

    Moderate where the designee has no U.S. presence or property. Under full review, material
    withheld from the court is struck. Cured by a summary, or public corroboration.
    """
    struck = keys(entry for entry, doctrine, _ in view.struck if doctrine == "classified-only")
    if struck:
        yield _flag(
            view,
            Severity.ADVISORY,
            f"{listed(struck)} is left out: withheld from the court",
            struck,
        )
    closed = [entry for entry in view.supports if _closed(entry)]
    if not view.weighed or not closed or view.carries_without(_closed):
        return
    severity = Severity.SERIOUS
    if view.setting.us_presence is UsPresence.NONE:
        severity = Severity.MODERATE
        yield Adjustment(
            doctrine="classified-only",
            from_="serious",
            to="moderate",
            why="the designee has no presence or property in the United States",
        )
    yield _flag(
        view,
        severity,
        f"{listed(keys(closed))}, closed to the designee and not summarized, carries the element",
        keys(closed),
    )


def _closed(entry: Entry) -> bool:
    return entry.provenance.closed


def _flag(view: ElementView, severity: Severity, what: str, evidence: tuple[str, ...]) -> Flag:
    return Flag(
        doctrine="classified-only",
        severity=severity,
        statement=f"{view.where}: {what}.",
        evidence=evidence,
        authorities=AUTHORITIES,
        cures=(
            f"Prepare an unclassified summary of {listed(evidence)} and give it to the designee.",
            "Or corroborate the point with public material.",
        ),
        subject=",".join(evidence),
    )
