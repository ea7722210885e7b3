"""The same words on another designee: boilerplate on a matter of fact, not on one of law."""

from dataclasses import replace

import pytest

from casemgr.apa.record import Case, Designee, Docket, Finding
from casemgr.docket import records
from designations.words import ElementKind
from tests.casemgr.apa.builders import authority, element, finding, raised, sound


@pytest.mark.parametrize("kind", [ElementKind.FACT, ElementKind.STATUS, ElementKind.EXPLANATION])
def test_pasted_reasons_on_facts_are_conclusory(kind: ElementKind) -> None:
    pasted = finding("X-1", "E-1", "E-2", same_as=("CASE-2/X-1",))
    given = sound(law=authority(element(kind=kind)), findings=(pasted,))
    assert raised(given)["conclusory"] == "moderate"


@pytest.mark.parametrize("kind", [ElementKind.LEGAL, ElementKind.EXCEPTION])
def test_reasons_on_the_law_may_serve_many(kind: ElementKind) -> None:
    pasted = finding("X-1", "E-1", "E-2", same_as=("CASE-2/X-1",))
    given = sound(law=authority(element(kind=kind)), findings=(pasted,))
    assert "conclusory" not in raised(given)


def same_as(*cases: Case) -> list[tuple[str, ...]]:
    law = authority(element("X-1"), element("X-2"))
    docket = Docket(authorities=(law,), cases=cases)
    return [f.same_as for record in records(docket) for f in record.case.findings]


def stated(key: str, designee: str, text: str, code: str = "X-1") -> Case:
    return Case(
        key=key,
        authority="example@1",
        designee=Designee(key=designee),
        findings=(Finding(element=code, text=text),),
    )


def test_a_file_s_own_cases_are_compared_wherever_lines_break() -> None:
    one = stated("A", "D-1", "It bought the chips.")
    other = stated("B", "D-2", "It bought\n  the CHIPS. ", "X-2")
    assert same_as(one, other) == [("B/X-2",), ("A/X-1",)]


def test_one_designee_s_cases_may_share_reasons() -> None:
    assert same_as(stated("A", "D-1", "It bought."), stated("B", "D-1", "It bought.")) == [(), ()]


def test_no_text_is_the_same_as_no_text() -> None:
    assert same_as(stated("A", "D-1", " "), stated("B", "D-2", "")) == [(), ()]


def test_other_reasons_are_not_the_same() -> None:
    one = stated("A", "D-1", "It bought.")
    assert same_as(one, replace(one, key="B", designee=Designee(key="D-2"), findings=())) == [()]
