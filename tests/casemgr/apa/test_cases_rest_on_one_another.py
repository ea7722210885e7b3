"""The report of a case as a whole: its day, its remedy, and the cases it rests on."""

from dataclasses import replace
from datetime import date

import pytest

from casemgr.apa.assess import (
    ENGINE_VERSION,
    assess,
    assess_all,
    grade_of,
    split_reference,
)
from casemgr.apa.compare import compare
from casemgr.apa.record import Record
from casemgr.apa.report import Flag
from casemgr.apa.stress import stress
from casemgr.words import Grade, Severity
from designations.words import Join, PrerequisiteKind
from tests.casemgr.apa.builders import (
    authority,
    element,
    finding,
    item,
    link,
    prerequisite,
    sound,
    source,
    with_case,
)
from tests.casemgr.apa.flags import flags_on

MENDED = ("Mend the faults on the carrying path before decision.",)


def named(key: str, *rests_on: str, links: tuple | None = None) -> Record:
    given = with_case(sound(), key=key, depends_on=rests_on)
    return given if links is None else with_case(given, links=links)


def remedy(given: Record) -> Flag:
    (flag,) = flags_on(given, "remedy", code="")
    return flag


def two_elements(*bad: str, **law: object) -> Record:
    codes = ("X-1", "X-2")
    items = tuple(item(f"E-{code}-{n}", f"S-{n}") for code in codes for n in (1, 2))
    links = tuple(link(each.key, each.key[2:5]) for each in items if each.key[2:5] not in bad)
    return sound(
        items=items,
        links=links,
        sources=(source("S-1"), source("S-2")),
        findings=tuple(finding(code, f"E-{code}-1", text=f"{code} is shown") for code in codes),
        law=authority(*(element(code) for code in codes), **law),
    )


def test_a_report_says_when_by_what_and_under_which_law() -> None:
    report = assess(sound())
    assert (report.docket, report.authority, report.as_of) == ("CASE-1", "example@1", "2026-03-26")
    assert report.engine_version == ENGINE_VERSION
    assert report.posture == str(sound().authority.posture)
    assert report.posture_note
    assert assess(replace(sound(), as_of=None)).as_of is None


def test_the_remedy_names_each_place_at_fault() -> None:
    flag = remedy(two_elements("X-1", "X-2"))
    assert flag.statement == (
        "A court that finds fault on X-1, X-2 may remand with or without vacatur, by how "
        "serious the fault is and how disruptive vacatur would be."
    )
    assert flag.severity is Severity.ADVISORY
    assert flag.authorities == ("Allied-Signal v. NRC, 988 F.2d 146 (D.C. Cir. 1993)",)
    assert flag.cures == MENDED
    assert "fault on X-2 may" in remedy(two_elements("X-2")).statement


def test_the_remedy_speaks_of_the_decision_where_no_element_is_at_fault() -> None:
    of_case = prerequisite(kind=PrerequisiteKind.VOTE, element=None)
    late = sound(law=authority(prerequisites=(of_case,)), decided=True)
    assert "fault on the decision itself may" in remedy(late).statement
    ahead = sound(law=authority(prerequisites=(of_case,)))
    assert flags_on(ahead, "remedy", code="") == ()


def test_a_case_is_as_good_as_what_it_rests_on_and_names_what_is_weak() -> None:
    weak = named("BELOW", links=())
    above, below, on_element = assess_all(
        [named("ABOVE", "BELOW"), weak, named("BESIDE", "BELOW/X-1", "SOUND/X-1"), named("SOUND")]
    )[:3]
    assert below.grade is Grade.UNSUPPORTED
    assert above.grade is on_element.grade is Grade.UNSUPPORTED
    told = [f for f in above.flags if f.doctrine == "no-rational-connection"]
    assert [(f.statement, f.cures, f.subject) for f in told] == [
        (
            "the decision rests on BELOW, which grades unsupported.",
            ("Mend BELOW first, or give a ground that does not rest on it.",),
            "BELOW",
        )
    ]
    told = [f for f in on_element.flags if f.doctrine == "no-rational-connection"]
    assert [f.subject for f in told] == ["BELOW/X-1"]


def test_a_case_that_rests_on_a_sound_one_loses_nothing() -> None:
    reports = assess_all([named("ABOVE", "BELOW/X-1"), named("BELOW")])
    assert [report.docket for report in reports] == ["ABOVE", "BELOW"]
    assert [report.grade for report in reports] == [Grade.STRONG, Grade.STRONG]


@pytest.mark.parametrize("circle", [("A", "B"), ("A", "A"), ("A", "ELSEWHERE")])
def test_a_circle_or_a_case_outside_counts_as_not_known(circle: tuple[str, str]) -> None:
    first, second = circle
    cases = {first: named(first, second), second: named(second, first)}
    reports = assess_all(cases[key] for key in cases if key != "ELSEWHERE")
    assert {report.grade for report in reports} == {Grade.STRONG}


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("CASE-1", ("CASE-1", "")),
        ("CASE-2/X-1", ("CASE-2", "X-1")),
        ("A/B", ("A/B", "")),
        ("A/B/X-1", ("A/B", "X-1")),
    ],
)
def test_a_case_key_may_hold_a_slash(reference: str, parts: tuple[str, str]) -> None:
    assert split_reference(reference, {"CASE-1", "A/B"}) == parts


def test_a_grade_is_read_of_an_element_or_of_the_case() -> None:
    report = assess(two_elements("X-2"))
    assert grade_of(report, "X-1") is Grade.STRONG
    assert grade_of(report, "X-2") is Grade.UNSUPPORTED
    assert grade_of(report, "") is report.grade is Grade.UNSUPPORTED


def test_the_fallback_path_is_what_would_carry_next() -> None:
    either = element("G", None, join=Join.ANY)
    parts = (replace(element(code), parent="G") for code in ("X-1", "X-2"))
    report = assess(replace(two_elements(), authority=authority(either, *parts)))
    assert (report.carrying_path, report.fallback_path) == (("X-1",), ("X-2",))
    assert assess(two_elements()).fallback_path == ()


def test_the_digest_follows_every_fact_of_the_case_and_nothing_else() -> None:
    base = assess(sound()).input_digest
    assert assess(sound()).input_digest == base
    assert assess(sound(title="another title")).input_digest == base
    others = (
        replace(sound(), as_of=date(2026, 3, 27)),
        sound(decided=True),
        sound(findings=(finding("X-1", "E-1"),)),
        sound(us_presence=None),
        sound(asserts=()),
        sound(links=(link("E-1"),)),
        sound(items=(item("E-1", "S-1", body=True), item("E-2", "S-2"))),
        sound(sources=(source("S-1", anonymous=True), source("S-2"))),
        sound(law=authority(prerequisites=(prerequisite(),))),
        sound(no_evidence=("X-1",)),
    )
    digests = {assess(each).input_digest for each in others}
    assert len(digests | {base}) == len(others) + 1
    resting = {assess(sound(), {"A": grade}).input_digest for grade in (Grade.WEAK, Grade.STRONG)}
    assert len(resting | {base}) == 3


def test_authorities_compared_say_what_holds_the_decision_down() -> None:
    of_case = prerequisite(kind=PrerequisiteKind.VOTE, element=None)
    late = sound(law=authority(prerequisites=(of_case,)), decided=True)
    (found,) = compare([assess(late)])
    assert (found.authority, found.of_the_decision) == ("example@1", ("prerequisite-missing",))
    assert found.carrying_path == ("X-1",)
    ahead = sound(law=authority(prerequisites=(of_case,)))
    assert compare([assess(ahead)])[0].of_the_decision == ()


def test_each_hypothesis_is_titled_and_an_origin_by_its_name() -> None:
    titles = [(each.code, each.title) for each in stress(sound()).columns]
    assert titles == [
        ("record", "the whole record"),
        ("public", "public record only (classified, privileged and withheld out)"),
        ("disinterested", "disinterested sources only"),
        ("no-press", "press out"),
        ("first-hand", "first-hand sources only"),
        ("origin:item:E-2", "S-2: E-2 struck"),
        ("origin:source:S-1", "S-1 struck"),
    ]


def test_what_was_weak_before_does_not_fall() -> None:
    weak = with_case(sound(), links=(link("E-1", directness=None),), findings=())
    for column in stress(weak).columns:
        assert column.falls == ()
