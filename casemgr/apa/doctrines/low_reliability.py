"""low-reliability: the decision-maker should say which sources are credited, and why.

PMOI v. Dep't of State, 613 F.3d 220 (D.C. Cir. 2010), for this point a direction for the remand.
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.sufficiency import Entry
from casemgr.apa.view import ElementView, keys
from casemgr.words import Reasoning, Severity

AUTHORITIES = ("PMOI v. Dep't of State, 613 F.3d 220 (D.C. Cir. 2010)",)


def low_reliability(view: ElementView) -> Iterator[Flag]:
    """Raised when low or ungraded sources carry the element, or the finding adopts a source.

    A finding that only adopts a source is serious where that source is the one origin.
    Cured by grading, crediting expressly, or corroborating.
    """
    if view.reasoning is Reasoning.ADOPTS_SOURCE:
        alone = view.lone is not None or not view.origins
        yield _flag(
            view,
            Severity.SERIOUS if alone else Severity.MODERATE,
            "the finding adopts a source's conclusion"
            + (", the only origin, without weighing it" if alone else " without weighing it"),
        )
        return
    if not view.weighed or not any(map(_low, view.supports)) or view.carries_without(_low):
        return
    yield _flag(
        view, Severity.MODERATE, "sources graded low, or not graded at all, carry the element"
    )


def _low(entry: Entry) -> bool:
    return entry.provenance.low


def _flag(view: ElementView, severity: Severity, what: str) -> Flag:
    return Flag(
        doctrine="low-reliability",
        severity=severity,
        statement=f"{view.where}: {what}.",
        evidence=keys(entry for entry in view.supports if _low(entry)) or keys(view.supports),
        authorities=AUTHORITIES,
        cures=(
            "Grade each source (Admiralty reliability and credibility) with the reason.",
            "Say in the finding which sources are credited and why, or corroborate them.",
        ),
    )
