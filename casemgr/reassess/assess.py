"""Assess one case on its rows as they are, and keep what came out."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from enum import Enum
from typing import Any, NamedTuple

from django.db import DatabaseError, connection, transaction

from casemgr.apa.assess import assess
from casemgr.apa.record import Record
from casemgr.apa.report import CaseReport
from casemgr.assemble import records_of
from casemgr.clock import decision_day
from casemgr.models import Assessment, Case, CaseDependency, GradeDay, StaleMark
from casemgr.reassess.checklist import checklist_of, flags_in
from casemgr.reassess.flags import track_flags
from casemgr.reassess.snapshots import keep_snapshot
from casemgr.words import Grade, Severity

_LOCK = 0x0CA5E  # the first key of this project's advisory locks on cases
_RETRIES = 3
# serialization_failure, deadlock_detected, unique_violation: another assessment of the case
# committed between our snapshot and our write.
_OVERTAKEN = frozenset({"40001", "40P01", "23505"})


class Occasion(Enum):
    """Why a case is assessed; it decides whether an unchanged outcome is worth a row."""

    CHANGE = "something it depends on changed"
    DEMAND = "someone asked"
    CALENDAR = "a new day began"
    PORTFOLIO = "all cases are gone through"


class Assessed(NamedTuple):
    """A case's current assessment, and its grade before; None if it had none."""

    assessment: Assessment
    before: Grade | None


Noted = Callable[[Mapping[str, Assessed]], None]
"""Notes outcomes, by case key, in the transaction that made them."""


def assess_case(case_key: str, occasion: Occasion = Occasion.CHANGE) -> Assessment | None:
    """Assess the case and append the outcome; returns the case's current assessment.

    None when another worker is assessing the case right now: what marked it stale stays marked.
    A row is appended unless the newest one has the same input digest and says the same; on a
    calendar or portfolio run only if what it says differs. Exactly the marks read are deleted.
    The case's own row is never written. Must not be called inside a transaction. Raises
    Case.DoesNotExist.
    """
    return assess_cases([case_key], occasion).get(case_key)


def assess_cases(
    case_keys: Collection[str],
    occasion: Occasion = Occasion.CHANGE,
    noted: Noted | None = None,
) -> dict[str, Assessment]:
    """Assess several cases as ``assess_case`` does, in one transaction; outcomes by case key.

    Their records are read together, which is what makes many first assessments quick. A case
    that another worker has in hand is left out. What ``noted`` writes is kept if and only if the
    assessments are. Raises Case.DoesNotExist if one is missing.
    """

    def work() -> dict[str, Assessed]:
        assessed = _assess_together(case_keys, occasion)
        if noted is not None:
            noted(assessed)
        return assessed

    return {key: each.assessment for key, each in _retried(work).items()}


def _retried(work: Callable[[], dict[str, Assessed]]) -> dict[str, Assessed]:
    for attempt in range(_RETRIES):
        try:
            with transaction.atomic(durable=True):
                return work()
        except DatabaseError as error:
            state = getattr(error.__cause__, "sqlstate", None)
            if state not in _OVERTAKEN or attempt == _RETRIES - 1:
                raise
    raise AssertionError("unreachable: the last attempt returns or raises")


def _assess_together(case_keys: Collection[str], occasion: Occasion) -> dict[str, Assessed]:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    # In one order everywhere, so that two batches never wait for each other's rows.
    found = Case.objects.select_related("designee").filter(key__in=case_keys).order_by("pk")
    if missing := sorted(set(case_keys) - {case.key for case in found}):
        raise Case.DoesNotExist(f"There is no case {', '.join(missing)}.")
    cases = [case for case in found if _locked(case)]
    return {
        case.key: _assess(case, record, occasion)
        for case, record in zip(cases, records_of(cases), strict=True)
    }


def _assess(case: Case, record: Record, occasion: Occasion) -> Assessed:
    marks = list(StaleMark.objects.filter(case=case).values_list("pk", flat=True))
    report = assess(record, _rests_on(case))
    track_flags(case, report)
    checklist = checklist_of(case, record, report)
    body, output = rendered(checklist)
    newest = Assessment.objects.filter(case=case).order_by("-seq").first()
    current = newest
    if current is None or _differs(current, report, output, occasion):
        current = _append(case, record, report, body, output, newest)
        _mark_dependents(case)
    _keep_day(case, report)
    StaleMark.objects.filter(pk__in=marks).delete()
    return Assessed(current, Grade(newest.grade) if newest else None)


def rendered(checklist: dict[str, Any]) -> tuple[str, str]:
    """The checklist's JSON, and the digest of what it says apart from day and input digest."""
    body = json.dumps(checklist, ensure_ascii=False, separators=(",", ":"))
    lasting = {name: v for name, v in checklist.items() if name not in ("as_of", "input_digest")}
    text = json.dumps(lasting, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return body, hashlib.sha256(text.encode()).hexdigest()


def _locked(case: Case) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCK, case.pk % 2_147_483_647])
        return bool(cursor.fetchone()[0])


def _differs(newest: Assessment, report: CaseReport, output: str, occasion: Occasion) -> bool:
    if newest.output_digest != output:
        return True
    if occasion in (Occasion.CALENDAR, Occasion.PORTFOLIO):
        return False
    return newest.input_digest != report.input_digest


def _append(
    case: Case,
    record: Record,
    report: CaseReport,
    body: str,
    output: str,
    newest: Assessment | None,
) -> Assessment:
    flags = flags_in(report)
    now = [flag for flag in flags if not flag.pending]
    return Assessment.objects.create(
        case=case,
        seq=newest.seq + 1 if newest else 1,
        input_digest=report.input_digest,
        output_digest=output,
        snapshot=keep_snapshot(record),
        engine_version=report.engine_version,
        as_of=record.as_of,
        grade=report.grade,
        posture=report.posture,
        fatal_flags=sum(flag.severity is Severity.FATAL for flag in now),
        serious_flags=sum(flag.severity is Severity.SERIOUS for flag in now),
        pending_flags=len(flags) - len(now),
        checklist=body,
    )


def _rests_on(case: Case) -> dict[str, Grade]:
    """Current grades of what the case depends on; one never assessed counts as not known."""
    dependencies = CaseDependency.objects.filter(case=case).select_related(
        "on_case", "on_element__element"
    )
    newest = {
        row.case_id: row for row in Assessment.objects.current().filter(case__dependents__case=case)
    }
    found: dict[str, Grade] = {}
    for dependency in dependencies:
        assessment = newest.get(dependency.on_case_id)
        if assessment is None:
            continue
        if dependency.on_element is None:
            found[dependency.on_case.key] = Grade(assessment.grade)
            continue
        code = dependency.on_element.element.code
        grades = {row["code"]: row["grade"] for row in assessment.read_checklist()["elements"]}
        found[f"{dependency.on_case.key}/{code}"] = Grade(grades.get(code, assessment.grade))
    return found


def _mark_dependents(case: Case) -> None:
    dependents = CaseDependency.objects.filter(on_case=case).values_list("case", flat=True)
    StaleMark.objects.bulk_create(StaleMark(case_id=pk) for pk in set(dependents))


def _keep_day(case: Case, report: CaseReport) -> None:
    """Keep today's grade; a later assessment of the day replaces it."""
    if case.is_decided:
        return
    now = [flag for flag in flags_in(report) if not flag.pending]
    GradeDay.objects.bulk_create(
        [
            GradeDay(
                case=case,
                on=decision_day(),
                grade=report.grade,
                fatal_flags=sum(flag.severity is Severity.FATAL for flag in now),
                serious_flags=sum(flag.severity is Severity.SERIOUS for flag in now),
            )
        ],
        update_conflicts=True,
        unique_fields=["case", "on"],
        update_fields=["grade", "fatal_flags", "serious_flags"],
    )
