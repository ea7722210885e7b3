"""The checklist of a case: what counsel reads, element by element.

Attorney work product. Built once, when the case is assessed, and streamed as it is.
"""

from collections import defaultdict
from typing import Any

from casemgr.apa.record import Item, Link, Record
from casemgr.apa.report import Adjustment, CaseReport, ElementReport, Flag
from casemgr.apa.timeline import as_of
from casemgr.models import Case, CaseElement, Finding, FlagDisposition, TrackedFlag
from casemgr.pins import current_pin
from casemgr.reassess.flags import fingerprint
from casemgr.signoff import counting_findings, current_signatures, sign_off
from casemgr.words import Stance
from casemgr.work_product import HANDLING
from designations.library.model import Element


def flags_in(report: CaseReport) -> list[Flag]:
    """Every flag of the report, those of the case before those of its elements."""
    return [*report.flags, *(flag for element in report.elements for flag in element.flags)]


def checklist_of(case: Case, record: Record, report: CaseReport) -> dict[str, Any]:
    """The checklist as plain values, elements in the order of the tree."""
    # Shown is what was weighed: neither a link that has ended nor one that came later.
    desk = _Desk(case, as_of(record))
    law = {element.code: element for element in record.authority.elements}
    return {
        "handling": HANDLING,
        "docket": case.key,
        "title": case.title,
        "kind": case.kind,
        "designee": (
            {"key": case.designee.key, "name": case.designee.name} if case.designee else None
        ),
        "authority": report.authority,
        "as_of": report.as_of,
        "engine_version": report.engine_version,
        "input_digest": report.input_digest,
        "posture": report.posture,
        "posture_note": report.posture_note,
        "grade": report.grade.value,
        "carrying_path": list(report.carrying_path),
        "fallback_path": list(report.fallback_path),
        "elements": [desk.element(law[each.code], each) for each in report.elements],
        "flags": [desk.flag("", flag) for flag in report.flags],
        "adjustments": [_adjustment(each) for each in report.adjustments],
    }


class _Desk:
    """What is at hand while the checklist is written: findings, signatures, dispositions."""

    def __init__(self, case: Case, record: Record) -> None:
        self.case = case
        self.record = record
        self.elements: dict[str, CaseElement] = {}
        self.findings: dict[str, Finding] = {}
        # As the record was read: under the pin of its day, with what the elements carry there. A
        # finding on an element of the same code that was not carried over does not count here.
        pin = current_pin(case, record.as_of or case.decided_on)
        counting = counting_findings(case)
        for element in (
            CaseElement.objects.filter(pin=pin).select_related("element", "assignee").order_by("pk")
        ):
            self.elements[element.element.code] = element
            if finding := counting.get(element.pk):
                self.findings[element.element.code] = finding
        self.signatures = current_signatures(case)
        self.raised = {row.fingerprint: row for row in TrackedFlag.objects.filter(case=case)}
        self.dispositions = {
            row.flag_id: row
            for row in FlagDisposition.objects.live().filter(flag__case=case).select_related("by")
        }
        self.links: dict[str, list[Link]] = defaultdict(list)
        for link in record.case.links:
            self.links[link.element].append(link)

    def element(self, law: Element, report: ElementReport) -> dict[str, Any]:
        """One row of the checklist."""
        row = self.elements.get(law.code)
        return {
            "code": law.code,
            "parent": law.parent,
            "join": law.join.value if law.join else None,
            "kind": law.kind.value if law.kind else None,
            "title": law.title,
            "text": law.text,
            "citation": law.citation,
            "asserted": report.asserted,
            "assignee": row.assignee.key if row and row.assignee else None,
            "due_on": row.due_on.isoformat() if row and row.due_on else None,
            "grade": report.grade.value,
            "decided_by": report.decided_by.value,
            "origins": report.origins,
            "strike_number": report.strike_number,
            "weight": report.weight,
            "threshold": report.threshold,
            "carried_by": list(report.carried_by),
            "evidence_for": self._evidence(law.code, Stance.SUPPORTS),
            "evidence_against": self._evidence(law.code, Stance.CONTRADICTS),
            "context": self._evidence(law.code, Stance.CONTEXT),
            "origin_groups": [
                {"origin": name, "items": list(items)} for name, items in report.origin_groups
            ],
            "flags": [self.flag(law.code, flag) for flag in report.flags],
            "adjustments": [_adjustment(each) for each in report.adjustments],
            "derivation": list(report.derivation),
            "digest": report.digest,
            **self._finding(law.code, report.digest),
        }

    def flag(self, code: str, flag: Flag) -> dict[str, Any]:
        """One flag with its life so far and what counsel said to it."""
        name = fingerprint(self.case.key, code, flag.doctrine, flag.subject)
        tracked = self.raised.get(name)
        said = self.dispositions.get(tracked.pk) if tracked else None
        return {
            "doctrine": flag.doctrine,
            "severity": flag.severity.value,
            "statement": flag.statement,
            "evidence": list(flag.evidence),
            "authorities": list(flag.authorities),
            "cures": list(flag.cures),
            "pending": flag.pending,
            "subject": flag.subject,
            "fingerprint": name,
            "raised_on": tracked.raised_on.isoformat() if tracked else None,
            "disposition": (
                {
                    "state": said.state,
                    "reason": said.reason,
                    "by": said.by.key,
                    "until": said.until.isoformat() if said.until else None,
                }
                if said
                else None
            ),
        }

    def _evidence(self, code: str, stance: Stance) -> list[dict[str, Any]]:
        return [
            self._linked(link, self.record.items[link.item])
            for link in self.links.get(code, ())
            if link.stance is stance and link.item in self.record.items
        ]

    def _linked(self, link: Link, item: Item) -> dict[str, Any]:
        source = self.record.sources.get(item.source or "")
        return {
            "item": item.key,
            "kind": item.kind.value,
            "summary": item.summary,
            "citation": item.citation,
            "source": source.name if source else None,
            "dated_on": str(item.dated_on) if item.dated_on else None,
            "directness": link.directness.value if link.directness else None,
            "attribution": link.attribution.value if link.attribution else None,
            "why": link.why,
            "entered_on": str(link.entered_on) if link.entered_on else None,
            "ended_on": str(link.ended_on) if link.ended_on else None,
            "answer": (
                {
                    "state": link.answer.state.value,
                    "text": link.answer.text,
                    "on": str(link.answer.on) if link.answer.on else None,
                }
                if link.answer
                else None
            ),
        }

    def _finding(self, code: str, digest: str) -> dict[str, Any]:
        finding = self.findings.get(code)
        signatures = self.signatures.get(finding.pk, []) if finding else []
        return {
            "finding": (
                {
                    "text": finding.text,
                    "on": str(finding.day) if finding.day else None,
                    "cites": finding.cites,
                    "author": finding.author.key,
                    "revision": finding.revision,
                }
                if finding
                else None
            ),
            "sign_off": {
                "state": sign_off(finding, signatures, digest).value,
                "signatures": [
                    {
                        "signer": row.signer.key,
                        "signed_at": row.signed_at.isoformat(),
                        "current": row.element_digest == digest,
                    }
                    for row in signatures
                ],
            },
        }


def _adjustment(each: Adjustment) -> dict[str, str]:
    return {
        "doctrine": each.doctrine,
        "from": str(each.from_),
        "to": str(each.to),
        "why": each.why,
    }
