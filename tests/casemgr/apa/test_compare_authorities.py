"""Which authority one record carries, and what each other one lacks."""

from casemgr.apa.assess import assess
from casemgr.apa.compare import compare
from casemgr.words import Grade
from designations.words import Settledness
from tests.casemgr.apa.builders import authority, element, sound, with_case


def test_the_authority_the_record_carries_stands_first_and_lacks_nothing() -> None:
    carried = assess(with_case(sound(), key="CARRIED"))
    untested = authority(element(settledness=Settledness.UNTESTED), slug="other")
    lacking = assess(with_case(sound(law=untested), key="LACKING"))
    first, second = compare([lacking, carried])
    assert (first.docket, first.carries, first.lacks) == ("CARRIED", True, ())
    assert (second.docket, second.carries) == ("LACKING", False)
    (lack,) = second.lacks
    assert (lack.element, lack.grade, lack.doctrines) == (
        "X-1",
        Grade.WEAK,
        ("untested-theory",),
    )
