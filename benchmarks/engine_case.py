"""A made-up case of a stated size for measuring the engine: nothing in it is about anyone."""

from datetime import date

from casemgr.apa.record import (
    Case,
    Derivation,
    Designee,
    Finding,
    Item,
    Link,
    LinkAnswer,
    Record,
    Source,
)
from casemgr.words import AnswerState, Attribution, Directness, Stance
from designations.days import PartialDate, Period
from designations.library.model import Authority, Consideration, Element, Prerequisite
from designations.words import ElementKind, Join, PrerequisiteKind, Settledness, UsPresence
from evidence.words import DerivationKind, Hand, Integrity, Reliability, SourceRole

KINDS = (
    ElementKind.FACT,
    ElementKind.STATUS,
    ElementKind.FORWARD,
    ElementKind.MENTAL,
    ElementKind.CAUSAL,
    ElementKind.LEGAL,
)
ROLES = (
    SourceRole.AFFECTED_PARTY,
    SourceRole.PRESS,
    SourceRole.US_GOVERNMENT,
    SourceRole.COMMERCIAL,
    SourceRole.COURT,
)


def record(elements: int = 12, links: int = 200) -> Record:
    """A case of ``elements`` leaves in three groups with ``links`` links, one item each."""
    groups = tuple(Element(code=f"G-{n}", join=Join.ANY if n == 1 else Join.ALL) for n in range(3))
    leaves = tuple(
        Element(
            code=f"X-{n:02d}",
            parent=f"G-{n % 3}",
            kind=KINDS[n % len(KINDS)],
            text=f"operative words of element {n} about activities contrary to the interest",
            settledness=Settledness.CONTESTED if n % 6 == 5 else None,
        )
        for n in range(elements)
    )
    authority = Authority(
        slug="bench",
        version="1",
        in_force=Period(PartialDate(2021, 1, 1), None),
        elements=groups + leaves,
        considerations=tuple(
            Consideration(code=f"C-{n}", text="an aspect", element=None) for n in range(4)
        ),
        prerequisites=(Prerequisite(code="P-1", text="vote", kind=PrerequisiteKind.VOTE),),
    )
    sources = {f"S-{n}": Source(key=f"S-{n}", role=ROLES[n % len(ROLES)]) for n in range(40)}
    items = {}
    for n in range(links):
        derived: tuple[Derivation, ...] = ()
        if n % 4 == 1:
            derived = (Derivation(kind=DerivationKind.RELAYS, item=f"E-{n - 1:04d}"),)
        items[f"E-{n:04d}"] = Item(
            key=f"E-{n:04d}",
            source=f"S-{n % 40}",
            summary="what the item says, neutrally, in a sentence of ordinary length",
            citation=f"Report {n} (Feb. 2026)",
            dated_on=PartialDate(2026, 1 + n % 2, 1 + n % 28),
            hand=(Hand.FIRST, Hand.SECOND)[n % 2],
            reliability=(Reliability.A, Reliability.B, Reliability.C)[n % 3],
            credibility=1 + n % 3,
            integrity=Integrity.INTACT,
            derived_from=derived,
        )
    bearing = tuple(
        Link(
            element=f"X-{n % elements:02d}",
            item=f"E-{n:04d}",
            stance=Stance.CONTRADICTS if n % 20 == 19 else Stance.SUPPORTS,
            directness=(Directness.DIRECT, Directness.CIRCUMSTANTIAL)[n % 3 == 2],
            attribution=Attribution.DESIGNEE if n % 5 else Attribution.AFFILIATE,
            why="it shows the conduct the element names",
            answer=LinkAnswer(state=AnswerState.ANSWERED, text="weighed") if n % 20 == 19 else None,
        )
        for n in range(links)
    )
    findings = tuple(
        Finding(
            element=leaf.code,
            text=f"The record shows by items of {leaf.code} that accounts were opened in bulk.",
            on=PartialDate(2026, 3, 1),
            cites=(next(link.item for link in bearing if link.element == leaf.code),),
        )
        for leaf in leaves
    )
    return Record(
        case=Case(
            key="BENCH-1",
            authority="bench@1",
            designee=Designee(key="D-1", us_presence=UsPresence.NONE),
            links=bearing,
            findings=findings,
        ),
        authority=authority,
        items=items,
        sources=sources,
        as_of=date(2026, 3, 26),
    )
