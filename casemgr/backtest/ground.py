"""Step 2: each ground a court decided, beside what the engine says of its element."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from casemgr.apa.assess import assess_all
from casemgr.apa.record import Record
from casemgr.apa.report import CaseReport, Flag
from casemgr.backtest.folder import BacktestError, Corpus
from casemgr.backtest.null_model import written_down_as_defective
from casemgr.words import DecidedBy, Grade, Severity

SCORED = ("upheld", "deficient")

# The law a ground was judged under decides in which group it is reported.
GROUP_OF_STANDARD = {
    "apa-706": "U.S.",
    "ultra-vires": "U.S.",
    "due-process": "U.S.",
    "dta-preponderance": "U.S.",
    "uflpa-reasonable-cause": "U.S.",
    "eu-full-review": "full review",
}
GROUPS = ("U.S.", "full review", "other")


class Verdict(StrEnum):
    """How engine and court compare on one ground."""

    HIT = "hit"
    MISS = "miss"
    AGREED = "agreed"
    FALSE_ALARM = "false alarm"
    SILENT = "silent"
    NOT_SCORED = "not scored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One ground: the court's finding and the engine's report on the same element."""

    precedent: str
    ground: int
    element: str | None  # None: the court's ground is the case as a whole
    court: str
    grade: Grade
    flags: tuple[Flag, ...]  # weighing flags; what is merely still ahead is left out
    decided_by: DecidedBy
    derivation: tuple[str, ...]
    null: bool  # the null model flags it
    standard: str | None
    stage: str | None
    cluster: str | None
    court_doctrines: tuple[str, ...]

    @property
    def name(self) -> str:
        """CASE/ELEMENT, as ``ordering`` and ``--ground`` name it."""
        return f"{self.precedent}/{self.element}" if self.element else self.precedent

    @property
    def scored(self) -> bool:
        """Only grounds upheld or held deficient are scored."""
        return self.court in SCORED

    @property
    def flagged(self) -> bool:
        """A fatal or serious flag, or a grade of weak or below."""
        return self.grade.rank <= Grade.WEAK.rank or any(
            flag.severity in (Severity.FATAL, Severity.SERIOUS) for flag in self.flags
        )

    @property
    def caught_by_the_courts_doctrine(self) -> bool:
        """Flagged, and a doctrine the court applied is among those that weigh on the grade."""
        return self.flagged and any(
            flag.doctrine in self.court_doctrines and flag.severity is not Severity.ADVISORY
            for flag in self.flags
        )

    @property
    def group(self) -> str:
        """U.S. law, full review, or other where another or no standard is named."""
        return GROUP_OF_STANDARD.get(self.standard or "", "other")

    @property
    def verdict(self) -> Verdict:
        """Silent: upheld, and nothing was stated, so that no false alarm was possible."""
        if not self.scored:
            return Verdict.NOT_SCORED
        if self.court == "deficient":
            return Verdict.HIT if self.flagged else Verdict.MISS
        if self.flagged:
            return Verdict.FALSE_ALARM
        return Verdict.SILENT if self.decided_by is DecidedBy.SILENT else Verdict.AGREED


@dataclass(frozen=True, slots=True)
class Judged:
    """The corpus after the engine: its grounds, and the grade of every element."""

    grounds: tuple[Ground, ...]
    grades: Mapping[str, Grade]  # by CASE/ELEMENT


def decided_grounds(corpus: Corpus) -> Judged:
    """Assess every case and set each decided ground beside the report on its element.

    Raises BacktestError where a ground names an element that the assessed version of the
    authority does not have.
    """
    reports = {report.docket: report for report in assess_all(corpus.records)}
    grounds = tuple(_grounds(corpus.records, reports))
    return Judged(
        grounds,
        {
            f"{key}/{element.code}": element.grade
            for key, report in reports.items()
            for element in report.elements
        },
    )


def _grounds(records: Iterable[Record], reports: Mapping[str, CaseReport]) -> Iterable[Ground]:
    for record in records:
        report = reports[record.case.key]
        for row in record.case.court:
            yield _ground(record, report, row)


def _ground(record: Record, report: CaseReport, row: Mapping[str, object]) -> Ground:
    code = _text(row, "element")
    grade, flags, decided_by, derivation = _judged(report, code)
    number = row["ground"]
    doctrines = row.get("doctrines") or ()
    return Ground(
        precedent=record.case.key,
        ground=number if isinstance(number, int) else int(str(number)),
        element=code,
        court=str(row["finding"]),
        grade=grade,
        flags=tuple(flag for flag in flags if not flag.pending),
        decided_by=decided_by,
        derivation=derivation,
        null=code in written_down_as_defective(record),
        standard=_text(row, "standard"),
        stage=_text(row, "stage"),
        cluster=_text(row, "cluster"),
        court_doctrines=tuple(str(each) for each in doctrines)
        if isinstance(doctrines, list | tuple)
        else (),
    )


def _judged(
    report: CaseReport, code: str | None
) -> tuple[Grade, tuple[Flag, ...], DecidedBy, tuple[str, ...]]:
    if code is None:
        return report.grade, report.flags, _whole_case(report), ()
    for element in report.elements:
        if element.code == code:
            return element.grade, element.flags, element.decided_by, element.derivation
    raise BacktestError(
        (
            f"{report.docket}: court: {code!r} is not an element of {report.authority}, the "
            "version assessed — name an element of that version, or mend as_of or later_pins",
        )
    )


def _whole_case(report: CaseReport) -> DecidedBy:
    """Silent only where every element on the carrying path is."""
    on_path = {e.decided_by for e in report.elements if e.code in report.carrying_path}
    if on_path <= {DecidedBy.SILENT} and not report.flags:
        return DecidedBy.SILENT
    return DecidedBy.WEIGHED if DecidedBy.WEIGHED in on_path else DecidedBy.STATED


def _text(row: Mapping[str, object], name: str) -> str | None:
    value = row.get(name)
    return str(value) if value is not None else None
