"""Records made up by hypothesis: small, valid, and as odd as the format allows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from casemgr.apa.record import (
    Claim,
    ConsiderationAnswer,
    Derivation,
    Finding,
    Item,
    Link,
    LinkAnswer,
    Record,
    Source,
    Step,
)
from casemgr.words import (
    AnswerState,
    Attribution,
    Completeness,
    Directness,
    Reasoning,
    Stance,
    StepState,
)
from designations.days import PartialDate
from designations.library.model import Authority, Consideration, Element, Prerequisite
from designations.words import (
    ElementKind,
    Join,
    PrerequisiteKind,
    Settledness,
    Threshold,
    UsPresence,
)
from evidence.words import (
    Access,
    ClaimState,
    DerivationKind,
    EvidenceKind,
    Hand,
    Integrity,
    Reliability,
    SourceRole,
    Translation,
)
from tests.casemgr.apa.builders import authority, record

CODES = ("X-1", "X-2", "Y-1", "Y-2")


def maybe(words: type) -> st.SearchStrategy[Any]:
    """One of the words, or not stated."""
    return st.one_of(st.none(), st.sampled_from(list(words)))


days = st.builds(
    PartialDate,
    year=st.integers(2021, 2025),  # in the record on the as-of day
    month=st.one_of(st.none(), st.integers(1, 12)),
)

sources = st.lists(
    st.builds(
        Source,
        key=st.sampled_from([f"S-{n}" for n in range(5)]),
        role=st.sampled_from(list(SourceRole)),
        anonymous=st.booleans(),
        of_government=st.sampled_from([None, "us", "cn"]),
    ),
    max_size=5,
    unique_by=lambda each: each.key,
).map(tuple)


@st.composite
def items(draw: st.DrawFn, count: int) -> tuple[Item, ...]:
    """Items that may derive from earlier ones or from sources."""
    made: list[Item] = []
    for number in range(count):
        derived = ()
        if made and draw(st.booleans()):
            parent = draw(st.sampled_from(made)).key
            derived = (Derivation(kind=draw(st.sampled_from(list(DerivationKind))), item=parent),)
        made.append(
            Item(
                key=f"E-{number}",
                kind=draw(st.sampled_from(list(EvidenceKind))),
                source=draw(st.sampled_from([None, *(f"S-{n}" for n in range(5))])),
                dated_on=draw(st.one_of(st.none(), days)),
                hand=draw(maybe(Hand)),
                reliability=draw(maybe(Reliability)),
                credibility=draw(st.one_of(st.none(), st.integers(1, 6))),
                graded=draw(st.sampled_from([None, None, True, False])),
                body=draw(st.sampled_from([False, False, False, True])),
                access=draw(maybe(Access)),
                summary_given=draw(st.sampled_from([None, True, False])),
                language=draw(st.sampled_from([None, None, "en", "zh"])),
                translation=draw(maybe(Translation)),
                integrity=draw(maybe(Integrity)),
                claims=draw(
                    st.lists(
                        st.builds(
                            Claim,
                            metric=st.just("accounts"),
                            check=st.sampled_from(list(ClaimState)),
                        ),
                        max_size=1,
                    ).map(tuple)
                ),
                derived_from=derived,
            )
        )
    return tuple(made)


@st.composite
def links(draw: st.DrawFn, keys: list[str]) -> tuple[Link, ...]:
    """Links of any stance, answered or not."""
    made = []
    for key in keys:
        for code in draw(st.sets(st.sampled_from(CODES), max_size=2)):
            made.append(
                Link(
                    element=code,
                    item=key,
                    stance=draw(st.sampled_from([Stance.SUPPORTS, Stance.SUPPORTS, *list(Stance)])),
                    directness=draw(maybe(Directness)),
                    attribution=draw(maybe(Attribution)),
                    answer=draw(
                        st.one_of(
                            st.none(),
                            st.builds(LinkAnswer, state=st.sampled_from(list(AnswerState))),
                        )
                    ),
                )
            )
    return tuple(made)


@st.composite
def laws(draw: st.DrawFn, kinds: Iterable[ElementKind]) -> Authority:
    """An authority of two groups of two leaves."""
    leaves = tuple(
        Element(
            code=code,
            parent="G-1" if code.startswith("X") else "G-2",
            kind=draw(st.sampled_from(list(kinds))),
            text=f"operative words of {code}",
            settledness=draw(st.one_of(st.none(), st.none(), st.sampled_from(list(Settledness)))),
        )
        for code in CODES
    )
    groups = tuple(
        Element(code=code, join=draw(st.sampled_from(list(Join)))) for code in ("G-1", "G-2")
    )
    return authority(
        *groups,
        *leaves,
        threshold=draw(st.sampled_from(list(Threshold))),
        considerations=draw(
            st.lists(
                st.builds(
                    Consideration,
                    code=st.just("C-1"),
                    element=st.sampled_from([None, *CODES]),
                    main=st.booleans(),
                ),
                max_size=1,
            ).map(tuple)
        ),
        prerequisites=draw(
            st.lists(
                st.builds(
                    Prerequisite,
                    code=st.just("P-1"),
                    kind=st.sampled_from(list(PrerequisiteKind)),
                    element=st.sampled_from([None, *CODES]),
                ),
                max_size=1,
            ).map(tuple)
        ),
    )


@st.composite
def records(
    draw: st.DrawFn, live: bool | None = None, kinds: Iterable[ElementKind] = ElementKind
) -> Record:
    """A whole record, live or summary."""
    law = draw(laws(kinds))
    made = draw(items(draw(st.integers(0, 5))))
    full = draw(st.booleans()) if live is None else live
    codes = st.sampled_from(CODES)
    return record(
        items=made,
        links=draw(links([each.key for each in made])),
        law=law,
        sources=draw(sources),
        completeness=Completeness.FULL if full else Completeness.SUMMARY,
        as_of=date(2026, 3, 26) if full else None,
        us_presence=draw(maybe(UsPresence)),
        decided_on=draw(st.sampled_from([None, PartialDate(2026, 2, 1)])),
        asserts=draw(st.one_of(st.none(), st.sets(codes, min_size=1).map(sorted).map(tuple))),
        no_evidence=draw(st.sets(codes, max_size=1).map(tuple)),
        findings=draw(
            st.lists(
                st.builds(
                    Finding,
                    element=codes,
                    text=st.sampled_from(["", "reasons specific to this designee", "same"]),
                    cites=st.sampled_from([None, (), ("E-0",), ("E-0", "E-1")]),
                    reasoning=maybe(Reasoning),
                    predictive=st.sampled_from([None, True]),
                ),
                max_size=3,
            ).map(tuple)
        ),
        answers=draw(
            st.lists(
                st.builds(
                    ConsiderationAnswer,
                    code=st.just("C-1"),
                    state=st.sampled_from(list(AnswerState)),
                ),
                max_size=1,
            ).map(tuple)
        ),
        steps=draw(
            st.lists(
                st.builds(Step, code=st.just("P-1"), state=st.sampled_from(list(StepState))),
                max_size=1,
            ).map(tuple)
        ),
    )
