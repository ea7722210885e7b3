"""prerequisite-missing: a required step must be taken before the decision.

The authority's own text.
"""

from collections.abc import Iterator

from casemgr.apa.doctrines.notice import HOW, KINDS
from casemgr.apa.report import Flag
from casemgr.apa.view import CaseView, ElementView
from casemgr.words import Severity, StepState

AUTHORITIES = ("the authority's own text",)


def prerequisite_missing(view: ElementView | CaseView) -> Iterator[Flag]:
    """Raised by a vote, consultation, report, publication, delegation or other step not taken.

    Moderate where late or partial; pending while undecided and not yet taken.
    """
    for step in view.matters.steps:
        prerequisite = step.prerequisite
        if prerequisite.kind in KINDS or step.state not in HOW:
            continue
        whole = step.state in (StepState.NOT_MET, StepState.PENDING)
        yield Flag(
            doctrine="prerequisite-missing",
            severity=Severity.SERIOUS if whole else Severity.MODERATE,
            statement=f"{view.where}: {prerequisite.code} {HOW[step.state]}: {prerequisite.text}",
            authorities=(prerequisite.citation,) if prerequisite.citation else AUTHORITIES,
            cures=(f"Complete {prerequisite.code} and record its date and who did it.",),
            pending=step.state is StepState.PENDING,
            subject=prerequisite.code,
        )
