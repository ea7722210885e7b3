"""Flags on grading, integrity, age, language, numbers and whom the facts are about, in full."""

from decimal import Decimal

import pytest

from casemgr.apa.record import Claim, Record
from casemgr.words import Attribution, Reasoning
from designations.words import ElementKind
from evidence.words import (
    ClaimState,
    Ended,
    Integrity,
    Reliability,
    Translation,
)
from tests.casemgr.apa.builders import (
    day,
    element,
    finding,
    sound,
    with_case,
    with_item,
    with_law,
    with_links,
)
from tests.casemgr.apa.flags import BOTH, Told, assert_told


def kind(of: ElementKind, **said: object) -> Record:
    return with_law(sound(), elements=(element("X-1", of, **said),))  # type: ignore[arg-type]


def ungraded() -> Record:
    return with_item(sound(), reliability=Reliability.D, credibility=4)


def adopting(*more: str) -> Record:
    given = sound(findings=(finding("X-1", "E-1", reasoning=Reasoning.ADOPTS_SOURCE),))
    kept = ("E-1", *more)
    return with_case(given, links=tuple(each for each in given.case.links if each.item in kept))


def claiming(value: int | None, check: ClaimState | None) -> Record:
    number = None if value is None else Decimal(value)
    return with_item(sound(), claims=(Claim(metric="accounts", value=number, check=check),))


def shown(**said: object) -> Record:
    return with_item(kind(ElementKind.STATUS, fresh_days=365), **said)


GRADE = (
    "Grade each source (Admiralty reliability and credibility) with the reason.",
    "Say in the finding which sources are credited and why, or corroborate them.",
)
REFRESH = (
    "Refresh the evidence to the decision day.",
    "Or explain in the finding why what was shown then still holds.",
)
RECOMPUTE = ("Recompute the number from the raw data as an exhibit, and correct the item.",)
TRANSLATE = ("Obtain a certified translation of E-1 and E-2.",)

EXAMPLES = (
    Told(
        "bytes do not match",
        with_item(sound(), integrity=Integrity.MISMATCH),
        "integrity",
        "advisory",
        ": E-1 and E-2 is left out: its bytes do not match the recorded hash.",
        BOTH,
        ("Re-acquire the material from its source with a custody record.",),
        subject="E-1,E-2",
    ),
    Told(
        "nobody holds the originals",
        with_item(sound(), integrity=Integrity.CITATION_ONLY),
        "integrity",
        "moderate",
        ": the support rests on E-1 and E-2, held as a citation only, lost, or with a gap in "
        "custody.",
        BOTH,
        (
            "Acquire the originals behind E-1 and E-2 as exhibits.",
            "Or obtain a custodian's declaration.",
        ),
    ),
    Told(
        "the sources are graded low",
        ungraded(),
        "low-reliability",
        "moderate",
        ": sources graded low, or not graded at all, carry the element.",
        BOTH,
        GRADE,
    ),
    Told(
        "the finding adopts the only source",
        adopting(),
        "low-reliability",
        "serious",
        ": the finding adopts a source's conclusion, the only origin, without weighing it.",
        ("E-1",),
        GRADE,
    ),
    Told(
        "the finding adopts one source of two",
        adopting("E-2"),
        "low-reliability",
        "moderate",
        ": the finding adopts a source's conclusion without weighing it.",
        BOTH,
        GRADE,
    ),
    Told(
        "the finding adopts a source that is nowhere in the record",
        with_case(adopting(), links=()),
        "low-reliability",
        "serious",
        ": the finding adopts a source's conclusion, the only origin, without weighing it.",
        (),
        GRADE,
    ),
    Told(
        "knowledge is inferred from others",
        with_links(kind(ElementKind.MENTAL), attribution=Attribution.CLUSTER),
        "mental-state",
        "moderate",
        ": knowledge is inferred from the conduct of others only.",
        BOTH,
        (
            "Obtain direct evidence, or strong circumstances, of what the designee itself knew.",
            "Or rest on an alternative limb that asks no knowledge, where the authority has one.",
        ),
    ),
    Told(
        "the facts are about others",
        with_links(sound(), attribution=Attribution.AFFILIATE),
        "attribution-gap",
        "serious",
        ": no supporting item is about the designee or its agent (attribution: affiliate).",
        BOTH,
        (
            "Obtain technical attribution (accounts, payment, infrastructure) to the designee.",
            "Or corporate or financial records that tie those who acted to the designee.",
        ),
    ),
    Told(
        "a present state was shown years ago",
        shown(dated_on=day("2023-06")),
        "stale",
        "moderate",
        " asks for a present or future state; the newest support shows 2023-06-30.",
        BOTH,
        REFRESH,
    ),
    Told(
        "a present state is shown by what has no date",
        shown(dated_on=None),
        "stale",
        "moderate",
        " asks for a present or future state; no support is dated.",
        BOTH,
        REFRESH,
    ),
    Told(
        "the state had ended",
        shown(ended=Ended.BEFORE_DECISION),
        "stale",
        "moderate",
        " asks for a present or future state; the state the support shows had ended.",
        BOTH,
        REFRESH,
    ),
    Told(
        "the translation is not certified",
        with_item(sound(), language="zh", translation=Translation.UNCERTIFIED),
        "untranslated",
        "moderate",
        ": the support rests on E-1 and E-2, without a certified translation.",
        BOTH,
        TRANSLATE,
        subject="E-1,E-2",
    ),
    Told(
        "there is no translation",
        with_item(sound(), language="zh", translation=Translation.NONE),
        "untranslated",
        "advisory",
        ": E-1 and E-2 is left out: it has no translation at all.",
        BOTH,
        TRANSLATE,
        subject="E-1,E-2",
    ),
    Told(
        "the data contradict a number",
        claiming(24000, ClaimState.CONTRADICTED),
        "unverified-figure",
        "serious",
        ": a number in E-1, E-2 is contradicted by its own data.",
        BOTH,
        RECOMPUTE,
        subject="serious:E-1,E-2",
    ),
    Told(
        "a number is hinted at",
        claiming(None, ClaimState.VERIFIED),
        "unverified-figure",
        "moderate",
        ": a number in E-1, E-2 is asserted without a value.",
        BOTH,
        RECOMPUTE,
        subject="moderate:E-1,E-2",
    ),
    Told(
        "nobody checked a number",
        claiming(24000, None),
        "unverified-figure",
        "advisory",
        ": a number in E-1, E-2 has not been checked against data.",
        BOTH,
        RECOMPUTE,
        subject="advisory:E-1,E-2",
    ),
)


@pytest.mark.parametrize("told", EXAMPLES, ids=lambda told: f"{told.doctrine}: {told.when}")
def test_the_reader_is_told_how_bad_what_and_what_to_do(told: Told) -> None:
    assert_told(told)
