"""Authority comparison: one designee's record under every authority it is assessed under.

Which authority does the record carry today, and what does each other one lack?
"""

from collections.abc import Iterable
from dataclasses import dataclass

from casemgr.apa.report import CaseReport, ElementReport
from casemgr.words import Grade, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """An element of the carrying path that would fall, and under which doctrines."""

    element: str
    grade: Grade
    doctrines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One authority in the comparison; ``lacks`` is empty where the record carries it."""

    docket: str
    authority: str
    grade: Grade
    carries: bool
    carrying_path: tuple[str, ...]
    lacks: tuple[Lack, ...]
    of_the_decision: tuple[str, ...]  # doctrines that hold the case as a whole down


def compare(reports: Iterable[CaseReport]) -> tuple[Compared, ...]:
    """The authorities side by side, the best carried first."""
    return tuple(sorted((_compared(report) for report in reports), key=_rank))


def _rank(compared: Compared) -> tuple[int, int, str, str]:
    return (-compared.grade.rank, len(compared.lacks), compared.authority, compared.docket)


def _compared(report: CaseReport) -> Compared:
    path = [element for element in report.elements if element.code in report.carrying_path]
    return Compared(
        docket=report.docket,
        authority=report.authority,
        grade=report.grade,
        carries=report.grade.rank > Grade.WEAK.rank,
        carrying_path=report.carrying_path,
        lacks=tuple(_lack(element) for element in path if element.grade.rank <= Grade.WEAK.rank),
        of_the_decision=tuple(
            dict.fromkeys(
                flag.doctrine
                for flag in report.flags
                if not flag.pending and flag.severity in (Severity.FATAL, Severity.SERIOUS)
            )
        ),
    )


def _lack(element: ElementReport) -> Lack:
    doctrines = dict.fromkeys(
        flag.doctrine
        for flag in element.flags
        if not flag.pending and flag.severity is not Severity.ADVISORY
    )
    return Lack(element=element.code, grade=element.grade, doctrines=tuple(doctrines))
