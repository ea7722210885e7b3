"""record-incomplete: the record is the whole record, adverse parts included.

5 U.S.C. § 706; Citizens to Preserve Overton Park v. Volpe, 401 U.S. 402 (1971); by analogy ACUS
Recommendation 2013-4, which speaks of informal rulemaking.
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.sufficiency import Entry
from casemgr.apa.view import CaseView, ElementView
from casemgr.words import Severity
from evidence.words import Integrity, SourceRole

AUTHORITIES = (
    "5 U.S.C. § 706",
    "Citizens to Preserve Overton Park v. Volpe, 401 U.S. 402 (1971)",
    "ACUS Recommendation 2013-4 (informal rulemaking; by analogy)",
)


def record_incomplete(view: ElementView | CaseView) -> Iterator[Flag]:
    """Raised by material cited but absent, or left out; advisory where a reason is logged.

    A submission of the respondent that was lost raises it too.
    """
    for absent in view.matters.absent:
        yield _flag(
            f"{view.where}: {absent} is cited but is not in the record.", absent, Severity.SERIOUS
        )
    for left in view.matters.left_out:
        reason = left.reason.strip()
        yield _flag(
            f"{view.where}: {left.item} was left out of the record"
            + (f" ({reason})." if reason else " and no reason is logged."),
            left.item,
            Severity.ADVISORY if reason else Severity.SERIOUS,
        )
    if isinstance(view, ElementView):
        for entry in (*view.supports, *view.contradicts):
            if _lost_submission(entry):
                yield _flag(
                    f"{view.where}: {entry.key}, the respondent's own submission, was lost.",
                    entry.key,
                    Severity.SERIOUS,
                )


def _lost_submission(entry: Entry) -> bool:
    source = entry.provenance.source
    return (
        entry.provenance.item.integrity is Integrity.LOST
        and source is not None
        and source.role is SourceRole.RESPONDENT
    )


def _flag(statement: str, subject: str, severity: Severity) -> Flag:
    return Flag(
        doctrine="record-incomplete",
        severity=severity,
        statement=statement,
        evidence=(subject,),
        authorities=AUTHORITIES,
        cures=(f"Add {subject} to the record, or log it with the reason it is withheld.",),
        subject=subject,
    )
