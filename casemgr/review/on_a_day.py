"""The checklist as of any day: computed and handed out, never stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.apa.assess import assess_all, grade_of, split_reference
from casemgr.apa.record import Record
from casemgr.apa.report import CaseReport
from casemgr.assemble import records_of
from casemgr.models import Case, CaseDependency
from casemgr.reassess.assess import rendered
from casemgr.reassess.checklist import checklist_of
from casemgr.words import Grade


def checklist_on(case: Case, day: date | None) -> str:
    """The checklist's JSON on the record of ``day`` (default: as the case itself is read).

    Cases that this one rests on are judged on the same day. Raises NotPinnedError where no
    version holds then.
    """
    reviewed = reviewed_on(case, day)
    body, _ = rendered(checklist_of(case, reviewed.record, reviewed.report))
    return body


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A case judged on a day, with the record and the grades of what it rests on."""

    record: Record
    report: CaseReport
    rests_on: Mapping[str, Grade]


def reviewed_on(case: Case, day: date | None) -> Reviewed:
    """Judge a case, and every case it rests on, on the record of ``day``.

    Raises NotPinnedError where no version holds then.
    """
    return all_reviewed_on([case], day)[0]


def all_reviewed_on(cases: Sequence[Case], day: date | None) -> list[Reviewed]:
    """Judge several cases so, in the order given and in the queries of one."""
    if not cases:
        return []
    records = records_of([*cases, *_rested_on(cases)], day)
    reports = {report.docket: report for report in assess_all(records)}
    return [
        Reviewed(record, reports[record.case.key], _grades(record, reports))
        for record in records[: len(cases)]
    ]


def _grades(record: Record, reports: Mapping[str, CaseReport]) -> Mapping[str, Grade]:
    grades = {}
    for reference in record.case.depends_on:
        other, code = split_reference(reference, reports)
        if other in reports:
            grades[reference] = grade_of(reports[other], code)
    return grades


def _rested_on(cases: Iterable[Case]) -> list[Case]:
    """Every further case that these rest on, however far down."""
    known = {case.pk for case in cases}
    reached: dict[int, Case] = {}
    pending = set(known)
    while pending:
        rows = CaseDependency.objects.filter(case__in=pending).select_related("on_case__designee")
        fresh = {row.on_case_id: row.on_case for row in rows}
        pending = set(fresh) - set(reached) - known
        reached |= {pk: fresh[pk] for pk in pending}
    return [reached[pk] for pk in sorted(reached)]
