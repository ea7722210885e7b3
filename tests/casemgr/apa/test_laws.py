"""The laws the engine obeys (DESIGN of the review, docs/review-method.md), on made-up records."""

from dataclasses import replace
from random import Random

from hypothesis import assume, given, note
from hypothesis import strategies as st

from casemgr.apa.assess import assess
from casemgr.apa.digest import canonical
from casemgr.apa.record import Derivation, Item, Link, LinkAnswer, Record
from casemgr.apa.view import BY_EVIDENCE
from casemgr.words import (
    AnswerState,
    Attribution,
    Completeness,
    Directness,
    Grade,
    Stance,
)
from designations.words import UsPresence
from evidence.words import Access, DerivationKind, Hand, Integrity, Reliability, Translation
from tests.casemgr.apa.builders import day, element_of, item, link, source, with_case
from tests.casemgr.apa.made_up import CODES, days, records

# A translation cures its original's language; every other copy inherits all that is wrong.
COPYING = [
    kind for kind in DerivationKind if kind.collapses and kind is not DerivationKind.TRANSLATES
]


def shuffled(given_record: Record, seed: int) -> Record:
    random = Random(seed)  # noqa: S311 -- any order will do

    def mixed(rows: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(random.sample(rows, len(rows)))

    case = given_record.case
    return replace(
        given_record,
        case=replace(
            case,
            links=mixed(case.links),
            findings=mixed(case.findings),
            answers=mixed(case.answers),
            no_evidence=mixed(case.no_evidence),
        ),
        authority=replace(given_record.authority, elements=mixed(given_record.authority.elements)),
        items=dict(mixed(tuple(given_record.items.items()))),
        sources=dict(mixed(tuple(given_record.sources.items()))),
    )


@given(records(), st.integers())
def test_the_order_of_the_input_never_matters(made: Record, seed: int) -> None:
    assert assess(shuffled(made, seed)) == assess(made)


EVIDENCE = sorted(kind for kind in BY_EVIDENCE if kind)


def supported(data: st.DataObject, made: Record) -> str:
    """An element with at least one stated supporting link: where monotonicity is promised."""
    codes = {
        each.element
        for each in made.case.links
        if each.stance is Stance.SUPPORTS and each.bears_on is None
    }
    assume(codes)
    return data.draw(st.sampled_from(sorted(codes)))


def with_well_graded(made: Record, code: str) -> Record:
    """One more independent, well-graded, uncontradicted item on an element."""
    return replace(
        with_case(made, links=(*made.case.links, link("E-NEW", code))),
        items={**made.items, "E-NEW": item("E-NEW", "S-NEW", dated_on=None, occurred=None)},
        sources={**made.sources, "S-NEW": source("S-NEW")},
    )


@given(records(), st.data())
def test_an_added_independent_well_graded_item_never_lowers_a_grade(
    made: Record, data: st.DataObject
) -> None:
    code = supported(data, made)
    note(canonical([made.case, made.authority.elements, made.items]))
    before = element_of(assess(made), code).grade
    fresh = with_well_graded(made, code)
    fresh = replace(
        fresh,
        items={**fresh.items, "E-NEW": item("E-NEW", "S-NEW")}
        if made.case.decided_on is None
        else fresh.items,
    )
    assert element_of(assess(fresh), code).grade.rank >= before.rank


@given(records(), st.sampled_from(COPYING), st.data())
def test_a_derived_copy_adds_no_origin_and_no_weight(
    made: Record, kind: DerivationKind, data: st.DataObject
) -> None:
    assume(made.case.links)
    note(canonical([made.case, made.authority.elements, made.items]))
    original = data.draw(st.sampled_from(made.case.links))
    code = original.element
    assume(made.items[original.item].access is not Access.WITHHELD)  # a public copy cures that
    copy = Item(
        key="E-COPY",
        source="S-1",
        dated_on=data.draw(st.one_of(st.none(), days)),
        hand=Hand.FIRST,
        reliability=Reliability.A,
        credibility=1,
        integrity=Integrity.INTACT,
        translation=Translation.CERTIFIED,
        derived_from=(Derivation(kind=kind, item=original.item),),
    )
    assume(copy.dated_on is None or made.case.decided_on is None)
    more = replace(
        with_case(made, links=(*made.case.links, replace(original, item="E-COPY"))),
        items={**made.items, "E-COPY": copy},
    )
    before, after = element_of(assess(made), code), element_of(assess(more), code)
    assert after.origins == before.origins
    assert after.weight == before.weight


@given(records(), st.data())
def test_unanswered_contrary_evidence_never_raises_a_grade(
    made: Record, data: st.DataObject
) -> None:
    code = supported(data, made)
    contrary = Link(
        element=code,
        item="E-AGAINST",
        stance=Stance.CONTRADICTS,
        answer=LinkAnswer(state=AnswerState.UNANSWERED),
    )
    more = replace(
        with_case(made, links=(*made.case.links, contrary)),
        items={**made.items, "E-AGAINST": Item(key="E-AGAINST")},
    )
    before, after = element_of(assess(made), code), element_of(assess(more), code)
    assert after.grade.rank <= before.grade.rank
    assert "contrary-unaddressed" in {flag.doctrine for flag in after.flags}


@given(records(live=True, kinds=EVIDENCE), st.sampled_from(CODES))
def test_striking_every_origin_leaves_an_element_judged_by_evidence_unsupported(
    made: Record, code: str
) -> None:
    links = tuple(
        each
        for each in made.case.links
        if not (each.element == code and each.stance is Stance.SUPPORTS)
    )
    struck = element_of(assess(with_case(made, links=links)), code)
    assert struck.grade is Grade.UNSUPPORTED
    assert struck.strike_number == 0


@given(records(), st.sampled_from(CODES), st.sampled_from(CODES))
def test_a_change_elsewhere_does_not_change_a_grade(made: Record, here: str, there: str) -> None:
    assume(here != there)
    more = with_well_graded(made, there)
    before, after = element_of(assess(made), here), element_of(assess(more), here)
    assert before.digest == after.digest
    assert before == after


@given(records())
def test_the_same_digest_means_the_same_output(made: Record) -> None:
    again = replace(made, items=dict(made.items), sources=dict(made.sources))
    assert assess(again) == assess(made)
    assert assess(again).input_digest == assess(made).input_digest


@given(records())
def test_the_strike_number_is_zero_exactly_when_the_element_is_weak_already(made: Record) -> None:
    for judged in assess(made).elements:
        weak = judged.grade.rank <= Grade.WEAK.rank
        assert weak == (judged.strike_number == 0)
        if judged.strike_number and judged.code in CODES:
            assert judged.strike_number <= judged.origins


@given(records())
def test_a_group_is_never_better_than_its_best_part_nor_all_better_than_its_worst(
    made: Record,
) -> None:
    report = assess(made)
    grades = {each.code: each.grade.rank for each in report.elements}
    joins = {each.code: each.join for each in made.authority.elements if each.join}
    for group, codes in (("G-1", ("X-1", "X-2")), ("G-2", ("Y-1", "Y-2"))):
        ranks = [grades[code] for code in codes]
        assert grades[group] <= max(ranks)
        if joins[group] == "all":
            assert grades[group] <= min(ranks)
    assert report.grade.rank <= min(grades["G-1"], grades["G-2"])


def benign(made: Record) -> Record:
    """The live twin of a summary: every silent field at its benign value."""
    items = {
        key: replace(
            each,
            body=True,
            hand=each.hand or Hand.FIRST,
            graded=True if each.graded is None and not each.reliability else each.graded,
            reliability=each.reliability,
            integrity=each.integrity or Integrity.INTACT,
            summary_given=True if each.summary_given is None else each.summary_given,
            access=each.access or "public",
            translation=each.translation or Translation.CERTIFIED,
            dated_on=each.dated_on or day("2026-03"),
        )
        for key, each in made.items.items()
    }
    links = tuple(
        replace(
            each,
            directness=each.directness or Directness.DIRECT,
            attribution=each.attribution or Attribution.DESIGNEE,
            answer=each.answer
            if each.answer and each.answer.state is not AnswerState.NOT_STATED
            else LinkAnswer(state=AnswerState.ANSWERED),
        )
        for each in made.case.links
    )
    return replace(
        made, completeness=Completeness.FULL, items=items, case=replace(made.case, links=links)
    )


@given(records(live=False, kinds=EVIDENCE), st.data())
def test_a_live_twin_of_supported_silence_grades_the_same(
    made: Record, data: st.DataObject
) -> None:
    """Of the evidence itself; findings, steps and considerations are left out of the summary."""
    made = replace(
        made,
        case=replace(made.case, findings=(), answers=(), steps=(), decided_on=None, no_evidence=()),
        authority=replace(
            made.authority,
            considerations=(),
            prerequisites=(),
            elements=tuple(replace(each, settledness=None) for each in made.authority.elements),
        ),
    )
    summary = replace(
        made,
        items={key: replace(each, body=True, derived_from=()) for key, each in made.items.items()},
    )
    code = supported(data, summary)
    twin = benign(summary)
    before = element_of(assess(summary), code)
    assert element_of(assess(twin), code).grade is before.grade


@given(records())
def test_no_grade_or_flag_depends_on_names_titles_or_citations(made: Record) -> None:
    masked = replace(
        made,
        sources={
            key: replace(each, name=f"masked {n}")
            for n, (key, each) in enumerate(made.sources.items())
        },
        items={key: replace(each, citation="x", summary="y") for key, each in made.items.items()},
        case=replace(
            made.case,
            title="masked",
            designee=replace(made.case.designee, name="masked"),  # type: ignore[type-var]
        ),
    )
    before, after = assess(made), assess(masked)
    assert [each.grade for each in before.elements] == [each.grade for each in after.elements]
    assert before.flags == after.flags
    assert made.case.designee is None or made.case.designee.us_presence in (None, *UsPresence)
