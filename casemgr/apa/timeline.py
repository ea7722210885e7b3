"""Time: what was in the record on a day, and when the decision fell.

`as_of` cuts a record to a day. Everything the engine reads is a dated row, so a past assessment
is the same computation over fewer rows, never a reconstruction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from casemgr.apa.record import Case, Derivation, Grading, Item, Record, Source
from casemgr.words import MilestoneKind
from designations.days import PartialDate


class Dated(Protocol):
    """A row that lives from ``entered_on`` until ``ended_on``, the first day without effect."""

    @property
    def entered_on(self) -> PartialDate | None: ...
    @property
    def ended_on(self) -> PartialDate | None: ...


class Done(Protocol):
    """An act done on a day; undated, it was always done."""

    @property
    def on(self) -> PartialDate | None: ...


Row = TypeVar("Row", bound=Dated)
Act = TypeVar("Act", bound=Done)


@dataclass(frozen=True, slots=True)
class Clock:
    """Whether the case is decided, when, and the day ages are measured from."""

    decided: bool
    decided_on: date | None
    day: date | None  # decided_on, else as_of; None in a summary that states neither


def clock(record: Record) -> Clock:
    """Read the decision from the case; a decision after the as-of day has not happened."""
    case = record.case
    stated = case.decided_on or next(
        (m.on for m in case.milestones if m.kind is MilestoneKind.DECISION), None
    )
    decided_on = stated.last() if stated else None
    if decided_on and record.as_of and decided_on > record.as_of:
        return Clock(False, None, record.as_of)
    decided = bool(case.decided or decided_on)
    return Clock(decided, decided_on, decided_on or record.as_of)


def entered(item: Item, items: Mapping[str, Item]) -> date | None:
    """When the item came before the agency: as declared, else its own date, else always.

    An undated copy came no earlier than the first of what it copies.
    """
    stated = item.entered_on or item.dated_on
    if stated is not None:
        return stated.last()
    copied = [d.item for d in item.derived_from if d.kind.collapses]
    if not copied:
        return None
    earliest = [entered(items[key], items) if key and key in items else None for key in copied]
    known = [day for day in earliest if day is not None]
    return min(known) if len(known) == len(copied) else None


def _there(since: PartialDate | None, day: date | None) -> bool:
    return since is None or day is None or since.last() <= day


def _live(row: Dated, day: date | None) -> bool:
    if row.ended_on is not None and (day is None or row.ended_on.last() <= day):
        return False
    return _there(row.entered_on, day)


def _rows(rows: tuple[Row, ...], day: date | None) -> tuple[Row, ...]:
    if all(_live(row, day) for row in rows):
        return rows
    return tuple(row for row in rows if _live(row, day))


def _current_grading(item: Item, day: date | None) -> Item:
    gradings: tuple[Grading, ...] = _rows(item.gradings, day)
    if not gradings:
        return item
    newest = max(gradings, key=lambda g: g.entered_on.last() if g.entered_on else date.min)
    return replace(
        item,
        reliability=newest.reliability,
        credibility=newest.credibility,
        graded=newest.graded,
    )


def _item_as_of(item: Item, day: date | None) -> Item:
    if item.gradings:
        item = _current_grading(item, day)
    derived: tuple[Derivation, ...] = _rows(item.derived_from, day)
    if derived is not item.derived_from:
        item = replace(item, derived_from=derived)
    if item.withdrawn_on and not _there(item.withdrawn_on, day):
        item = replace(item, withdrawn_on=None)
    return item


def _done(rows: tuple[Act, ...], day: date) -> tuple[Act, ...]:
    return tuple(row for row in rows if _there(row.on, day))


def as_of(record: Record) -> Record:
    """The record as it stood on its as-of day; the whole of it when that day is None.

    Without what people say of the sources' quality: no grade and no digest may follow from it.
    """
    day = record.as_of
    items = {
        key: _item_as_of(item, day)
        for key, item in record.items.items()
        if day is None or (came := entered(item, record.items)) is None or came <= day
    }
    case = record.case
    links = tuple(link for link in _rows(case.links, day) if link.item in items)
    if day is not None:
        links = tuple(
            replace(link, answer=None)
            if link.answer and link.answer.on and not _there(link.answer.on, day)
            else link
            for link in links
        )
        case = _case_as_of(case, day)
    return replace(
        record,
        items=items,
        sources=_undescribed(record.sources),
        case=replace(case, links=links, comparators=_rows(case.comparators, day)),
    )


def _undescribed(sources: Mapping[str, Source]) -> Mapping[str, Source]:
    if not any(source.descriptors for source in sources.values()):
        return sources
    return {key: replace(source, descriptors=()) for key, source in sources.items()}


def _case_as_of(case: Case, day: date) -> Case:
    return replace(
        case,
        findings=_done(case.findings, day),
        answers=_done(case.answers, day),
        steps=_done(case.steps, day),
        milestones=_done(case.milestones, day),
    )
