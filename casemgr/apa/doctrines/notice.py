"""notice: reasons and a chance to rebut them, before or promptly after.

NCRI v. Dep't of State, 251 F.3d 192 (D.C. Cir. 2001), the fault cured in 373 F.3d 152 (D.C. Cir.
2004); Ralls Corp. v. CFIUS, 758 F.3d 296 (D.C. Cir. 2014) (unclassified material); Al Haramain
Islamic Found. v. Treasury, 686 F.3d 965 (9th Cir. 2012).
"""

from collections.abc import Iterator

from casemgr.apa.report import Adjustment, Flag
from casemgr.apa.view import CaseView, ElementView, TakenStep
from casemgr.words import Severity, StepState
from designations.words import PrerequisiteKind, UsPresence

AUTHORITIES = (
    "NCRI v. Dep't of State, 251 F.3d 192 (D.C. Cir. 2001)",
    "NCRI v. Dep't of State, 373 F.3d 152 (D.C. Cir. 2004) (cured)",
    "Ralls Corp. v. CFIUS, 758 F.3d 296 (D.C. Cir. 2014)",
    "Al Haramain Islamic Found. v. Treasury, 686 F.3d 965 (9th Cir. 2012)",
)
KINDS = frozenset(
    {
        PrerequisiteKind.NOTICE,
        PrerequisiteKind.SUMMARY,
        PrerequisiteKind.OPPORTUNITY,
        PrerequisiteKind.SUBMISSIONS,
    }
)
HOW = {
    StepState.NOT_MET: "was not done",
    StepState.LATE: "was done late",
    StepState.PARTIAL: "was done in part",
    StepState.PENDING: "is not done yet",
}


def notice(view: ElementView | CaseView) -> Iterator[Flag | Adjustment]:
    """Raised by a notice, summary, opportunity or submissions step that is not fully taken.

    Softened by one where the designee has no U.S. presence. Pending while undecided and not yet
    taken.
    """
    for step in view.matters.steps:
        if step.prerequisite.kind not in KINDS or step.state not in HOW:
            continue
        severity = Severity.MODERATE
        pending = step.state is StepState.PENDING
        if view.setting.us_presence is UsPresence.NONE and not pending:
            severity = Severity.ADVISORY
            yield Adjustment(
                doctrine="notice",
                from_="moderate",
                to="advisory",
                why="the designee has no presence or property in the United States",
            )
        yield _flag(view.where, step, severity, pending)


def told(where: str, step: TakenStep) -> str:
    """Where, which step, how far it was taken, and what it asks for where that is written down."""
    text = step.prerequisite.text.strip()
    said = f"{where}: {step.prerequisite.code} {HOW[step.state]}"
    return f"{said}: {text}" if text else f"{said}."


def _flag(where: str, step: TakenStep, severity: Severity, pending: bool) -> Flag:
    prerequisite = step.prerequisite
    return Flag(
        doctrine="notice",
        severity=severity,
        statement=told(where, step),
        authorities=AUTHORITIES,
        cures=(
            f"Complete {prerequisite.code} and record its date.",
            "Answer what the designee submits, in writing.",
        ),
        pending=pending,
        subject=prerequisite.code,
    )
