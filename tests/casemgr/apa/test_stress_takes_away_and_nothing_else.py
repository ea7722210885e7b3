"""The element x hypothesis matrix: what is left when a court disregards something."""

from hypothesis import given

from casemgr.apa.assess import assess
from casemgr.apa.record import Record
from casemgr.apa.stress import Stressed, StressMatrix, stress
from casemgr.words import Grade
from designations.words import Settledness
from evidence.words import Access, EvidenceKind, Hand, SourceRole
from tests.casemgr.apa.builders import authority, element, item, sound, source
from tests.casemgr.apa.made_up import records


def column(matrix: StressMatrix, code: str) -> Stressed:
    return next(each for each in matrix.columns if each.code == code)


@given(records())
def test_the_first_column_is_the_assessment_itself(made: Record) -> None:
    report, matrix = assess(made), stress(made)
    whole = matrix.columns[0]
    assert whole.grade is report.grade
    assert dict(whole.grades) == {each.code: each.grade for each in report.elements}


@given(records())
def test_no_hypothesis_raises_a_grade(made: Record) -> None:
    matrix = stress(made)
    whole = dict(matrix.columns[0].grades)
    for each in matrix.columns[1:]:
        for code, grade in each.grades:
            if code in ("X-1", "X-2", "Y-1", "Y-2"):
                assert grade.rank <= whole[code].rank, each.title


def test_press_out_leaves_what_others_say() -> None:
    press = sound(
        items=(item("E-1", "S-1", kind=EvidenceKind.PRESS_REPORT), item("E-2", "S-2")),
        sources=(source("S-1", SourceRole.PRESS), source("S-2")),
    )
    assert column(stress(press), "no-press").grade is Grade.WEAK
    assert column(stress(press), "no-press").falls == ("X-1",)


def test_closed_material_is_out_of_the_public_record() -> None:
    closed = sound(
        items=(
            item("E-1", "S-1", access=Access.CLASSIFIED, summary_given=True),
            item("E-2", "S-2", access=Access.CLASSIFIED, summary_given=True),
        )
    )
    assert column(stress(closed), "public").grade is Grade.UNSUPPORTED


def test_first_hand_only_leaves_out_what_is_relayed() -> None:
    relayed = sound(
        items=(item("E-1", "S-1", hand=Hand.SECOND), item("E-2", "S-2")),
        sources=(source("S-1"), source("S-2")),
    )
    assert column(stress(relayed), "first-hand").grade is Grade.WEAK


def test_disinterested_only_leaves_out_those_who_gain() -> None:
    gaining = sound(sources=(source("S-1", SourceRole.AFFECTED_PARTY), source("S-2")))
    assert column(stress(gaining), "disinterested").grade is Grade.WEAK


def test_a_rejected_theory_leaves_its_element_unsupported() -> None:
    theory = sound(law=authority(element(settledness=Settledness.UNTESTED)))
    assert column(stress(theory), "theory:X-1").grade is Grade.UNSUPPORTED


def test_every_origin_is_struck_in_turn() -> None:
    struck = [each.code for each in stress(sound()).columns if each.code.startswith("origin:")]
    assert struck == ["origin:item:E-2", "origin:source:S-1"]
