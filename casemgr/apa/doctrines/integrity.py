"""integrity: unauthenticated or altered material carries no weight.

Chain-of-custody practice; Fed. R. Evid. 901 and 902(13)-(14) by analogy.
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.sufficiency import Entry
from casemgr.apa.view import ElementView, keys, listed
from casemgr.words import Severity
from evidence.words import Integrity

AUTHORITIES = ("Fed. R. Evid. 901 (by analogy)", "Fed. R. Evid. 902(13)-(14) (by analogy)")


def integrity(view: ElementView) -> Iterator[Flag]:
    """Raised when support with a gap, a loss or no exhibit carries the element.

    Advisory where the item is struck, and where material is lost and the element carries without.
    Cured by re-acquiring the material, or a custodian's declaration.
    """
    struck = [(e, why) for e, doctrine, why in view.struck if doctrine == "integrity"]
    if struck:
        named = keys(entry for entry, _ in struck)
        yield Flag(
            doctrine="integrity",
            severity=Severity.ADVISORY,
            statement=f"{view.where}: {listed(named)} is left out: {struck[0][1]}.",
            evidence=named,
            authorities=AUTHORITIES,
            cures=("Re-acquire the material from its source with a custody record.",),
            subject=",".join(named),
        )
    if not view.weighed or not any(map(_flawed, view.supports)):
        return
    if view.carries_without(_flawed):
        yield from _lost(view)
        return
    flawed = keys(entry for entry in view.supports if _flawed(entry))
    yield Flag(
        doctrine="integrity",
        severity=Severity.MODERATE,
        statement=(
            f"{view.where}: the support rests on {listed(flawed)}, held as a citation only, lost, "
            "or with a gap in custody."
        ),
        evidence=flawed,
        authorities=AUTHORITIES,
        cures=(
            f"Acquire the originals behind {listed(flawed)} as exhibits.",
            "Or obtain a custodian's declaration.",
        ),
    )


def _lost(view: ElementView) -> Iterator[Flag]:
    lost = keys(e for e in view.supports if e.provenance.item.integrity is Integrity.LOST)
    if lost:
        yield Flag(
            doctrine="integrity",
            severity=Severity.ADVISORY,
            statement=(
                f"{view.where}: {listed(lost)} cannot be produced as it was received; the element "
                "carries without."
            ),
            evidence=lost,
            authorities=AUTHORITIES,
            cures=(f"Re-acquire the material behind {listed(lost)} with a custody record.",),
            subject="lost",
        )


def _flawed(entry: Entry) -> bool:
    return entry.provenance.flawed
