"""exception-applies: statutory limits bind.

50 U.S.C. § 1702(b); TikTok Inc. v. Trump, 507 F. Supp. 3d 92 (D.D.C. 2020) (preliminary).
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import ElementView
from casemgr.words import Reasoning, Severity
from designations.words import ElementKind

AUTHORITIES = (
    "50 U.S.C. § 1702(b)",
    "TikTok Inc. v. Trump, 507 F. Supp. 3d 92 (D.D.C. 2020) (preliminary)",
)


def exception_applies(view: ElementView) -> Iterator[Flag]:
    """Raised when nothing in time shows that an exception to the authority does not apply."""
    if view.element.kind is not ElementKind.EXCEPTION:
        return
    unanswered = view.stated_empty or view.reasoning is Reasoning.NONE
    if view.finding is None:
        unanswered = unanswered or view.live or view.late_finding is not None
    if not unanswered:
        return
    yield Flag(
        doctrine="exception-applies",
        severity=Severity.SERIOUS,
        statement=f"{view.where}: nothing shows that this limit of the authority does not apply.",
        authorities=AUTHORITIES,
        cures=(
            f"Write the finding on {view.where}: why the exception does not reach this action.",
        ),
    )
