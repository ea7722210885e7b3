"""Which weaknesses are raised, since when, and which are gone."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from casemgr.apa.report import CaseReport, Flag
from casemgr.clock import decision_day
from casemgr.models import Case, CaseElement, TrackedFlag


def fingerprint(case_key: str, element: str, doctrine: str, subject: str) -> str:
    """What makes a flag the same flag: never its counts, its dates or its wording."""
    text = json.dumps([case_key, element, doctrine, subject], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def raised_in(report: CaseReport) -> list[tuple[str, str, Flag]]:
    """(element code, element digest, flag) of every flag; the case's own have neither."""
    return [
        *(("", "", flag) for flag in report.flags),
        *(
            (element.code, element.digest, flag)
            for element in report.elements
            for flag in element.flags
        ),
    ]


def track_flags(case: Case, report: CaseReport) -> None:
    """Bring the case's tracked flags up to the report: raise, raise again, clear.

    A flag raised again keeps the day it was first raised and begins a new spell; one that stays
    keeps its spell whatever its severity does.
    """
    today = decision_day()
    known = {flag.fingerprint: flag for flag in TrackedFlag.objects.filter(case=case)}
    elements = dict(
        CaseElement.objects.filter(case=case).order_by("pk").values_list("element__code", "pk")
    )
    fresh: dict[str, TrackedFlag] = {}
    changed: list[TrackedFlag] = []
    raised: set[str] = set()
    for code, digest, flag in raised_in(report):
        name = fingerprint(case.key, code, flag.doctrine, flag.subject)
        if name in raised:
            continue  # one weakness said twice is one weakness; the graver comes first
        raised.add(name)
        terms = {
            "case_element_id": elements.get(code),
            "severity": flag.severity.value,
            "pending": flag.pending,
            "statement": flag.statement,
            "element_digest": digest,
        }
        row = known.get(name)
        if row is None:
            fresh[name] = TrackedFlag(
                fingerprint=name,
                case=case,
                element_code=code,
                doctrine=flag.doctrine,
                subject=flag.subject,
                first_raised_on=today,
                raised_on=today,
                **terms,
            )
        elif _update(row, terms, today):
            changed.append(row)
    for name, row in known.items():
        if name not in raised and row.cleared_on is None:
            row.cleared_on = today
            changed.append(row)
    TrackedFlag.objects.bulk_create(fresh.values())
    TrackedFlag.objects.bulk_update(
        changed,
        [
            "case_element",
            "severity",
            "pending",
            "statement",
            "element_digest",
            "raised_on",
            "cleared_on",
        ],
    )


def _update(row: TrackedFlag, terms: Mapping[str, object], today: date) -> bool:
    """Apply what the report says now; whether anything moved."""
    # A step still ahead that has become a weakness starts counting on that day.
    begins_anew = row.cleared_on is not None or (row.pending and not terms["pending"])
    before = {name: getattr(row, name) for name in terms}
    for name, value in terms.items():
        setattr(row, name, value)
    if begins_anew:
        row.raised_on = today
        row.cleared_on = None
    return begins_anew or before != terms
