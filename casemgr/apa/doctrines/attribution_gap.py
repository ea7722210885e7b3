"""attribution-gap: the facts must be about this person.

15 C.F.R. § 744.11(b) says it for the Entity List ("specific and articulable facts"); the rule is
general.
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import ElementView, keys, listed
from casemgr.words import Severity
from designations.words import ElementKind

AUTHORITIES = ("15 C.F.R. § 744.11(b)",)


def attribution_gap(view: ElementView) -> Iterator[Flag]:
    """Raised when no support of weight is about the designee or one acting for it.

    Not on mental elements, where circumstances are the ordinary proof. On an element that is not
    about a person, only where the items are stated to be about somebody else. Cured by technical,
    corporate or financial attribution evidence.
    """
    if not view.weighed or view.element.kind is ElementKind.MENTAL:
        return
    if not view.supports or not view.slight(view.about_subject):
        return
    about = sorted({str(e.link.attribution or "not stated") for e in view.supports})
    yield Flag(
        doctrine="attribution-gap",
        severity=Severity.SERIOUS,
        statement=(
            f"{view.where}: no supporting item is about the designee or its agent "
            f"(attribution: {listed(about)})."
        ),
        evidence=keys(view.supports),
        authorities=AUTHORITIES,
        cures=(
            "Obtain technical attribution (accounts, payment, infrastructure) to the designee.",
            "Or corporate or financial records that tie those who acted to the designee.",
        ),
    )
