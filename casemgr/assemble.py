"""Rows as of a day into the engine's `Record`: the door between the database and the pure core.

The number of queries does not depend on how many cases, links or items there are. A record read
from rows gives the same assessment as the docket file that states the same facts.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import prefetch_related_objects

from casemgr.apa.record import Case as CaseFacts
from casemgr.apa.record import Item, Record, Source
from casemgr.assembly.case_record import case_under
from casemgr.assembly.case_rows import CaseRows, read_case_rows
from casemgr.assembly.evidence_rows import read_items, read_sources
from casemgr.clock import decision_day
from casemgr.models import Case
from casemgr.pins import choose_pin
from casemgr.words import Completeness
from designations.library.model import Authority
from designations.models import AuthorityVersion
from evidence.lineage import with_origins
from evidence.models import EvidenceItem


class NotPinnedError(LookupError):
    """The case names no version of the law that holds on the day asked for."""

    def __init__(self, case: Case, day: date | None) -> None:
        self.case = case
        self.day = day
        when = f" on {day.isoformat()}" if day else ""
        super().__init__(
            f"{case.key} is pinned to no version of an authority{when}: pin one that holds then."
        )


def as_of_day(case: Case, as_of: date | None = None) -> date | None:
    """The day a case is read as of: the one asked for, else its own, else today.

    A summary that states no day is read as a whole, because silence there means nothing.
    """
    stated = as_of or case.as_of
    if stated is None and case.completeness == Completeness.FULL:
        return decision_day()
    return stated


def record_of(case: Case, as_of: date | None = None) -> Record:
    """The record of one case. Raises NotPinnedError where no version holds on the day."""
    return records_of([case], as_of)[0]


def records_of(cases: Collection[Case], as_of: date | None = None) -> list[Record]:
    """The records of many cases, in the order given, in the queries of one."""
    prefetch_related_objects(list(cases), "designee")
    days = {case.pk: as_of_day(case, as_of) for case in cases}
    today = decision_day()
    past = any(day is not None and day < today for day in days.values())
    rows = read_case_rows(cases, history=past)
    facts = {case.pk: _facts(rows[case.pk], days[case.pk]) for case in cases}
    law = _authorities(pin_version for _, pin_version in facts.values())
    items, sources = read_evidence(stated for stated, _ in facts.values())
    return [_record(case, *facts[case.pk], law, items, sources, days[case.pk]) for case in cases]


def read_evidence(
    cases: Iterable[CaseFacts], more: Collection[str] = ()
) -> tuple[dict[str, Item], dict[str, Source]]:
    """Every item that the cases name with all it comes from, and the sources of those.

    ``more`` names further items by key.
    """
    keys = {key for case in cases for key in named_items(case)} | set(more)
    ids = EvidenceItem.objects.filter(key__in=keys).values_list("pk", flat=True)
    items = read_items(with_origins(list(ids)))
    return items, read_sources(items.values())


def named_items(case: CaseFacts) -> set[str]:
    """Keys of the items a case links, cites, or says were left out."""
    return (
        {link.item for link in case.links}
        | {key for finding in case.findings for key in finding.cites or ()}
        | {left_out.item for left_out in case.record.left_out}
    )


def _facts(rows: CaseRows, day: date | None) -> tuple[CaseFacts, int]:
    pin = choose_pin(rows.pins, day or rows.case.decided_on)
    if pin is None:
        raise NotPinnedError(rows.case, day)
    return case_under(rows, pin, day), pin.version_id


def _authorities(version_ids: Iterable[int]) -> dict[int, Authority]:
    versions = (
        AuthorityVersion.objects.filter(pk__in=set(version_ids))
        .select_related("authority")
        .prefetch_related("statuses")
    )
    return {version.pk: version.as_dataclass() for version in versions}


def _record(
    case: Case,
    facts: CaseFacts,
    version_id: int,
    law: dict[int, Authority],
    items: dict[str, Item],
    sources: dict[str, Source],
    day: date | None,
) -> Record:
    pending = list(named_items(facts))
    reached: set[str] = set()
    while pending:
        key = pending.pop()
        if key not in reached and key in items:
            reached.add(key)
            pending += [each.item for each in items[key].derived_from if each.item is not None]
    mine = {key: item for key, item in items.items() if key in reached}
    named = {item.source for item in mine.values()} | {
        each.source for item in mine.values() for each in item.derived_from
    }
    return Record(
        case=facts,
        authority=law[version_id],
        items=mine,
        sources={key: source for key, source in sources.items() if key in named},
        completeness=Completeness(case.completeness),
        as_of=day,
    )
