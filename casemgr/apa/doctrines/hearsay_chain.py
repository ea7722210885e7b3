"""hearsay-chain: hearsay is admissible in this review; its weight depends on its reliability.

Holy Land Found. for Relief & Dev. v. Ashcroft, 333 F.3d 156 (D.C. Cir. 2003); Zevallos v. Obama,
793 F.3d 106 (D.C. Cir. 2015).
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.sufficiency import Entry
from casemgr.apa.view import ElementView, keys
from casemgr.words import Severity
from evidence.words import EvidenceKind, Hand

AUTHORITIES = (
    "Holy Land Found. for Relief & Dev. v. Ashcroft, 333 F.3d 156 (D.C. Cir. 2003)",
    "Zevallos v. Obama, 793 F.3d 106 (D.C. Cir. 2015)",
)


def hearsay_chain(view: ElementView) -> Iterator[Flag]:
    """Raised when press quoting unnamed persons, or third-hand accounts, carry the element.

    Cured by the underlying document, a named declarant, or an unclassified summary.
    """
    hearsay = [entry for entry in view.supports if _hearsay(entry)]
    if not view.weighed or not hearsay or view.carries_without(_hearsay):
        return
    yield Flag(
        doctrine="hearsay-chain",
        severity=Severity.MODERATE,
        statement=(
            f"{view.where}: unnamed persons quoted by others, or third-hand accounts, carry the "
            "element; without them the support falls short."
        ),
        evidence=keys(hearsay),
        authorities=AUTHORITIES,
        cures=(
            "Obtain the document, or the named person, behind the account.",
            "If the underlying material is classified, put an unclassified summary in the record.",
        ),
    )


def _hearsay(entry: Entry) -> bool:
    if entry.provenance.item.hand is Hand.THIRD:
        return True
    anonymous = all(weighed.root.anonymous for weighed in entry.weighed)
    relayed = any(weighed.root.id != ("item", entry.key) for weighed in entry.weighed)
    return anonymous and (relayed or entry.provenance.item.kind is EvidenceKind.PRESS_REPORT)
