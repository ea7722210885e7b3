"""Flags on whether there is support, who says it and who may see it, in full."""

import pytest

from casemgr.apa.record import Derivation, Record
from casemgr.words import Directness
from designations.words import ElementKind, Threshold, UsPresence
from evidence.words import (
    Access,
    DerivationKind,
    Hand,
    Integrity,
    SourceRole,
)
from tests.casemgr.apa.builders import (
    authority,
    element,
    finding,
    item,
    link,
    record,
    sound,
    source,
    with_case,
    with_item,
    with_law,
    with_links,
)
from tests.casemgr.apa.flags import BOTH, Told, assert_told, beside

NO_TIES = "the designee has no presence or property in the United States"


def kind(of: ElementKind, **said: object) -> Record:
    return with_law(sound(), elements=(element("X-1", of, **said),))  # type: ignore[arg-type]


def copying(key: str, original: str, kind_: DerivationKind = DerivationKind.COPIES) -> tuple:
    return item(key, derived_from=(Derivation(kind=kind_, item=original),)), link(key)


def of_one(role: SourceRole, threshold: Threshold = Threshold.SUBSTANTIAL_EVIDENCE) -> Record:
    return record(
        items=(item("E-1", "S-1"),),
        links=(link("E-1"),),
        law=authority(threshold=threshold),
        sources=(source("S-1", role),),
        findings=(finding("X-1", "E-1"),),
    )


def of_victims(*more: tuple) -> Record:
    gaining = (source("S-1", SourceRole.AFFECTED_PARTY), source("S-2", SourceRole.AFFECTED_PARTY))
    return beside(sound(sources=gaining), *more)


FIND_ORIGIN = (
    "Find an origin independent of S-1 for X-1.",
    "Or write in the finding why this one origin suffices.",
)
SUMMARIZE = (
    "Prepare an unclassified summary of E-1 and E-2 and give it to the designee.",
    "Or corroborate the point with public material.",
)
COLLECT = (
    "Collect evidence that shows X-1 and link it with the reason it does.",
    "If none can be had, drop X-1 as a ground before decision.",
)
VERIFY = (
    "Have the government verify the report from its own information.",
    "Obtain the raw data as an exhibit and recompute the figures relied on.",
    "Obtain a declaration of a neutral expert on the data.",
)

EXAMPLES = (
    Told(
        "nothing is linked",
        with_case(sound(), links=()),
        "no-evidence",
        "fatal",
        ": no item in the record supports this element.",
        (),
        COLLECT,
    ),
    Told(
        "it is stated that there is nothing",
        with_case(sound(), links=(), no_evidence=("X-1",)),
        "no-evidence",
        "fatal",
        ": it is stated that the record holds nothing in support.",
        (),
        COLLECT,
    ),
    Told(
        "all of it was struck",
        with_item(sound(), integrity=Integrity.MISMATCH),
        "no-evidence",
        "fatal",
        ": every item offered in support has been struck.",
        BOTH,
        COLLECT,
    ),
    Told(
        "one item is all there is",
        of_one(SourceRole.COMMERCIAL),
        "single-origin",
        "serious",
        ": the one supporting item has one origin, S-1.",
        ("E-1",),
        FIND_ORIGIN,
    ),
    Told(
        "two items repeat a third",
        beside(of_one(SourceRole.PRESS), copying("E-2", "E-1"), copying("E-3", "E-1")),
        "single-origin",
        "serious",
        ": all 3 supporting items have one origin, S-1.",
        ("E-1", "E-2", "E-3"),
        FIND_ORIGIN,
    ),
    Told(
        "the second origin is mere background",
        beside(
            of_one(SourceRole.PRESS), (item("E-2"), link("E-2", directness=Directness.BACKGROUND))
        ),
        "single-origin",
        "serious",
        ": all support of weight (1 item) has one origin, S-1.",
        ("E-1",),
        FIND_ORIGIN,
    ),
    Told(
        "copies stand beside mere background",
        beside(
            of_one(SourceRole.PRESS),
            copying("E-2", "E-1"),
            (item("E-3"), link("E-3", directness=Directness.BACKGROUND)),
        ),
        "single-origin",
        "serious",
        ": all support of weight (2 items) has one origin, S-1.",
        BOTH,
        FIND_ORIGIN,
    ),
    Told(
        "the one origin is a court",
        of_one(SourceRole.COURT),
        "single-origin",
        "moderate",
        ": the one supporting item has one origin, S-1.",
        ("E-1",),
        FIND_ORIGIN,
        (("single-origin", "serious", "moderate", "the one origin is an official record"),),
    ),
    Told(
        "the one origin is the respondent",
        of_one(SourceRole.RESPONDENT),
        "single-origin",
        "moderate",
        ": the one supporting item has one origin, S-1.",
        ("E-1",),
        FIND_ORIGIN,
        (("single-origin", "serious", "moderate", "the one origin is the respondent's own words"),),
    ),
    Told(
        "reasonable cause suffices",
        of_one(SourceRole.PRESS, Threshold.REASONABLE_CAUSE),
        "single-origin",
        "moderate",
        ": the one supporting item has one origin, S-1.",
        ("E-1",),
        FIND_ORIGIN,
        (("single-origin", "serious", "moderate", "reasonable-cause may rest on one origin"),),
    ),
    Told(
        "the designee may not see the support",
        with_item(sound(), access=Access.CLASSIFIED),
        "classified-only",
        "serious",
        ": E-1 and E-2, closed to the designee and not summarized, carries the element.",
        BOTH,
        SUMMARIZE,
        subject="E-1,E-2",
    ),
    Told(
        "a designee without ties may not see it",
        with_item(sound(us_presence=UsPresence.NONE), access=Access.CLASSIFIED),
        "classified-only",
        "moderate",
        ": E-1 and E-2, closed to the designee and not summarized, carries the element.",
        BOTH,
        SUMMARIZE,
        (("classified-only", "serious", "moderate", NO_TIES),),
        subject="E-1,E-2",
    ),
    Told(
        "it is kept from a court that weighs for itself",
        with_law(
            with_item(sound(), access=Access.WITHHELD),
            threshold=Threshold.FULL_REVIEW,
        ),
        "classified-only",
        "advisory",
        ": E-1 and E-2 is left out: withheld from the court.",
        BOTH,
        SUMMARIZE,
        subject="E-1,E-2",
    ),
    Told(
        "only third-hand accounts are left",
        with_item(sound(), hand=Hand.THIRD),
        "hearsay-chain",
        "moderate",
        ": unnamed persons quoted by others, or third-hand accounts, carry the element; "
        "without them the support falls short.",
        BOTH,
        (
            "Obtain the document, or the named person, behind the account.",
            "If the underlying material is classified, put an unclassified summary in the record.",
        ),
    ),
    Told(
        "all who speak gain by it",
        of_victims(),
        "interested-source",
        "serious",
        ": all who speak to it in particular gain by the finding.",
        BOTH,
        VERIFY,
    ),
    Told(
        "another analyzed the data of those who gain",
        of_victims(copying("E-3", "E-1", DerivationKind.ANALYZES)),
        "interested-source",
        "moderate",
        ": all who speak to it in particular gain by the finding.",
        BOTH,
        VERIFY,
        (
            (
                "interested-source",
                "serious",
                "moderate",
                "another has analyzed the affected party's data, without data of its own",
            ),
        ),
    ),
    Told(
        "deference stands in for facts",
        with_links(
            sound(findings=(finding("X-1", "E-1", relies_on_deference=True),)),
            directness=Directness.BACKGROUND,
        ),
        "over-deference",
        "advisory",
        ": the finding leans on deference where the evidence falls short.",
        (),
        ("Put facts in the place of the appeal to deference.",),
    ),
)


@pytest.mark.parametrize("told", EXAMPLES, ids=lambda told: f"{told.doctrine}: {told.when}")
def test_the_reader_is_told_how_bad_what_and_what_to_do(told: Told) -> None:
    assert_told(told)
