"""Flags on the record, the steps and what the decision left unanswered, in full."""

import pytest

from casemgr.apa.record import (
    ComparatorCase,
    LeftOut,
    PriorPosition,
    Record,
    RecordState,
)
from casemgr.words import (
    BearsOn,
    Stance,
    StepState,
)
from designations.words import ElementKind, PrerequisiteKind, UsPresence
from evidence.words import Integrity, SourceRole
from tests.casemgr.apa.builders import (
    authority,
    consideration,
    day,
    element,
    item,
    link,
    prerequisite,
    sound,
    source,
    step,
)
from tests.casemgr.apa.flags import Told, assert_told, beside

DECIDED = {"decided_on": day("2026-03-10")}
LATE = day("2026-03-20")
NO_TIES = "the designee has no presence or property in the United States"


def steps(
    kind: PrerequisiteKind, state: StepState | None, law_says: dict | None = None, **case: object
) -> Record:
    law = authority(prerequisites=(prerequisite(kind=kind, **(law_says or {})),))
    taken = (step(state=state),) if state else ()
    return sound(law=law, steps=taken, **{**DECIDED, **case})


def lost(role: SourceRole) -> Record:
    submission = item("E-3", "S-3", integrity=Integrity.LOST)
    given = sound(sources=(source("S-1"), source("S-2", SourceRole.COURT), source("S-3", role)))
    return beside(given, (submission, link("E-3", stance=Stance.SUPPORTS)))


def of_motive() -> Record:
    memo = item("E-9", "S-9")
    sources = (source("S-1"), source("S-2"), source("S-9", SourceRole.DECIDING_AUTHORITY))
    said = link("E-9", stance=Stance.CONTEXT, bears_on=BearsOn.MOTIVE)
    return beside(sound(sources=sources), (memo, said))


def against(*keys: str) -> Record:
    contrary = [(item(key), link(key, stance=Stance.CONTRADICTS)) for key in keys]
    return beside(sound(), *contrary)


NOTIFY = (
    "Complete P-1 and record its date.",
    "Answer what the designee submits, in writing.",
)
COMPLETE = ("Complete P-1 and record its date and who did it.",)
NONE: tuple[str, ...] = ()

EXAMPLES = (
    Told(
        "one consideration left open",
        sound(law=authority(considerations=(consideration(),))),
        "important-aspect",
        "moderate",
        ": C-1 is not answered: an alternative",
        NONE,
        ("Answer C-1 in the decision, on the merits.",),
        subject="C-1",
    ),
    Told(
        "another treated otherwise",
        sound(
            comparators=(
                ComparatorCase(
                    name="Acme", same_conduct=True, outcome="warned only", element="X-1"
                ),
            )
        ),
        "inconsistent-treatment",
        "moderate",
        ": Acme did the same and was treated otherwise (warned only); nothing says why.",
        NONE,
        ("Explain what sets Acme apart, or treat it alike.",),
        subject="Acme",
    ),
    Told(
        "a departure from what was promised",
        sound(prior_position=(PriorPosition(what="review by case", element="X-1"),)),
        "reliance",
        "moderate",
        " departs from an earlier position (review by case) and does not address those who "
        "relied on it.",
        NONE,
        ("Acknowledge the change, and weigh the reliance interests against its reasons.",),
        subject="review by case",
    ),
    Told(
        "an item cited and not filed",
        sound(record=RecordState(cited_but_absent=("E-1",))),
        "record-incomplete",
        "serious",
        ": E-1 is cited but is not in the record.",
        ("E-1",),
        ("Add E-1 to the record, or log it with the reason it is withheld.",),
        subject="E-1",
    ),
    Told(
        "something left out without a word",
        sound(record=RecordState(left_out=(LeftOut(item="the letter", element="X-1"),))),
        "record-incomplete",
        "serious",
        ": the letter was left out of the record and no reason is logged.",
        ("the letter",),
        ("Add the letter to the record, or log it with the reason it is withheld.",),
        subject="the letter",
    ),
    Told(
        "something left out for a reason",
        sound(
            record=RecordState(
                left_out=(LeftOut(item="the letter", reason=" privileged ", element="X-1"),)
            )
        ),
        "record-incomplete",
        "advisory",
        ": the letter was left out of the record (privileged).",
        ("the letter",),
        ("Add the letter to the record, or log it with the reason it is withheld.",),
        subject="the letter",
    ),
    Told(
        "the respondent's paper was lost",
        lost(SourceRole.RESPONDENT),
        "record-incomplete",
        "serious",
        ": E-3, the respondent's own submission, was lost.",
        ("E-3",),
        ("Add E-3 to the record, or log it with the reason it is withheld.",),
        subject="E-3",
    ),
    Told(
        "one item against",
        against("E-3"),
        "contrary-unaddressed",
        "serious",
        ": E-3 cuts the other way and the decision says nothing to it.",
        ("E-3",),
        ("Answer E-3 on the merits in the finding, and weigh the element again.",),
    ),
    Told(
        "two items against",
        against("E-3", "E-4"),
        "contrary-unaddressed",
        "serious",
        ": E-3 and E-4 cut the other way and the decision says nothing to it.",
        ("E-3", "E-4"),
        (
            "Answer E-3 on the merits in the finding, and weigh the element again.",
            "Answer E-4 on the merits in the finding, and weigh the element again.",
        ),
    ),
    Told(
        "the decider states another motive",
        of_motive(),
        "pretext",
        "serious",
        ": the record holds statements of another motive for the decision, strong enough to be "
        "believed over the stated one.",
        ("E-9",),
        (
            "Restate the decision on the authority's own grounds and no others.",
            "Document the sequence in which the evidence led to the decision.",
        ),
    ),
    Told(
        "a step toward the designee left out",
        steps(PrerequisiteKind.SUMMARY, StepState.NOT_MET),
        "notice",
        "moderate",
        ": P-1 was not done: a step",
        NONE,
        NOTIFY,
        subject="P-1",
    ),
    Told(
        "a designee without ties was heard in part",
        steps(PrerequisiteKind.OPPORTUNITY, StepState.PARTIAL, us_presence=UsPresence.NONE),
        "notice",
        "advisory",
        ": P-1 was done in part: a step",
        NONE,
        NOTIFY,
        (("notice", "moderate", "advisory", NO_TIES),),
        subject="P-1",
    ),
    Told(
        "a step without words came late",
        steps(PrerequisiteKind.SUBMISSIONS, StepState.LATE, {"text": " "}),
        "notice",
        "moderate",
        ": P-1 was done late.",
        NONE,
        NOTIFY,
        subject="P-1",
    ),
    Told(
        "a notice still ahead is not softened",
        steps(PrerequisiteKind.NOTICE, None, us_presence=UsPresence.NONE, decided_on=None),
        "notice",
        "moderate",
        ": P-1 is not done yet: a step",
        NONE,
        NOTIFY,
        subject="P-1",
        pending=True,
    ),
    Told(
        "no vote was taken",
        steps(PrerequisiteKind.VOTE, StepState.NOT_MET),
        "prerequisite-missing",
        "serious",
        ": P-1 was not done: a step",
        NONE,
        COMPLETE,
        subject="P-1",
    ),
    Told(
        "the report came late",
        steps(PrerequisiteKind.REPORT, StepState.LATE),
        "prerequisite-missing",
        "moderate",
        ": P-1 was done late: a step",
        NONE,
        COMPLETE,
        subject="P-1",
    ),
    Told(
        "a process of which nothing is named",
        sound(law=authority(element("X-1", ElementKind.PROCESS)), links=(), findings=(), **DECIDED),
        "prerequisite-missing",
        "serious",
        ": no step of this process is named or recorded.",
        NONE,
        ("Name the steps of X-1 as prerequisites and record each.",),
    ),
)


@pytest.mark.parametrize("told", EXAMPLES, ids=lambda told: f"{told.doctrine}: {told.when}")
def test_the_reader_is_told_how_bad_what_and_what_to_do(told: Told) -> None:
    assert_told(told)
