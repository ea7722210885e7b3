"""prerequisite-missing: a required step must be taken before the decision.

The authority's own text.
"""

from collections.abc import Iterator

from casemgr.apa.doctrines.notice import HOW, KINDS, told
from casemgr.apa.report import Flag
from casemgr.apa.view import CaseView, ElementView
from casemgr.words import Severity, StepState
from designations.words import ElementKind

AUTHORITIES = ("the authority's own text",)


def prerequisite_missing(view: ElementView | CaseView) -> Iterator[Flag]:
    """Raised by a vote, consultation, report, publication, delegation or other step not taken.

    Moderate where late or partial; pending while undecided and not yet taken. In a live file a
    process element of which no step is named raises it too.
    """
    if _no_step_named(view):
        yield Flag(
            doctrine="prerequisite-missing",
            severity=Severity.SERIOUS,
            statement=f"{view.where}: no step of this process is named or recorded.",
            authorities=AUTHORITIES,
            cures=(f"Name the steps of {view.where} as prerequisites and record each.",),
            pending=not view.setting.clock.decided,
        )
    for step in view.matters.steps:
        prerequisite = step.prerequisite
        if prerequisite.kind in KINDS or step.state not in HOW:
            continue
        whole = step.state in (StepState.NOT_MET, StepState.PENDING)
        yield Flag(
            doctrine="prerequisite-missing",
            severity=Severity.SERIOUS if whole else Severity.MODERATE,
            statement=told(view.where, step),
            authorities=(prerequisite.citation,) if prerequisite.citation else AUTHORITIES,
            cures=(f"Complete {prerequisite.code} and record its date and who did it.",),
            pending=step.state is StepState.PENDING,
            subject=prerequisite.code,
        )


def _no_step_named(view: ElementView | CaseView) -> bool:
    return (
        isinstance(view, ElementView)
        and view.live
        and view.element.kind is ElementKind.PROCESS
        and not view.matters.steps
        and not view.supports
    )
