"""inconsistent-treatment: like cases are treated alike, or the difference is explained.

Westar Energy v. FERC, 473 F.3d 1239 (D.C. Cir. 2007); contrast Islamic American Relief Agency v.
Gonzales, 477 F.3d 728 (D.C. Cir. 2007), where the comparator was not similarly situated.
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import CaseView, ElementView
from casemgr.words import Severity

AUTHORITIES = (
    "Westar Energy v. FERC, 473 F.3d 1239 (D.C. Cir. 2007)",
    "Islamic American Relief Agency v. Gonzales, 477 F.3d 728 (D.C. Cir. 2007) (contrast)",
)


def inconsistent_treatment(view: ElementView | CaseView) -> Iterator[Flag]:
    """Raised by a comparator with the same conduct and another outcome, unexplained."""
    for comparator in view.matters.comparators:
        if not comparator.same_conduct:
            continue
        if comparator.explained or (comparator.explained is None and not view.setting.live):
            continue
        yield Flag(
            doctrine="inconsistent-treatment",
            severity=Severity.MODERATE,
            statement=(
                f"{view.where}: {comparator.name} did the same and was treated otherwise"
                f"{f' ({comparator.outcome})' if comparator.outcome else ''}; nothing says why."
            ),
            authorities=AUTHORITIES,
            cures=(f"Explain what sets {comparator.name} apart, or treat it alike.",),
            subject=comparator.name,
        )
