"""What-if: a hypothetical change to a record, and the record that would follow.

Nothing is written: a change is a function from one frozen record to another.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from casemgr.apa.record import (
    Case,
    ConsiderationAnswer,
    Finding,
    Item,
    Link,
    LinkAnswer,
    Record,
    Source,
    Step,
)
from casemgr.words import AnswerState, Stance
from designations.library.model import Authority
from evidence.words import Integrity, Reliability, Translation


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEvidence:
    """Log an item, with its source, and link it."""

    item: Item
    links: tuple[Link, ...]
    source: Source | None = None

    def apply(self, record: Record) -> Record:
        """The record with the item in it."""
        sources = dict(record.sources)
        if self.source is not None:
            sources[self.source.key] = self.source
        return replace(
            record,
            items={**record.items, self.item.key: self.item},
            sources=sources,
            case=replace(record.case, links=(*record.case.links, *self.links)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeSource:
    """Disregard every item of a source, and every item that goes back to it."""

    source: str

    def apply(self, record: Record) -> Record:
        """The record without what the source says."""
        struck: set[str] = set()
        while True:
            found = {
                key
                for key, item in record.items.items()
                if key not in struck
                and (
                    item.source == self.source
                    or any(
                        derived.kind.collapses
                        and (derived.source == self.source or derived.item in struck)
                        for derived in item.derived_from
                    )
                )
            }
            if not found:
                break
            struck |= found
        links = tuple(link for link in record.case.links if link.item not in struck)
        return replace(record, case=replace(record.case, links=links))


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeItem:
    """Disregard one item."""

    item: str

    def apply(self, record: Record) -> Record:
        """The record without the item's links."""
        links = tuple(link for link in record.case.links if link.item != self.item)
        return replace(record, case=replace(record.case, links=links))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerConsideration:
    """Answer a consideration of the authority."""

    code: str
    text: str = "answered"

    def apply(self, record: Record) -> Record:
        """The record with the answer in it."""
        kept = tuple(answer for answer in record.case.answers if answer.code != self.code)
        answer = ConsiderationAnswer(code=self.code, text=self.text)
        return _with(record, answers=(*kept, answer))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerContrary:
    """Answer an item that cuts the other way on one element, or that speaks of another motive."""

    element: str
    item: str
    text: str = "answered"

    def apply(self, record: Record) -> Record:
        """The record with the answer on the link."""
        answer = LinkAnswer(state=AnswerState.ANSWERED, text=self.text)
        links = tuple(
            replace(link, answer=answer)
            if (link.element, link.item) == (self.element, self.item)
            and (link.stance is Stance.CONTRADICTS or link.bears_on is not None)
            else link
            for link in record.case.links
        )
        return _with(record, links=links)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteFinding:
    """Write the finding on one element in place of what is there."""

    finding: Finding

    def apply(self, record: Record) -> Record:
        """The record with the finding in it."""
        kept = tuple(f for f in record.case.findings if f.element != self.finding.element)
        return _with(record, findings=(*kept, self.finding))


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """Complete a prerequisite."""

    step: Step

    def apply(self, record: Record) -> Record:
        """The record with the step taken."""
        kept = tuple(step for step in record.case.steps if step.code != self.step.code)
        return _with(record, steps=(*kept, self.step))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseAuthority:
    """Put the case under another authority; what hangs on codes that it lacks is left behind."""

    authority: Authority

    def apply(self, record: Record) -> Record:
        """The record under the other authority."""
        codes = {element.code for element in self.authority.elements}
        links = tuple(link for link in record.case.links if link.element in codes)
        findings = tuple(f for f in record.case.findings if f.element in codes)
        moved = _with(record, links=links, findings=findings, authority=self.authority.name)
        return replace(moved, authority=self.authority)


@dataclass(frozen=True, slots=True, kw_only=True)
class MendItem:
    """Grade an item well, acquire its original or have it translated: whichever it lacks."""

    item: str

    def apply(self, record: Record) -> Record:
        """The record with the item graded, intact and readable."""
        item = record.items[self.item]
        mended = replace(
            item,
            reliability=Reliability.B,
            credibility=2,
            graded=None,
            gradings=(),
            integrity=Integrity.INTACT,
            translation=Translation.CERTIFIED if item.translation else None,
        )
        return replace(record, items={**record.items, self.item: mended})


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain:
    """Explain a comparator, address reliance, or log a reason: whatever the subject names."""

    subject: str

    def apply(self, record: Record) -> Record:
        """The record with the explanation in it."""
        case = record.case
        return _with(
            record,
            comparators=tuple(
                replace(c, explained=True) if c.name == self.subject else c
                for c in case.comparators
            ),
            prior_position=tuple(
                replace(p, reliance_addressed=True) if p.what == self.subject else p
                for p in case.prior_position
            ),
            record=replace(
                case.record,
                left_out=tuple(
                    replace(left, reason="logged") if left.item == self.subject else left
                    for left in case.record.left_out
                ),
                cited_but_absent=tuple(
                    each for each in case.record.cited_but_absent if each != self.subject
                ),
            ),
        )


Change = (
    AddEvidence
    | StrikeSource
    | StrikeItem
    | AnswerConsideration
    | AnswerContrary
    | WriteFinding
    | TakeStep
    | MendItem
    | Explain
    | ChooseAuthority
)


def changed(record: Record, changes: Iterable[Change]) -> Record:
    """The record after some hypothetical changes, applied in order."""
    return reduce(lambda given, change: change.apply(given), changes, record)


def _with(given: Record, /, **case: object) -> Record:
    moved: Case = replace(given.case, **case)  # type: ignore[arg-type]
    return replace(given, case=moved)
