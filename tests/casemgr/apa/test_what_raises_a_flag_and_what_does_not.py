"""The edges of the doctrines: what softens them, what clears them, what silence means to them."""

from dataclasses import replace
from typing import Any

import pytest

from casemgr.apa.assess import assess
from casemgr.apa.record import (
    ComparatorCase,
    Derivation,
    Item,
    Link,
    PriorPosition,
    Record,
)
from casemgr.words import (
    AnswerState,
    Attribution,
    BearsOn,
    Completeness,
    Directness,
    Reasoning,
    Stance,
    StepState,
)
from designations.days import Period
from designations.words import ElementKind, PrerequisiteKind, Threshold
from evidence.words import DerivationKind, EvidenceKind, Integrity, SourceRole
from tests.casemgr.apa.builders import (
    answered,
    authority,
    consideration,
    day,
    element,
    finding,
    item,
    link,
    prerequisite,
    raised,
    raised_on_case,
    record,
    sound,
    source,
    step,
    with_case,
    with_item,
    with_law,
    with_links,
)
from tests.casemgr.apa.flags import beside, flags_on, softenings

SUMMARY = Completeness.SUMMARY
DECIDED = {"decided_on": day("2026-03-10")}


def said(given: Record, doctrine: str) -> str:
    (flag,) = flags_on(given, doctrine)
    return flag.statement


def circumstances(count: int, threshold: Threshold, **more: Any) -> Record:
    """So many independent circumstantial items, 0.50 each, under a threshold."""
    numbers = range(1, count + 1)
    return record(
        items=tuple(item(f"E-{n}", f"S-{n}") for n in numbers),
        links=tuple(link(f"E-{n}", directness=Directness.CIRCUMSTANTIAL) for n in numbers),
        law=authority(element("X-1", more.pop("kind", ElementKind.FACT)), threshold=threshold),
        sources=tuple(source(f"S-{n}") for n in numbers),
        findings=(finding("X-1", "E-1", **more),),
    )


CONVERGE = ("thin-record", "{} independent circumstances together meet the threshold")
CAUSE = ("thin-record", "reasonable-cause may rest on circumstances")
PREDICTED = ("predictive-judgment", "a reasoned prediction on some facts is given latitude")
SUBSTANTIAL, REASONABLE = Threshold.SUBSTANTIAL_EVIDENCE, Threshold.REASONABLE_CAUSE
FORWARD = {"kind": ElementKind.FORWARD, "predictive": True}
STEPS = ("serious", "moderate", "advisory")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (circumstances(1, SUBSTANTIAL), ()),
        (circumstances(2, SUBSTANTIAL), ((CONVERGE[0], CONVERGE[1].format(2)),)),
        (circumstances(1, REASONABLE), (CAUSE,)),
        (circumstances(1, REASONABLE, predictive=True), (CAUSE,)),
        (circumstances(1, SUBSTANTIAL, **FORWARD), (PREDICTED,)),
        (circumstances(1, SUBSTANTIAL, **{**FORWARD, "kind": ElementKind.CAUSAL}), (PREDICTED,)),
        (circumstances(1, SUBSTANTIAL, **FORWARD, reasoning=Reasoning.BOILERPLATE), ()),
        (circumstances(1, SUBSTANTIAL, **FORWARD, reasoning=Reasoning.NONE), ()),
        (circumstances(1, REASONABLE, **FORWARD), (CAUSE, PREDICTED)),
        (circumstances(3, REASONABLE, **FORWARD), ((CONVERGE[0], CONVERGE[1].format(3)), CAUSE)),
    ],
)
def test_a_thin_record_is_softened_one_step_for_each_reason_and_never_away(
    given: Record, why: tuple[tuple[str, str], ...]
) -> None:
    expected = tuple(
        (doctrine, STEPS[place], STEPS[place + 1], reason)
        for place, (doctrine, reason) in enumerate(why)
    )
    assert softenings(given, "thin-record", "predictive-judgment") == expected
    assert raised(given)["thin-record"] == STEPS[len(why)]


def test_background_alone_converges_on_nothing() -> None:
    given = with_links(circumstances(8, REASONABLE), directness=Directness.BACKGROUND)
    assert softenings(given, "thin-record") == ()
    assert said(given, "thin-record") == (
        "X-1: all support shows circumstances; none shows the element itself."
    )


@pytest.mark.parametrize(
    ("count", "threshold", "says"),
    [
        (1, SUBSTANTIAL, "X-1: the support weighs 0.50 where substantial-evidence asks 0.67."),
        (
            3,
            Threshold.BEYOND_REASONABLE_DOUBT,
            "X-1: the support weighs 1.50 where beyond-reasonable-doubt asks 1.88.",
        ),
    ],
)
def test_a_thin_record_says_what_it_weighs_and_what_is_asked(
    count: int, threshold: Threshold, says: str
) -> None:
    assert said(circumstances(count, threshold), "thin-record") == says


def test_a_thin_record_names_what_outweighs_it() -> None:
    given = with_law(sound(), threshold=Threshold.PREPONDERANCE)
    contrary = [(item(f"E-{n}"), link(f"E-{n}", stance=Stance.CONTRADICTS)) for n in (3, 4, 5)]
    assert said(beside(given, *contrary), "thin-record") == (
        "X-1: the support weighs 2.00 and does not outweigh E-3, E-4 and E-5 (3.00), "
        "as preponderance asks."
    )


def one(role: SourceRole = SourceRole.PRESS, *more: tuple[Item, Link], **about: Any) -> Record:
    given = record(
        items=(item("E-1", "S-1", **about),),
        links=(link("E-1"),),
        sources=(source("S-1", role), source("ANON", SourceRole.OTHER, anonymous=True)),
        findings=(finding("X-1", "E-1"),),
    )
    return beside(given, *more)


RELAYED = (Derivation(kind=DerivationKind.RELAYS, source="ANON"),)
SECOND = (item("E-2", "S-1"), link("E-2"))


@pytest.mark.parametrize(
    ("given", "live", "in_a_summary"),
    [
        (one(), True, False),
        (one(SourceRole.PRESS, SECOND), True, True),
        (one(derived_from=RELAYED), True, True),
        (one(body=True), False, False),
    ],
    ids=["one item", "two items of one source", "one item that relays", "a body of evidence"],
)
def test_a_summary_has_one_origin_only_where_items_are_stated_to_collapse(
    given: Record, live: bool, in_a_summary: bool
) -> None:
    assert ("single-origin" in raised(given)) is live
    assert ("single-origin" in raised(replace(given, completeness=SUMMARY))) is in_a_summary


@pytest.mark.parametrize(
    ("about", "hearsay"),
    [
        ({}, False),
        ({"kind": EvidenceKind.PRESS_REPORT}, False),
        ({"derived_from": RELAYED}, True),
        ({"source": "ANON"}, False),
        ({"source": "ANON", "kind": EvidenceKind.PRESS_REPORT}, True),
    ],
    ids=["named", "named in the press", "relaying unnamed", "unnamed witness", "unnamed in press"],
)
def test_hearsay_is_what_unnamed_persons_said_to_others(about: Any, hearsay: bool) -> None:
    assert ("hearsay-chain" in raised(with_item(one(), **about))) is hearsay


@pytest.mark.parametrize(
    ("bearing", "clears"),
    [
        ({}, True),
        ({"directness": Directness.BACKGROUND}, False),
        ({"attribution": Attribution.CLASS}, False),
        ({"attribution": Attribution.NONE}, False),
    ],
)
def test_those_who_gain_are_joined_only_by_one_who_speaks_of_somebody(
    bearing: Any, clears: bool
) -> None:
    gaining = one(SourceRole.AFFECTED_PARTY)
    neutral = (item("E-2"), link("E-2", **bearing))
    assert ("interested-source" not in raised(beside(gaining, neutral))) is clears


def test_one_matter_in_order_does_not_hide_the_next() -> None:
    law = authority(
        considerations=(consideration("C-1"), consideration("C-2")),
        prerequisites=(
            prerequisite("P-1", kind=PrerequisiteKind.VOTE),
            prerequisite("P-2", kind=PrerequisiteKind.NOTICE),
            prerequisite("P-3", kind=PrerequisiteKind.REPORT),
            prerequisite("P-4", kind=PrerequisiteKind.SUMMARY),
        ),
    )
    undone = StepState.NOT_MET
    given = sound(
        law=law,
        answers=(answered("C-1"), answered("C-2", AnswerState.UNANSWERED)),
        steps=(step("P-1"), step("P-2"), step("P-3", undone), step("P-4", undone)),
        comparators=(
            ComparatorCase(name="unlike", same_conduct=False, element="X-1"),
            ComparatorCase(name="told apart", same_conduct=True, explained=True, element="X-1"),
            ComparatorCase(name="alike", same_conduct=True, explained=False, element="X-1"),
        ),
        prior_position=(
            PriorPosition(what="weighed", reliance_addressed=True, element="X-1"),
            PriorPosition(what="forgotten", reliance_addressed=False, element="X-1"),
        ),
        **DECIDED,
    )
    subjects = {flag.doctrine: flag.subject for flag in assess(given).elements[0].flags}
    assert subjects == {
        "important-aspect": "C-2",
        "prerequisite-missing": "P-3",
        "notice": "P-4",
        "inconsistent-treatment": "alike",
        "reliance": "forgotten",
    }


@pytest.mark.parametrize(
    ("stated", "live", "in_a_summary"),
    [(None, True, False), (True, False, False), (False, True, True)],
)
def test_silence_on_what_was_explained_is_a_gap_only_in_a_live_file(
    stated: bool | None, live: bool, in_a_summary: bool
) -> None:
    alike = ComparatorCase(name="alike", same_conduct=True, explained=stated, element="X-1")
    before = PriorPosition(what="before", reliance_addressed=stated, element="X-1")
    given = sound(comparators=(alike,), prior_position=(before,))
    for read, raises in ((given, live), (replace(given, completeness=SUMMARY), in_a_summary)):
        found = raised(read)
        assert ("inconsistent-treatment" in found) is raises
        assert ("reliance" in found) is raises


def test_a_step_names_the_authority_that_asks_for_it() -> None:
    asked = prerequisite(kind=PrerequisiteKind.VOTE, citation="50 U.S.C. § 4817")
    given = sound(law=authority(prerequisites=(asked,)), **DECIDED)
    (flag,) = flags_on(given, "prerequisite-missing")
    assert flag.authorities == ("50 U.S.C. § 4817",)


EXCEPTION = authority(element("X-1", ElementKind.EXCEPTION))


@pytest.mark.parametrize(
    ("case", "raises"),
    [
        ({"findings": (finding("X-1", "E-1"),)}, False),
        ({"findings": (finding("X-1", "E-1", reasoning=Reasoning.NONE),)}, True),
        ({"findings": (finding("X-1", "E-1"),), "no_evidence": ("X-1",)}, True),
        ({"findings": (), "completeness": SUMMARY}, False),
        ({"findings": (finding("X-1", on=day("2026-03-20")),), "completeness": SUMMARY}, True),
    ],
)
def test_an_exception_is_answered_in_time_with_reasons_or_not_at_all(
    case: Any, raises: bool
) -> None:
    given = sound(law=EXCEPTION, links=(), **{**DECIDED, **case})
    assert ("exception-applies" in raised(given)) is raises


@pytest.mark.parametrize(
    ("role", "raises"), [(SourceRole.RESPONDENT, True), (SourceRole.COMMERCIAL, False)]
)
def test_a_loss_makes_the_record_incomplete_where_the_respondent_sent_it(
    role: SourceRole, raises: bool
) -> None:
    given = one(role, (item("E-2"), link("E-2")), integrity=Integrity.LOST)
    assert ("record-incomplete" in raised(given)) is raises


def test_pressure_by_others_is_no_statement_of_motive() -> None:
    given = sound(sources=(source("S-1"), source("S-2"), source("S-9", SourceRole.PRESS)))
    memo = (item("E-9", "S-9"), link("E-9", stance=Stance.CONTEXT, bears_on=BearsOn.MOTIVE))
    assert "pretext" not in raised(beside(given, memo))


def test_what_was_struck_for_two_reasons_gives_the_first() -> None:
    given = sound(
        items=(
            item("E-1", "S-1", integrity=Integrity.MISMATCH),
            item("E-2", "S-2", withdrawn_on=day("2026-02-02")),
        )
    )
    assert said(given, "integrity") == (
        "X-1: E-1 and E-2 is left out: its bytes do not match the recorded hash."
    )


TERM = authority(element(undefined_terms=("control",)))
DEFINING = {"defines": (("control", "half of the votes"),)}
AFTER = day("2026-03-20")


@pytest.mark.parametrize(
    ("findings", "raises"),
    [
        ((finding(),), False),
        ((finding(defines_none=True),), True),
        ((finding(), finding(on=AFTER)), False),
        ((finding(), finding(on=AFTER, **DEFINING)), True),
        ((finding(on=AFTER),), True),
        ((), False),
    ],
    ids=["silent", "denied", "late and silent", "late definition", "only late", "no finding"],
)
def test_in_a_summary_a_definition_is_missed_where_it_is_late_or_denied(
    findings: Any, raises: bool
) -> None:
    given = sound(law=TERM, findings=findings, completeness=SUMMARY, **DECIDED)
    assert ("unexplained-definition" in raised(given)) is raises


@pytest.mark.parametrize(
    ("in_force", "decided", "says"),
    [
        (None, True, "example@1 was never in force."),
        (None, False, None),
        (Period(day("2021"), day("2025")), True, "example@1 is not in force on 2026-03-10."),
        (Period(day("2021"), day("2025")), False, "example@1 is not in force on 2026-03-26."),
        (Period(day("2027"), None), False, None),
        (Period(day("2027"), None), True, "example@1 is not in force on 2026-03-10."),
        (Period(day("2026-03-10"), None), True, None),
    ],
)
def test_the_law_pinned_is_the_law_in_force_on_the_day(
    in_force: Period | None, decided: bool, says: str | None
) -> None:
    given = sound(law=authority(in_force=in_force), **(DECIDED if decided else {}))
    flags = flags_on(given, "superseded-law", code="")
    assert [flag.statement for flag in flags] == ([says] if says else [])
    for flag in flags:
        assert flag.cures == ("Pin the version in force and review each element under it.",)


def test_one_text_on_two_elements_is_named_on_the_case() -> None:
    twice = tuple(finding(code, "E-1", text="same words") for code in ("X-1", "X-2"))
    given = sound(law=authority(element("X-1"), element("X-2")), findings=twice)
    (flag,) = flags_on(given, "conclusory", code="")
    assert flag.statement == "the decision: the findings on X-1 and X-2 are the same text."
    assert flag.cures == ("Write a separate reason for each of X-1 and X-2.",)
    assert flag.subject == "X-1,X-2"


def test_one_text_on_two_designees_is_named_on_the_element() -> None:
    same = finding("X-1", "E-1", same_as=("CASE-2/X-1", "CASE-3/X-1"))
    assert said(sound(findings=(same,)), "conclusory") == (
        "X-1: the finding is the same text as on CASE-2/X-1 and CASE-3/X-1."
    )


def test_flags_of_the_case_are_told_worst_first() -> None:
    law = authority(
        considerations=(
            replace(consideration("C-1"), element=None),
            replace(consideration("C-2", main=True), element=None),
        )
    )
    flags = flags_on(sound(law=law), "important-aspect", code="")
    assert [(flag.severity, flag.subject) for flag in flags] == [
        ("serious", "C-2"),
        ("moderate", "C-1"),
    ]
    assert (
        raised_on_case(with_case(sound(law=law), answers=(answered("C-2"), answered("C-1")))) == {}
    )
