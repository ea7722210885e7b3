"""Who really says it: copies fold, witnesses stay apart, institutions observe each time anew."""

from dataclasses import replace

from casemgr.apa.record import Derivation, Item, Record
from evidence.words import DerivationKind, Hand, Integrity, Reliability, SourceRole, Translation
from tests.casemgr.apa.builders import (
    authority,
    day,
    element,
    item,
    judged,
    link,
    raised,
    record,
    source,
)

RELAYS = DerivationKind.RELAYS


def of(*parents: str, kind: DerivationKind = RELAYS) -> tuple[Derivation, ...]:
    return tuple(Derivation(kind=kind, item=parent) for parent in parents)


def said_by(*parents: str) -> tuple[Derivation, ...]:
    return tuple(Derivation(kind=RELAYS, source=parent) for parent in parents)


def on_one_element(*items: Item, roles: dict[str, SourceRole] | None = None) -> Record:
    named = {each.source for each in items if each.source} | {
        d.source for each in items for d in each.derived_from if d.source
    }
    roles = roles or {}
    return record(
        items=items,
        links=tuple(link(each.key) for each in items),
        sources=tuple(
            source(key, roles.get(key, SourceRole.PRESS), anonymous=key.startswith("ANON"))
            for key in sorted(named)
        ),
    )


def test_five_articles_quoting_one_letter_are_one_origin() -> None:
    letter = item("E-0", "S-0")
    articles = [item(f"E-{n}", f"S-{n}", derived_from=of("E-0")) for n in range(1, 6)]
    assert judged(on_one_element(letter, *articles)).origins == 1


def test_a_chain_of_copies_goes_back_to_its_first() -> None:
    chain = [item("E-0", "S-0")]
    chain += [item(f"E-{n}", f"S-{n}", derived_from=of(f"E-{n - 1}")) for n in range(1, 5)]
    assert judged(on_one_element(*chain)).origins == 1


def test_an_article_that_relays_two_witnesses_does_not_make_them_one() -> None:
    given = on_one_element(
        item("E-A", "S-A"), item("E-B", "S-B"), item("E-C", "S-C", derived_from=of("E-A", "E-B"))
    )
    assert judged(given).origins == 2


def test_one_witness_speaking_twice_is_one_origin_that_weighs_less_than_two() -> None:
    once = judged(on_one_element(item("E-1", "S-1")))
    twice = judged(on_one_element(item("E-1", "S-1"), item("E-2", "S-1")))
    two = judged(on_one_element(item("E-1", "S-1"), item("E-2", "S-2")))
    assert (once.origins, twice.origins, two.origins) == (1, 1, 2)
    assert once.weight < twice.weight < two.weight


def test_separate_records_of_an_institution_are_separate_observations() -> None:
    court = {"S-1": SourceRole.COURT}
    given = on_one_element(item("E-1", "S-1"), item("E-2", "S-1"), roles=court)
    assert judged(given).origins == 2


def test_unnamed_officials_of_one_government_are_one_origin() -> None:
    officials = {"ANON-1": SourceRole.US_GOVERNMENT, "ANON-2": SourceRole.US_GOVERNMENT}
    given = on_one_element(
        item("E-1", "S-1", derived_from=said_by("ANON-1")),
        item("E-2", "S-2", derived_from=said_by("ANON-2")),
        roles=officials,
    )
    assert judged(given).origins == 1
    assert raised(given)["hearsay-chain"] == "moderate"


def test_an_analysis_is_an_origin_of_its_own_and_falls_with_what_it_analyzes() -> None:
    data = item("E-1", "S-1")
    analysis = item("E-2", "S-2", derived_from=of("E-1", kind=DerivationKind.ANALYZES))
    sound = on_one_element(data, analysis)
    assert judged(sound).origins == 2
    assert judged(sound).strike_number == 1
    altered = on_one_element(replace(data, integrity=Integrity.MISMATCH), analysis)
    assert judged(altered).origins == 0


def test_a_fresh_copy_does_not_refresh_a_stale_original() -> None:
    old = item("E-1", "S-1", dated_on=day("2020-01"))
    copy = item("E-2", "S-2", dated_on=day("2026-02"), derived_from=of("E-1"))
    status = authority(element(kind="status", fresh_days=730))  # type: ignore[arg-type]
    assert "stale" in raised(replace(on_one_element(old, copy), authority=status))


def test_a_well_graded_copy_does_not_launder_a_low_grade() -> None:
    low = item("E-1", "S-1", reliability=Reliability.E, credibility=5)
    copy = item("E-2", "S-2", derived_from=of("E-1"))
    assert judged(on_one_element(low, copy)).weight == judged(on_one_element(low)).weight


def test_a_clean_copy_does_not_mend_an_altered_original() -> None:
    altered = item("E-1", "S-1", integrity=Integrity.MISMATCH)
    copy = item("E-2", "S-2", derived_from=of("E-1"))
    assert raised(on_one_element(altered, copy))["no-evidence"] == "fatal"


def test_a_certified_translation_cures_its_originals_language() -> None:
    foreign = item("E-1", "S-1", language="zh", translation=Translation.NONE)
    copy = item(
        "E-2",
        "S-2",
        translation=Translation.CERTIFIED,
        derived_from=of("E-1", kind=DerivationKind.TRANSLATES),
    )
    assert judged(on_one_element(foreign, copy)).weight == 100


def test_items_without_a_source_are_not_taken_for_one_witness() -> None:
    assert judged(on_one_element(item("E-1"), item("E-2"))).origins == 2


def test_second_hand_is_read_from_the_copy_as_well_as_the_original() -> None:
    original = item("E-1", "S-1", hand=Hand.SECOND)
    copy = item("E-2", "S-2", hand=Hand.FIRST, derived_from=of("E-1"))
    assert judged(on_one_element(copy, original)).weight == 75
