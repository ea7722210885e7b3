"""Words to build records with: what a test does not name is well, so one fault stands alone."""

from dataclasses import replace
from datetime import date
from typing import Any

from casemgr.apa.assess import assess
from casemgr.apa.record import (
    Case,
    ConsiderationAnswer,
    Designee,
    Finding,
    Item,
    Link,
    Record,
    Source,
    Step,
)
from casemgr.apa.report import CaseReport, ElementReport
from casemgr.words import (
    AnswerState,
    Attribution,
    Completeness,
    Directness,
    Reasoning,
    StepState,
)
from designations.days import PartialDate, Period
from designations.library.model import Authority, Consideration, Element, Prerequisite
from designations.words import ElementKind, Threshold, UsPresence
from evidence.words import Hand, Integrity, Reliability, SourceRole

TODAY = date(2026, 3, 26)


def day(text: str) -> PartialDate:
    """A date as a docket file writes it."""
    return PartialDate.parse(text)


def source(key: str, role: SourceRole = SourceRole.COMMERCIAL, **said: Any) -> Source:
    """A named source."""
    return Source(key=key, role=role, **said)


def item(key: str, said_by: str | None = None, **said: Any) -> Item:
    """A direct witness's fresh, well-graded, intact item."""
    well = {
        "dated_on": day("2026-02-01"),
        "hand": Hand.FIRST,
        "reliability": Reliability.A,
        "credibility": 1,
        "integrity": Integrity.INTACT,
    }
    return Item(key=key, source=said_by, **{**well, **said})


def link(key: str, element: str = "X-1", **said: Any) -> Link:
    """A direct link about the designee."""
    well = {"directness": Directness.DIRECT, "attribution": Attribution.DESIGNEE}
    return Link(element=element, item=key, why="it shows it", **{**well, **said})


def finding(element: str = "X-1", *cites: str, **said: Any) -> Finding:
    """A reasoned finding that cites items."""
    well = {
        "text": f"The record shows accounts opened in bulk; {element} follows from each.",
        "on": day("2026-03-01"),
        "cites": cites,
        "reasoning": Reasoning.EXPLAINED,
    }
    return Finding(element=element, **{**well, **said})


def element(code: str = "X-1", kind: ElementKind = ElementKind.FACT, **said: Any) -> Element:
    """A leaf of the element tree."""
    return Element(code=code, kind=kind, text=f"operative words of {code}", **said)


def authority(*elements: Element, **said: Any) -> Authority:
    """An authority in force that asks substantial evidence."""
    well = {
        "slug": "example",
        "version": "1",
        "in_force": Period(day("2021"), None),
        "threshold": Threshold.SUBSTANTIAL_EVIDENCE,
    }
    return Authority(elements=elements or (element(),), **{**well, **said})


def record(
    items: tuple[Item, ...] = (),
    links: tuple[Link, ...] = (),
    *,
    law: Authority | None = None,
    sources: tuple[Source, ...] = (),
    completeness: Completeness = Completeness.FULL,
    as_of: date | None = TODAY,
    us_presence: UsPresence | None = UsPresence.PROPERTY,
    **case: Any,
) -> Record:
    """A record of one case."""
    law = law or authority()
    return Record(
        case=Case(
            key="CASE-1",
            authority=law.name,
            designee=Designee(key="D-1", us_presence=us_presence),
            links=links,
            **case,
        ),
        authority=law,
        items={each.key: each for each in items},
        sources={each.key: each for each in sources},
        completeness=completeness,
        as_of=as_of,
    )


def sound(**case: Any) -> Record:
    """A live case with one element on two independent direct items, found and explained."""
    given: dict[str, Any] = {
        "items": (item("E-1", "S-1"), item("E-2", "S-2")),
        "links": (link("E-1"), link("E-2")),
        "sources": (source("S-1"), source("S-2", SourceRole.COURT)),
        "findings": (finding("X-1", "E-1", "E-2"),),
    }
    return record(**{**given, **case})


def with_item(given: Record, **change: Any) -> Record:
    """The record with every item changed alike."""
    items = {key: replace(each, **change) for key, each in given.items.items()}
    return replace(given, items=items)


def with_links(given: Record, **change: Any) -> Record:
    """The record with every link changed alike."""
    links = tuple(replace(each, **change) for each in given.case.links)
    return replace(given, case=replace(given.case, links=links))


def with_case(given: Record, **change: Any) -> Record:
    """The record with its case changed."""
    return replace(given, case=replace(given.case, **change))


def with_law(given: Record, **change: Any) -> Record:
    """The record with its authority changed."""
    return replace(given, authority=replace(given.authority, **change))


def element_of(report: CaseReport, code: str = "X-1") -> ElementReport:
    """One element of a report."""
    return next(each for each in report.elements if each.code == code)


def judged(given: Record, code: str = "X-1") -> ElementReport:
    """One element of the assessment of a record."""
    return element_of(assess(given), code)


def raised(given: Record, code: str = "X-1") -> dict[str, str]:
    """Severity by doctrine of the flags on one element, pending ones marked."""
    return {
        flag.doctrine: f"pending {flag.severity}" if flag.pending else str(flag.severity)
        for flag in judged(given, code).flags
    }


def raised_on_case(given: Record) -> dict[str, str]:
    """Severity by doctrine of the flags on the case, pending ones marked."""
    return {
        flag.doctrine: f"pending {flag.severity}" if flag.pending else str(flag.severity)
        for flag in assess(given).flags
    }


def consideration(code: str = "C-1", **said: Any) -> Consideration:
    """A consideration on the one element."""
    return Consideration(code=code, text="an alternative", element="X-1", **said)


def answered(code: str = "C-1", state: AnswerState = AnswerState.ANSWERED) -> ConsiderationAnswer:
    """An answer to it."""
    return ConsiderationAnswer(code=code, state=state, text="it was weighed")


def prerequisite(code: str = "P-1", **said: Any) -> Prerequisite:
    """A step on the one element."""
    return Prerequisite(code=code, **{"text": "a step", "element": "X-1", **said})


def step(code: str = "P-1", state: StepState = StepState.MET, **said: Any) -> Step:
    """How far it was taken."""
    return Step(code=code, state=state, **said)
