"""mental-state: knowledge needs evidence of knowledge.

50 U.S.C. § 1709(a)(1)(A)(i) ("knowingly engaged in, or benefitted from"), where "knowingly"
includes that the person should have known (§ 1709(g)(7)); the second limb asks no knowledge.
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import ElementView, keys
from casemgr.words import Severity
from designations.words import ElementKind

AUTHORITIES = ("50 U.S.C. § 1709(a)(1)(A)(i), (g)(7)",)


def mental_state(view: ElementView) -> Iterator[Flag]:
    """Raised on a mental element carried only by inference from the conduct of others."""
    if view.element.kind is not ElementKind.MENTAL or not view.weighed or not view.supports:
        return
    if not view.slight(view.about_subject):
        return
    yield Flag(
        doctrine="mental-state",
        severity=Severity.MODERATE,
        statement=f"{view.where}: knowledge is inferred from the conduct of others only.",
        evidence=keys(view.supports),
        authorities=AUTHORITIES,
        cures=(
            "Obtain direct evidence, or strong circumstances, of what the designee itself knew.",
            "Or rest on an alternative limb that asks no knowledge, where the authority has one.",
        ),
    )
