"""important-aspect: important aspects and obvious alternatives must be considered.

Motor Vehicle Mfrs. Ass'n v. State Farm, 463 U.S. 29, 43, 51 (1983); DHS v. Regents of the Univ. of
Cal., 591 U.S. 1 (2020); TikTok Inc. v. Trump, 507 F. Supp. 3d 92 (D.D.C. 2020) (preliminary).
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import CaseView, ElementView
from casemgr.words import AnswerState, Severity

AUTHORITIES = (
    "Motor Vehicle Mfrs. Ass'n v. State Farm, 463 U.S. 29, 43, 51 (1983)",
    "DHS v. Regents of the Univ. of Cal., 591 U.S. 1 (2020)",
    "TikTok Inc. v. Trump, 507 F. Supp. 3d 92 (D.D.C. 2020) (preliminary)",
)


def important_aspect(view: ElementView | CaseView) -> Iterator[Flag]:
    """Raised by each consideration without an answer; serious where it is the main vulnerability.

    Cured by addressing it in the decision.
    """
    for matter in view.matters.considerations:
        if matter.state is not AnswerState.UNANSWERED:
            continue
        consideration = matter.consideration
        yield Flag(
            doctrine="important-aspect",
            severity=Severity.SERIOUS if consideration.main else Severity.MODERATE,
            statement=(f"{view.where}: {consideration.code} is not answered: {consideration.text}"),
            authorities=AUTHORITIES,
            cures=(f"Answer {consideration.code} in the decision, on the merits.",),
            subject=consideration.code,
        )
