"""The derivation of a grade: the sentences a lawyer checks against the record."""

from dataclasses import replace
from typing import Any

import pytest

from casemgr.apa.record import Derivation, PriorPosition, Record
from casemgr.words import Attribution, Completeness, Directness, Reasoning, StepState
from designations.words import ElementKind, PrerequisiteKind, Settledness, UsPresence
from evidence.words import Access, DerivationKind, Ended, Hand, Integrity, SourceRole
from tests.casemgr.apa.builders import (
    authority,
    day,
    element,
    finding,
    item,
    judged,
    link,
    prerequisite,
    record,
    sound,
    source,
    step,
    with_case,
    with_item,
    with_links,
)
from tests.casemgr.apa.flags import beside

SUMMARY = {"completeness": Completeness.SUMMARY}
LAW = ElementKind.LEGAL


def told(given: Record) -> tuple[str, ...]:
    return judged(given).derivation


def test_a_sound_element_is_weighed_and_graded() -> None:
    assert told(sound()) == (
        "2 supporting items go back to 2 independent origins.",
        "Heaviest: E-1 1.00 (direct, about designee, first hand); "
        "E-2 1.00 (direct, about designee, first hand).",
        "Together they weigh 2.00 against a threshold of 0.67 (substantial-evidence).",
        "Grade: strong.",
    )


def test_copies_are_told_as_one_origin_and_the_flag_that_caps() -> None:
    relayed = (Derivation(kind=DerivationKind.RELAYS, item="E-1"),)
    given = record(
        items=(item("E-1", "S-1"), item("E-2", "S-2", derived_from=relayed)),
        links=(link("E-1"), link("E-2")),
        sources=(source("S-1"), source("S-2")),
        findings=(finding("X-1", "E-1"),),
    )
    found = told(given)
    assert found[0] == (
        "2 supporting items go back to 1 independent origin; collapsed into one: S-1 (E-1, E-2)."
    )
    assert found[-2] == "Capped by single-origin (serious)."


def test_one_item_goes_back_to_one_origin() -> None:
    given = with_case(sound(), links=(link("E-1"),))
    assert told(given)[0] == "1 supporting item goes back to 1 independent origin."


def test_the_three_heaviest_items_are_told_heaviest_first() -> None:
    circumstance = {"directness": Directness.CIRCUMSTANTIAL}
    more = [(item(f"E-{n}"), link(f"E-{n}", **circumstance)) for n in (0, 3)]
    heaviest = told(beside(sound(), *more))[1]
    assert [each.split()[0] for each in heaviest.removeprefix("Heaviest: ").split("; ")] == [
        "E-1",
        "E-2",
        "E-0",
    ]


SILENT_ITEM = {"hand": None, "reliability": None, "credibility": None}
SILENT_LINK = {"directness": None, "attribution": None}


@pytest.mark.parametrize(
    ("given", "account"),
    [
        (
            with_links(with_item(sound(), **SILENT_ITEM), **SILENT_LINK),
            "E-1 0.09 (directness not stated, hand not stated, ungraded)",
        ),
        (with_links(with_item(sound(**SUMMARY), **SILENT_ITEM), **SILENT_LINK), "E-1 1.00"),
        (
            with_links(with_item(sound(), hand=Hand.THIRD), attribution=Attribution.AGENT),
            "E-1 0.45 (direct, about agent, third hand)",
        ),
        (
            sound(sources=(source("S-1", SourceRole.AFFECTED_PARTY),)),
            "E-1 0.75 (direct, about designee, first hand, interested)",
        ),
    ],
)
def test_an_item_is_told_with_its_weight_and_what_is_said_of_it(
    given: Record, account: str
) -> None:
    heaviest = next(each for each in told(given) if each.startswith("Heaviest: "))
    assert account in heaviest.removeprefix("Heaviest: ").removesuffix(".").split("; ")


def test_what_is_left_out_is_told_with_the_reason() -> None:
    altered = with_item(sound(), integrity=Integrity.MISMATCH)
    assert told(altered) == (
        "E-1 is left out (integrity): its bytes do not match the recorded hash.",
        "E-2 is left out (integrity): its bytes do not match the recorded hash.",
        "No supporting item stands.",
        "Capped by no-evidence (fatal).",
        "Grade: unsupported.",
    )


def test_interest_and_age_of_all_support_are_told() -> None:
    gaining = tuple(source(key, SourceRole.AFFECTED_PARTY) for key in ("S-1", "S-2"))
    assert "Every origin gains by the finding." in told(sound(sources=gaining))
    assert "Every origin gains by the finding." not in told(sound(sources=gaining[:1]))
    status = authority(element("X-1", ElementKind.STATUS))
    ended = with_item(sound(law=status), ended=Ended.BEFORE_DECISION)
    assert "Too old for a status element, or undated: E-1 and E-2." in told(ended)
    assert not any(each.startswith("Too old") for each in told(sound(law=status)))


def test_a_softened_flag_is_told_with_the_reason_and_two_that_cap() -> None:
    closed = with_item(
        sound(
            us_presence=UsPresence.NONE,
            prior_position=(PriorPosition(what="before", element="X-1"),),
        ),
        access=Access.CLASSIFIED,
    )
    assert told(closed)[-3:] == (
        "classified-only: serious becomes moderate, because the designee has no presence or "
        "property in the United States.",
        "Capped by classified-only (moderate) and reliance (moderate).",
        "Grade: contestable.",
    )


def test_a_flag_that_is_pending_or_advisory_caps_nothing() -> None:
    partly = sound(findings=(finding("X-1", "E-1", reasoning=Reasoning.PARTLY),))
    for given in (partly, sound(findings=())):
        assert not any(each.startswith("Capped") for each in told(given))


@pytest.mark.parametrize(
    ("law", "case", "said"),
    [
        (
            {"elements": (element("X-1", LAW, settledness=Settledness.SETTLED),)},
            {"findings": (finding("X-1"),)},
            f"Judged by what is stated, not by weight ({LAW}): its theory is settled and the "
            "finding is explained.",
        ),
        (
            {"elements": (element("X-1", LAW),)},
            {"findings": (finding("X-1", reasoning=Reasoning.NOT_STATED),)},
            f"Judged by what is stated, not by weight ({LAW}): the finding is not described.",
        ),
        (
            {"elements": (element("X-1", LAW),)},
            {"findings": ()},
            f"Judged by what is stated, not by weight ({LAW}): nothing is written on it yet.",
        ),
        (
            {
                "elements": (element("X-1", ElementKind.PROCESS),),
                "prerequisites": (prerequisite(kind=PrerequisiteKind.VOTE),),
            },
            {"findings": (), "steps": (step(state=StepState.LATE),)},
            "Judged by what is stated, not by weight (process): P-1 is late.",
        ),
        (
            {
                "elements": (element("X-1", ElementKind.PROCESS),),
                "prerequisites": (prerequisite(kind=PrerequisiteKind.VOTE),),
            },
            {"findings": ()},
            "A process element, judged by the steps taken.",
        ),
    ],
)
def test_what_is_judged_by_statement_says_which(law: Any, case: Any, said: str) -> None:
    elements, law = law["elements"], {k: v for k, v in law.items() if k != "elements"}
    given = sound(law=authority(*elements, **law), links=(), **case)
    assert told(given)[0] == said


def test_of_a_summarys_silence_nothing_follows() -> None:
    silent = replace(sound(links=(), findings=()), completeness=Completeness.SUMMARY)
    assert told(silent) == (
        "Nothing is stated of this element; it is graded contestable and raises nothing.",
    )


def test_origins_are_named_for_people_heaviest_first() -> None:
    told_by = (Derivation(kind=DerivationKind.RELAYS, source="ANON"),)
    given = sound(
        items=(
            item("E-1", "S-1", hand=Hand.THIRD),
            item("E-2", "S-2"),
            item("E-3", derived_from=told_by, hand=Hand.SECOND),
            item("E-4", hand=Hand.UNKNOWN),
        ),
        links=tuple(link(f"E-{n}") for n in (1, 2, 3, 4)),
        sources=(
            source("S-1"),
            source("S-2", SourceRole.COURT),
            source("ANON", SourceRole.US_GOVERNMENT, anonymous=True),
        ),
        decided_on=day("2026-03-10"),
    )
    assert judged(given).origin_groups == (
        ("S-2: E-2", ("E-2",)),
        ("unnamed officials (us)", ("E-3",)),
        ("E-4", ("E-4",)),
        ("S-1", ("E-1",)),
    )
