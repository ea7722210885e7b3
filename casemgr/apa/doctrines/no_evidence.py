"""no-evidence: a finding needs evidence in the record.

5 U.S.C. § 706(2)(A), (E). Review for arbitrariness and review for substantial evidence ask the
same of facts: Ass'n of Data Processing Serv. Orgs. v. Bd. of Governors, 745 F.2d 677 (D.C. Cir.
1984).
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import BY_EVIDENCE, ElementView, keys
from casemgr.words import Severity

AUTHORITIES = (
    "5 U.S.C. § 706(2)(A), (E)",
    "Ass'n of Data Processing Serv. Orgs. v. Bd. of Governors, 745 F.2d 677 (D.C. Cir. 1984)",
)


def no_evidence(view: ElementView) -> Iterator[Flag]:
    """Raised when nothing that still stands supports an element judged by evidence.

    Cured by collecting support, or by dropping the ground.
    """
    if not view.weighed or view.supports or view.element.kind not in BY_EVIDENCE:
        return
    struck = keys(entry for entry, _, _ in view.struck)
    if struck:
        statement = f"{view.where}: every item offered in support has been struck."
    elif view.stated_empty:
        statement = f"{view.where}: it is stated that the record holds nothing in support."
    else:
        statement = f"{view.where}: no item in the record supports this element."
    yield Flag(
        doctrine="no-evidence",
        severity=Severity.FATAL,
        statement=statement,
        evidence=struck,
        authorities=AUTHORITIES,
        cures=(
            f"Collect evidence that shows {view.where} and link it with the reason it does.",
            f"If none can be had, drop {view.where} as a ground before decision.",
        ),
    )
