"""Recorded changes as sentences: what moved, on which element, from what to what.

The change table holds rows; a reader wants acts. Names behind ids are looked up for all changes
shown at once, in a number of queries that does not grow with them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.models import User
from casemgr.models import (
    Assessment,
    Case,
    CaseElement,
    Change,
    Finding,
    FindingRevision,
    Stage,
    TrackedFlag,
)
from casemgr.review.changes import words
from casemgr.words import Severity
from designations.models import Consideration, Prerequisite
from designations.words import in_plain_words
from evidence.models import EvidenceItem

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words."""

    seq: int
    at: datetime
    what: str
    who: str
    reason: str
    element: str  # code, where it is about one


def told(case: Case, changes: Iterable[Change]) -> list[Told]:
    """The changes in the order given, without those that say nothing to a reader.

    A row whose count of revisions alone went up, and the elements that come with a pin.
    """
    rows = [row for row in changes if not _silent(row)]
    names = _Names(case, rows)
    return [_told(row, names) for row in rows]


def _silent(change: Change) -> bool:
    was = change.payload.get("was") or {}
    return (change.table == "casemgr_caseelement" and change.op == "I") or was.keys() == {
        "revision"
    }


def _told(change: Change, names: "_Names") -> Told:
    row, was = change.payload["row"], change.payload.get("was") or {}
    sentence = _SENTENCES.get(change.table)
    what = sentence(change.op, row, was, names) if sentence else ""
    return Told(
        seq=change.seq,
        at=change.at,
        what=what or _plainly(change, was),
        who=names.people.get(change.actor, change.actor),
        reason=change.reason,
        element=names.element_of(change.table, row),
    )


def _plainly(change: Change, was: Row) -> str:
    kind = words().get(change.table, change.table).capitalize()
    fields = ", ".join(sorted(name.removesuffix("_id").replace("_", " ") for name in was))
    return f"{kind} {change.get_op_display()}" + (f": {fields}" if fields else "")


class _Names:
    """What people call the rows that the changes point at."""

    def __init__(self, case: Case, changes: list[Change]) -> None:
        elements = CaseElement.objects.filter(case=case)
        self.elements = dict(elements.values_list("pk", "element__code"))
        items = {
            change.payload["row"].get("item_id")
            for change in changes
            if change.table in ("casemgr_link", "casemgr_prerequisitemet")
        }
        self.items = dict(EvidenceItem.objects.filter(pk__in=items).values_list("pk", "key"))
        self.considerations = _codes(Consideration, case)
        self.prerequisites = _codes(Prerequisite, case)
        self.findings = dict(
            Finding.objects.filter(case_element__case=case).values_list("pk", "case_element")
        )
        self.revisions = dict(
            FindingRevision.objects.filter(finding__case_element__case=case).values_list(
                "pk", "finding"
            )
        )
        self.flags = {
            pk: (in_plain_words(doctrine), code)
            for pk, doctrine, code in TrackedFlag.objects.filter(case=case).values_list(
                "pk", "doctrine", "element_code"
            )
        }
        self.grades = dict(Assessment.objects.filter(case=case).values_list("seq", "grade"))
        people = User.objects.filter(key__in={change.actor for change in changes})
        self.people = {each.key: each.get_full_name() or each.username for each in people}

    def element_of(self, table: str, row: Row) -> str:
        """The code of the element a row is about; empty for none."""
        if table == "casemgr_signature":
            finding = self.revisions.get(row["revision_id"], 0)
            return self.elements.get(self.findings.get(finding, 0), "")
        if table == "casemgr_flagdisposition":
            return self.flags.get(row["flag_id"], ("", ""))[1]
        code = row.get("element_code") or self.elements.get(row.get("case_element_id") or 0)
        return code or ""


def _codes(model: Any, case: Case) -> dict[int, str]:
    return dict(model.objects.filter(version__pins__case=case).values_list("pk", "code"))


def _of_link(op: str, row: Row, was: Row, names: _Names) -> str:
    item = names.items.get(row["item_id"], "an item")
    if op == "I":
        return f"{item} linked, {row['stance']}"
    if "ended_on" in was and row["ended_on"]:
        return f"{item} no longer linked as it was"
    if "answer_state" in was or "answer_text" in was:
        return f"{item} answered: {str(row['answer_state']).replace('-', ' ')}"
    return ""


def _of_finding(op: str, row: Row, was: Row, names: _Names) -> str:
    return "Finding written" if op == "I" else f"Finding written anew, revision {row['revision']}"


def _of_signature(op: str, row: Row, was: Row, names: _Names) -> str:
    return "Finding signed"


def _of_flag(op: str, row: Row, was: Row, names: _Names) -> str:
    subject = f" ({_of_what(row['subject'])})" if row["subject"] else ""
    doctrine = in_plain_words(row["doctrine"])
    named = f"{row['severity']} {doctrine}{subject}"
    if op == "I":
        return f"Not yet done: {doctrine}{subject}" if row["pending"] else f"Raised: {named}"
    if "cleared_on" in was:
        return f"Cleared: {named}" if row["cleared_on"] else f"Raised again: {named}"
    if "severity" in was:
        return f"{doctrine.capitalize()}: from {was['severity']} to {row['severity']}"
    return f"{doctrine.capitalize()}: said otherwise"


def _of_what(subject: str) -> str:
    """What tells apart two flags of one doctrine, as a reader says it.

    >>> _of_what("advisory:E-LOGS,E-REPORT")
    'E-LOGS, E-REPORT'
    """
    severity, colon, rest = subject.partition(":")
    if colon and severity in set(Severity):
        subject = rest
    return re.sub(",(?=[A-Z])", ", ", subject)


def _of_disposition(op: str, row: Row, was: Row, names: _Names) -> str:
    doctrine, _ = names.flags.get(row["flag_id"], ("a flag", ""))
    if op == "I":
        return f"Counsel on {doctrine}: {row['state'].replace('-', ' ')}. {row['reason']}"
    return f"Counsel’s earlier word on {doctrine} ended"


def _of_assessment(op: str, row: Row, was: Row, names: _Names) -> str:
    before, now = names.grades.get(row["seq"] - 1), row["grade"]
    if before is None:
        return f"Assessed for the first time: {now}"
    return f"Assessed: still {now}" if before == now else f"Assessed: from {before} to {now}"


def _of_case(op: str, row: Row, was: Row, names: _Names) -> str:
    if op == "I":
        return "Case opened"
    if "stage" in was:
        return f"Stage: from {Stage(was['stage']).label} to {Stage(row['stage']).label}"
    return ""


def _of_consideration(op: str, row: Row, was: Row, names: _Names) -> str:
    code = names.considerations.get(row["consideration_id"], "a consideration")
    if op == "I":
        return f"{code}: {row['state'].replace('-', ' ')}"
    return f"{code}: the earlier answer ended" if "ended_on" in was else ""


def _of_step(op: str, row: Row, was: Row, names: _Names) -> str:
    code = names.prerequisites.get(row["prerequisite_id"], "a step")
    if op == "I":
        return f"Step {code}: {row['state'].replace('-', ' ')}"
    return f"Step {code}: the earlier statement ended" if "ended_on" in was else ""


def _of_milestone(op: str, row: Row, was: Row, names: _Names) -> str:
    return f"{row['kind'].capitalize()} stated, {row['on']}" if op == "I" else ""


def _of_item(op: str, row: Row, was: Row, names: _Names) -> str:
    if op == "I":
        return f"{row['key']} logged"
    if "withdrawn_on" in was and row["withdrawn_on"]:
        return f"{row['key']} withdrawn"
    fields = ", ".join(
        sorted(
            name.removesuffix("_id").replace("_", " ")
            for name in was
            if name != "revision" and not name.endswith("_precision")
        )
    )
    return f"{row['key']} changed" + (f": {fields}" if fields else "")


_SENTENCES: Mapping[str, Callable[[str, Row, Row, _Names], str]] = {
    "casemgr_link": _of_link,
    "casemgr_finding": _of_finding,
    "casemgr_signature": _of_signature,
    "casemgr_trackedflag": _of_flag,
    "casemgr_flagdisposition": _of_disposition,
    "casemgr_assessment": _of_assessment,
    "casemgr_case": _of_case,
    "casemgr_considerationanswer": _of_consideration,
    "casemgr_prerequisitemet": _of_step,
    "casemgr_milestone": _of_milestone,
    "evidence_evidenceitem": _of_item,
}
