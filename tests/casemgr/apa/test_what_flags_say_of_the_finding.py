"""Flags on the finding, the law it applies and the terms it turns on, in full."""

import pytest

from casemgr.apa.record import (
    AppliedVersion,
    Record,
    Relative,
)
from casemgr.words import (
    Difference,
    Reasoning,
    Stance,
    StepState,
)
from designations.words import ElementKind, PrerequisiteKind, Settledness
from evidence.words import EvidenceKind, Order, RelativeTo
from tests.casemgr.apa.builders import (
    authority,
    day,
    element,
    finding,
    item,
    link,
    prerequisite,
    sound,
    step,
    with_case,
)
from tests.casemgr.apa.flags import BOTH, Told, assert_told, beside

DECIDED = {"decided_on": day("2026-03-10")}
LATE = day("2026-03-20")


def found(**said: object) -> Record:
    return sound(findings=(finding("X-1", "E-1", **said),))


def turning_on(*terms: str, **said: object) -> Record:
    law = authority(element(undefined_terms=terms))
    return sound(law=law, findings=(finding("X-1", "E-1", **said),))


def steps(
    kind: PrerequisiteKind, state: StepState | None, law_says: dict | None = None, **case: object
) -> Record:
    law = authority(prerequisites=(prerequisite(kind=kind, **(law_says or {})),))
    taken = (step(state=state),) if state else ()
    return sound(law=law, steps=taken, **{**DECIDED, **case})


def late_item() -> Record:
    after = item("E-3", relative=Relative(to=RelativeTo.DECISION, order=Order.AFTER))
    return beside(sound(**DECIDED), (after, link("E-3")))


def theory(settled: Settledness, *, memo: bool) -> Record:
    given = sound(law=authority(element(settledness=settled)))
    paper = item("E-3", kind=EvidenceKind.LEGAL_MEMORANDUM)
    return beside(given, (paper, link("E-3", stance=Stance.CONTEXT))) if memo else given


WRITE = (
    "Write the finding on X-1: the facts found, the items that show them, and why they meet the "
    "words of the element.",
)
SPECIFIC = ("Replace it with reasons specific to this designee and this element.",)
DEFINE = ("Define the term in the finding, with its limits and the reasons, before decision.",)
MEMO = (
    "Put a legal memorandum on the theory in the record and link it here.",
    "Give an alternative ground that does not need the theory.",
)
ANEW = ("To rely on it, decide anew on a record that holds it, or file a numbered supplement.",)
REVIEW = ("Review the finding under the version in force on the decision day.",)
NONE: tuple[str, ...] = ()

EXAMPLES = (
    Told(
        "no finding yet",
        sound(findings=()),
        "no-rational-connection",
        "serious",
        ": no finding is written yet.",
        BOTH,
        WRITE,
        pending=True,
    ),
    Told(
        "decided without a finding",
        sound(findings=(), **DECIDED),
        "no-rational-connection",
        "serious",
        ": no finding was written.",
        BOTH,
        WRITE,
    ),
    Told(
        "explained only afterwards",
        sound(findings=(finding("X-1", "E-1", on=LATE),), **DECIDED),
        "no-rational-connection",
        "serious",
        ": the only explanation was written after the decision.",
        BOTH,
        WRITE,
    ),
    Told(
        "a finding without reasons",
        found(reasoning=Reasoning.NONE),
        "no-rational-connection",
        "serious",
        ": the finding gives no reasons.",
        BOTH,
        WRITE,
    ),
    Told(
        "a finding on other items",
        sound(findings=(finding("X-1", "E-77"),)),
        "no-rational-connection",
        "serious",
        ": the finding cites no item linked to this element.",
        BOTH,
        WRITE,
    ),
    Told(
        "partly explained",
        found(reasoning=Reasoning.PARTLY),
        "conclusory",
        "advisory",
        ": the finding is explained in part only.",
        BOTH,
        SPECIFIC,
    ),
    Told(
        "boilerplate on evidence",
        found(reasoning=Reasoning.BOILERPLATE),
        "conclusory",
        "moderate",
        ": the finding is boilerplate.",
        BOTH,
        SPECIFIC,
    ),
    Told(
        "the standard restated over no evidence",
        with_case(found(reasoning=Reasoning.RESTATES_STANDARD), links=()),
        "conclusory",
        "serious",
        ": the finding restates the standard and no more.",
        NONE,
        SPECIFIC,
    ),
    Told(
        "a theory no court has seen",
        theory(Settledness.UNTESTED, memo=False),
        "untested-theory",
        "serious",
        " turns on a legal theory that is untested.",
        NONE,
        MEMO,
    ),
    Told(
        "a contested theory argued in a memorandum",
        theory(Settledness.CONTESTED, memo=True),
        "untested-theory",
        "advisory",
        " turns on a legal theory that is contested.",
        ("E-3",),
        MEMO,
        (
            (
                "untested-theory",
                "moderate",
                "advisory",
                "a legal memorandum on the theory is in the record",
            ),
        ),
    ),
    Told(
        "another version that mattered",
        found(applied=AppliedVersion(version="0")),
        "superseded-law",
        "serious",
        ": the finding applied 0; the difference is material.",
        NONE,
        REVIEW,
    ),
    Told(
        "another version that did not matter",
        found(applied=AppliedVersion(difference=Difference.IMMATERIAL)),
        "superseded-law",
        "advisory",
        ": the finding applied another version of the law; the difference is immaterial.",
        NONE,
        REVIEW,
    ),
    Told(
        "two terms nobody defined",
        turning_on("affiliated with", "control"),
        "unexplained-definition",
        "serious",
        ": nothing in time says what “affiliated with” and “control” means.",
        NONE,
        DEFINE,
        subject="affiliated with,control",
    ),
    Told(
        "one of two terms defined",
        turning_on("affiliated with", "control", defines=(("Control", "half of the votes"),)),
        "unexplained-definition",
        "serious",
        ": nothing in time says what “affiliated with” means.",
        NONE,
        DEFINE,
        subject="affiliated with",
    ),
    Told(
        "a meaning without reasons",
        turning_on("control", defines=(("control", "any tie"),), reasoning=Reasoning.BOILERPLATE),
        "unexplained-definition",
        "serious",
        ": a meaning of “control” is asserted without reasons.",
        NONE,
        DEFINE,
        subject="control",
    ),
    Told(
        "a finding said to define nothing",
        turning_on(defines_none=True),
        "unexplained-definition",
        "serious",
        ": the finding leaves undefined the terms it turns on.",
        NONE,
        DEFINE,
    ),
    Told(
        "nothing says the exception stays away",
        sound(law=authority(element("X-1", ElementKind.EXCEPTION)), links=(), findings=()),
        "exception-applies",
        "serious",
        ": nothing shows that this limit of the authority does not apply.",
        NONE,
        ("Write the finding on X-1: why the exception does not reach this action.",),
    ),
    Told(
        "an item came too late",
        late_item(),
        "post-hoc",
        "advisory",
        ": E-3 came after the decision and is left out.",
        ("E-3",),
        ANEW,
        subject="E-3",
    ),
    Told(
        "a finding came too late",
        sound(findings=(finding("X-1", "E-1", on=LATE),), **DECIDED),
        "post-hoc",
        "advisory",
        ": a finding written after the decision is left out.",
        NONE,
        ANEW,
        subject="finding",
    ),
)


@pytest.mark.parametrize("told", EXAMPLES, ids=lambda told: f"{told.doctrine}: {told.when}")
def test_the_reader_is_told_how_bad_what_and_what_to_do(told: Told) -> None:
    assert_told(told)
