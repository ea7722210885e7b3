"""From changed rows to the cases whose assessment may rest on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Q

from casemgr.assembly.same_words import cases_with_the_same_words
from casemgr.ledger.change import Change
from casemgr.models import (
    Case,
    CaseElement,
    Finding,
    FindingRevision,
    Link,
    Pin,
    PrerequisiteMet,
    RecordDefect,
    TrackedFlag,
)
from evidence.models import Claim, EvidenceItem, Exhibit, Source

Ids = dict[int, int]
"""Row id to the newest change that speaks of it."""

Named = dict[Any, int]
"""The same of rows that the change names, by id or, for bytes, by their SHA-256."""

# Of each table: where a changed row leads, as (column of the row, what that column names). Rows of
# other tables touch no assessment.
_ROUTES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "casemgr_case": (("id", "case"),),
    "casemgr_pin": (("case_id", "case"),),
    "casemgr_caseelement": (("case_id", "case"),),
    "casemgr_casedependency": (("case_id", "case"),),
    "casemgr_milestone": (("case_id", "case"),),
    "casemgr_comparatorcase": (("case_id", "case"),),
    "casemgr_priorposition": (("case_id", "case"),),
    "casemgr_recorddefect": (("case_id", "case"),),
    "casemgr_link": (("case_element_id", "element"),),
    "casemgr_pinpoint": (("link_id", "link"),),
    "casemgr_finding": (("case_element_id", "element"),),
    "casemgr_findingrevision": (("finding_id", "finding"), ("id", "wording")),
    "casemgr_signature": (("revision_id", "revision"),),
    "casemgr_considerationanswer": (("pin_id", "pin"),),
    "casemgr_prerequisitemet": (("pin_id", "pin"),),
    "casemgr_flagdisposition": (("flag_id", "flag"),),
    "evidence_evidenceitem": (("id", "item"),),
    "evidence_source": (("id", "source"),),
    "evidence_derivation": (("child_id", "item"),),
    "evidence_grading": (("item_id", "item"),),
    "evidence_claim": (("item_id", "item"),),
    "evidence_claimcheck": (("claim_id", "claim"),),
    "evidence_exhibit": (("item_id", "item"),),
    "evidence_blob": (("sha256", "bytes"),),
    "evidence_fraudulentaccountreport": (("item_id", "item"),),
    "evidence_chipdiversionreport": (("item_id", "item"),),
    "designations_designee": (("id", "designee"),),
    "designations_authorityversion": (("id", "version"),),
    "designations_versionstatus": (("version_id", "version"),),
    "designations_element": (("version_id", "version"),),
    "designations_consideration": (("version_id", "version"),),
    "designations_prerequisite": (("version_id", "version"),),
}


def affected_cases(changes: Iterable[Change]) -> Ids:
    """Case id to the newest change that touches it.

    Evidence reaches cases through links, citations and steps, of the item itself and of every
    item that derives from it.
    """
    named: defaultdict[str, Named] = defaultdict(dict)
    for change in changes:
        for column, what in _ROUTES.get(change.table, ()):
            for key in _values(change.payload, column):
                named[what][key] = max(change.seq, named[what].get(key, 0))
    found: Ids = dict(named["case"])
    for what, model, path in (
        ("element", CaseElement, "case_id"),
        ("link", Link, "case_element__case_id"),
        ("finding", Finding, "case_element__case_id"),
        ("revision", FindingRevision, "finding__case_element__case_id"),
        ("pin", Pin, "case_id"),
        ("flag", TrackedFlag, "case_id"),
    ):
        rows = model.objects.filter(pk__in=named[what]).values_list("pk", path)
        _reach(found, rows, named[what])
    _reach(
        found,
        Case.objects.filter(designee__in=named["designee"]).values_list("designee_id", "pk"),
        named["designee"],
    )
    _reach(
        found,
        Pin.objects.filter(version__in=named["version"]).values_list("version_id", "case_id"),
        named["version"],
    )
    _through_evidence(found, named)
    if named["wording"]:
        _reach(found, cases_with_the_same_words(named["wording"]), named["wording"])
    known = set(Case.objects.filter(pk__in=found).values_list("pk", flat=True))
    return {case_id: seq for case_id, seq in found.items() if case_id in known}


def _values(payload: Mapping[str, Any], column: str) -> set[Any]:
    """What the column says now and, where it changed, what it said before."""
    states = (payload.get("row") or {}, payload.get("was") or {})
    return {state[column] for state in states if state.get(column) is not None}


def _reach(found: Ids, pairs: Iterable[tuple[Any, int]], seqs: Named) -> None:
    for key, case_id in pairs:
        found[case_id] = max(seqs[key], found.get(case_id, 0))


def _through_evidence(found: Ids, named: Mapping[str, Named]) -> None:
    items: Ids = dict(named["item"])
    _reach(
        items,
        Claim.objects.filter(pk__in=named["claim"]).values_list("pk", "item_id"),
        named["claim"],
    )
    of_bytes = Exhibit.objects.filter(blob__in=named["bytes"])
    _reach(items, of_bytes.values_list("blob_id", "item_id"), named["bytes"])
    of_source = EvidenceItem.objects.filter(source__in=named["source"])
    _reach(items, of_source.values_list("source_id", "pk"), named["source"])
    relayed = Source.objects.filter(pk__in=named["source"], derivatives__isnull=False)
    _reach(items, relayed.values_list("pk", "derivatives__child_id"), named["source"])
    if not items:
        return
    below = _derived_from(items)
    _reach(
        found,
        Link.objects.filter(item__in=below).values_list("item_id", "case_element__case_id"),
        below,
    )
    _reach(
        found,
        PrerequisiteMet.objects.filter(item__in=below).values_list("item_id", "pin__case_id"),
        below,
    )
    keys = dict(EvidenceItem.objects.filter(pk__in=below).values_list("key", "pk"))
    for cites, case_id in _citing(list(keys)):
        cited = [keys[key] for key in cites or () if key in keys]
        _reach(found, ((pk, case_id) for pk in cited), below)
    named_so = RecordDefect.objects.filter(Q(what__in=list(keys))).values_list("what", "case_id")
    _reach(found, ((keys[what], case_id) for what, case_id in named_so), below)


def _citing(keys: list[str]) -> list[tuple[list[str] | None, int]]:
    """(what it cites, its case) of every finding that cites one of these items."""
    with connection.cursor() as cursor:
        # "= ANY" looks each citation up in a hash of the keys; "&&" compares it with every key,
        # which at a few thousand keys takes seconds.
        cursor.execute(
            "SELECT cites, case_id FROM casemgr_finding JOIN casemgr_caseelement"
            "  ON casemgr_caseelement.id = case_element_id"
            " WHERE EXISTS (SELECT FROM unnest(cites) AS cited WHERE cited = ANY(%s))"
            " ORDER BY casemgr_finding.id",
            [keys],
        )
        rows: list[tuple[list[str] | None, int]] = cursor.fetchall()
        return rows


def _derived_from(items: Ids) -> Ids:
    """The items and everything that comes from them, with the newest change behind each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE below (id, seq) AS ("
            " SELECT * FROM unnest(%s::bigint[], %s::bigint[]) UNION"
            " SELECT child_id, seq FROM evidence_derivation JOIN below"
            "  ON parent_item_id = below.id)"
            " SELECT id, max(seq) FROM below GROUP BY id",
            [list(items), list(items.values())],
        )
        return dict(cursor.fetchall())
