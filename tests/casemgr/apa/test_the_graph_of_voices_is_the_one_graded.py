"""Who repeats whom, drawn from the very views that the grade is drawn from."""

from hypothesis import given, settings

from casemgr.apa.assess import assess
from casemgr.apa.corroboration import IRRELEVANT, LATE, Graph, Way, corroboration
from casemgr.apa.record import Derivation, Item, Link, LinkAnswer, Record
from casemgr.words import AnswerState, Stance
from evidence.words import DerivationKind, Interest, SourceRole
from tests.casemgr.apa.builders import day, item, link, record, source
from tests.casemgr.apa.made_up import records

RELAYS, ANALYZES = DerivationKind.RELAYS, DerivationKind.ANALYZES


def of(*parents: str, kind: DerivationKind = RELAYS) -> tuple[Derivation, ...]:
    return tuple(Derivation(kind=kind, item=parent) for parent in parents)


def against(key: str, **said: object) -> Link:
    return link(key, stance=Stance.CONTRADICTS, **said)


def graph(*items: Item, links: tuple[Link, ...] = (), **case: object) -> Graph:
    roles = {"PARTY": SourceRole.AFFECTED_PARTY, "OFFICE": SourceRole.US_GOVERNMENT}
    keys = {each.source for each in items if each.source} | {
        d.source for each in items for d in each.derived_from if d.source
    }
    given = record(
        items=items,
        links=links or tuple(link(each.key) for each in items),
        sources=tuple(source(key, roles.get(key, SourceRole.PRESS)) for key in sorted(keys)),
        **case,
    )
    return of_element(given)


def of_element(given: Record, code: str = "X-1") -> Graph:
    return corroboration(given, assess(given), [code])[code]


@settings(max_examples=150)
@given(records())
def test_it_counts_the_origins_that_the_assessment_counts(made_up: Record) -> None:
    report = assess(made_up)
    graphs = corroboration(made_up, report, [each.code for each in report.elements])
    for each in report.elements:
        side = graphs[each.code].supports
        assert side.origins == each.origins, each.code
        counted = {item.key for item in side.items if item.linked and not item.left_out}
        assert counted == set(each.supports)


@settings(max_examples=50)
@given(records())
def test_every_way_leads_to_what_is_drawn_and_every_item_to_a_voice(made_up: Record) -> None:
    report = assess(made_up)
    graphs = corroboration(made_up, report, [each.code for each in report.elements])
    for each in graphs.values():
        for side in (each.supports, each.contradicts):
            voices = {voice.origin for voice in side.voices}
            items = {item.key for item in side.items}
            assert {way.child for way in side.ways} <= items
            assert {way.item for way in side.ways} - {None} <= items
            assert {way.voice for way in side.ways} - {None} <= voices
            assert all(set(item.voices) <= voices for item in side.items)


def test_five_articles_that_quote_one_office_are_one_voice() -> None:
    articles = [item(f"E-{n}", "PAPER", derived_from=of("E-0")) for n in range(1, 6)]
    side = graph(item("E-0", "OFFICE"), *articles).supports
    assert side.origins == 1
    assert side.voices[0].items == ("E-0", "E-1", "E-2", "E-3", "E-4", "E-5")
    assert Way(child="E-3", item="E-0", voice=None, kind=RELAYS) in side.ways
    assert Way(child="E-0", item=None, voice=("item", "E-0"), kind=None) in side.ways


def test_what_stands_behind_is_drawn_though_nobody_linked_it() -> None:
    office, article = item("E-0", "OFFICE"), item("E-1", "PAPER", derived_from=of("E-0"))
    side = graph(office, article, links=(link("E-1"),)).supports
    assert [(each.key, each.linked) for each in side.items] == [("E-0", False), ("E-1", True)]
    assert side.origins == 1


def test_an_analysis_is_a_voice_of_its_own_and_leads_to_what_it_analyzes() -> None:
    basis = item("E-0", "OFFICE")
    analysis = item("E-1", "EXPERT", derived_from=of("E-0", kind=ANALYZES))
    side = graph(basis, analysis, links=(link("E-1"),)).supports
    assert side.origins == 1
    assert [(each.label, each.counts) for each in side.voices] == [
        ("EXPERT", True),
        ("OFFICE: E-0", False),
    ]
    assert not any(way.repeats for way in side.ways)


def test_a_source_outside_the_record_is_a_voice() -> None:
    heard = (Derivation(kind=RELAYS, source="OFFICIAL"),)
    side = graph(item("E-1", "PAPER", derived_from=heard)).supports
    assert [each.label for each in side.voices] == ["OFFICIAL"]
    assert side.ways == (Way(child="E-1", item=None, voice=("source", "OFFICIAL"), kind=RELAYS),)


def test_who_gains_is_marked_and_so_is_an_item_marked_on_its_link() -> None:
    links = (link("E-1"), link("E-2", interest=Interest.INTERESTED))
    side = graph(item("E-1", "PARTY"), item("E-2", "PAPER"), links=links).supports
    assert {each.label: each.interested for each in side.voices} == {"PARTY": True, "PAPER": False}
    assert all(each.interested for each in side.items)


def test_a_withdrawn_item_stays_drawn_with_the_reason_and_its_voice_counts_no_more() -> None:
    gone = item("E-2", "PAPER", withdrawn_on=day("2026-03-01"))
    side = graph(item("E-1", "OFFICE"), gone).supports
    assert side.origins == 1
    said = {each.key: each.left_out for each in side.items}
    assert said == {"E-1": "", "E-2": "it was withdrawn on 2026-03-01"}
    assert {each.label: each.counts for each in side.voices}["PAPER"] is False


def test_what_cuts_the_other_way_stands_on_its_own_side_with_what_is_left_out() -> None:
    answer = LinkAnswer(state=AnswerState.IRRELEVANT, text="beside it", on=day("2026-03-01"))
    items = (
        item("E-1", "PAPER"),
        item("E-2", "PARTY"),
        item("E-3", "OFFICE", withdrawn_on=day("2026-03-01")),
        item("E-4", "OTHER", entered_on=day("2026-03-20")),
    )
    links = (against("E-1"), against("E-2", answer=answer), against("E-3"), against("E-4"))
    found = graph(*items, links=links, decided_on=day("2026-03-10"))
    assert found.supports.items == ()
    assert {each.key: each.left_out for each in found.contradicts.items} == {
        "E-1": "",
        "E-2": IRRELEVANT,
        "E-3": "it was withdrawn on 2026-03-01",
        "E-4": LATE,
    }
    assert found.contradicts.origins == 1


def test_beside_an_item_stand_others_of_other_voices_and_of_the_same() -> None:
    side = graph(
        item("E-0", "OFFICE"),
        item("E-1", "PAPER", derived_from=of("E-0")),
        item("E-2", "PARTY"),
        item("E-3", "EXPERT", derived_from=of("E-0", "E-2")),
    ).supports
    others, same = side.others("E-0")
    assert [each.key for each in others] == ["E-2", "E-3"]
    assert [each.key for each in same] == ["E-1"]
