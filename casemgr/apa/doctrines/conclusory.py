"""conclusory: boilerplate is not explanation.

Amerijet Int'l v. Pistole, 753 F.3d 1343 (D.C. Cir. 2014). A decision of less than ideal clarity is
upheld where its path may reasonably be discerned (Bowman Transp. v. Arkansas-Best, 419 U.S. 281
(1974)); with no support linked there is no path to discern.
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import BY_EVIDENCE, CaseView, ElementView, keys, listed
from casemgr.words import Reasoning, Severity
from designations.words import ElementKind

AUTHORITIES = (
    "Amerijet Int'l v. Pistole, 753 F.3d 1343 (D.C. Cir. 2014)",
    "Bowman Transp. v. Arkansas-Best, 419 U.S. 281 (1974)",
)
EMPTY = {
    Reasoning.RESTATES_STANDARD: "the finding restates the standard and no more",
    Reasoning.BOILERPLATE: "the finding is boilerplate",
}
ABOUT_ONE = BY_EVIDENCE | {ElementKind.EXPLANATION}


def conclusory(view: ElementView) -> Iterator[Flag]:
    """Raised when the finding restates the standard or is boilerplate; advisory when partly so.

    Serious where no support is linked from which its path could be discerned. Also raised when
    the finding on a matter of fact is word for word that on another designee: reasons about the
    law may serve many, reasons about the facts are about one.
    """
    reasoning = view.reasoning
    if view.finding is not None and view.finding.same_as and view.element.kind in ABOUT_ONE:
        elsewhere = listed(view.finding.same_as)
        yield _flag(view, Severity.MODERATE, f"the finding is the same text as on {elsewhere}")
    if reasoning is Reasoning.PARTLY:
        yield _flag(view, Severity.ADVISORY, "the finding is explained in part only")
    elif reasoning in EMPTY:
        severity = Severity.MODERATE if view.supports else Severity.SERIOUS
        yield _flag(view, severity, EMPTY[reasoning])


def _flag(view: ElementView, severity: Severity, what: str) -> Flag:
    return Flag(
        doctrine="conclusory",
        severity=severity,
        statement=f"{view.where}: {what}.",
        evidence=keys(view.supports),
        authorities=AUTHORITIES,
        cures=("Replace it with reasons specific to this designee and this element.",),
    )


def pasted_findings(view: CaseView) -> Iterator[Flag]:
    """Raised on the case when one text serves as the finding on several elements."""
    for codes in view.copied_findings:
        yield Flag(
            doctrine="conclusory",
            severity=Severity.MODERATE,
            statement=f"{view.where}: the findings on {listed(codes)} are the same text.",
            authorities=AUTHORITIES,
            cures=(f"Write a separate reason for each of {listed(codes)}.",),
            subject=",".join(codes),
        )
