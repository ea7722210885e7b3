"""integrity: unauthenticated or altered material carries no weight.

Chain-of-custody practice; Fed. R. Evid. 901 and 902(13)-(14) by analogy.
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.sufficiency import Entry
from casemgr.apa.view import ElementView, keys, listed
from casemgr.words import Severity

AUTHORITIES = ("Fed. R. Evid. 901 (by analogy)", "Fed. R. Evid. 902(13)-(14) (by analogy)")


def integrity(view: ElementView) -> Iterator[Flag]:
    """Raised when support with a gap, a loss or no exhibit carries the element; advisory if struck.

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
    if not view.weighed or not any(map(_flawed, view.supports)) or view.carries_without(_flawed):
        return
    flawed = keys(entry for entry in view.supports if _flawed(entry))
    yield Flag(
        doctrine="integrity",
        severity=Severity.MODERATE,
        statement=(
            f"{view.where}: the support rests on {listed(flawed)}, held as a citation only or "
            "with a gap in custody."
        ),
        evidence=flawed,
        authorities=AUTHORITIES,
        cures=(
            f"Acquire the originals behind {listed(flawed)} as exhibits.",
            "Or obtain a custodian's declaration.",
        ),
    )


def _flawed(entry: Entry) -> bool:
    return entry.provenance.flawed
