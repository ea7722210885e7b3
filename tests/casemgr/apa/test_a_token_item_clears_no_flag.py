"""Background never carries: a worthless second item mends nothing, whatever it is called."""

from dataclasses import replace

import pytest

from casemgr.apa.record import Item, Link, Record
from casemgr.words import Attribution, Directness
from designations.words import ElementKind
from evidence.words import Hand, Reliability, SourceRole
from tests.casemgr.apa.builders import (
    authority,
    day,
    element,
    finding,
    item,
    judged,
    link,
    raised,
    record,
    source,
    with_case,
)


def token(**said: object) -> tuple[Item, Link]:
    poor = item("E-TOKEN", "S-TOKEN", hand=Hand.THIRD, reliability=Reliability.E, credibility=5)
    bearing = {"directness": Directness.BACKGROUND, **said}
    return poor, link("E-TOKEN", **bearing)


def lone(kind: ElementKind = ElementKind.FACT, **link_said: object) -> Record:
    return record(
        items=(item("E-1", "S-1", dated_on=day("2021-01")),),
        links=(link("E-1", **link_said),),
        law=authority(element("X-1", kind)),
        sources=(source("S-1"), source("S-TOKEN", SourceRole.OTHER)),
        findings=(finding("X-1", "E-1"),),
    )


def beside(given: Record, **said: object) -> Record:
    poor, bearing = token(**said)
    return replace(
        with_case(given, links=(*given.case.links, bearing)),
        items={**given.items, poor.key: poor},
    )


@pytest.mark.parametrize(
    ("doctrine", "given", "said"),
    [
        ("single-origin", lone(), {}),
        ("attribution-gap", lone(attribution=Attribution.AFFILIATE), {}),
        ("stale", lone(ElementKind.STATUS), {}),
        (
            "thin-record",
            lone(directness=Directness.CIRCUMSTANTIAL),
            {"directness": Directness.DIRECT, "attribution": Attribution.CLASS},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_flag_stays_and_the_grade_with_it(
    doctrine: str, given: Record, said: dict[str, object]
) -> None:
    assert raised(given)[doctrine] == raised(beside(given, **said)).get(doctrine)
    assert judged(beside(given, **said)).grade is judged(given).grade


def test_a_real_second_item_clears_it() -> None:
    second = item("E-2", "S-2")
    given = lone()
    mended = replace(
        with_case(given, links=(*given.case.links, link("E-2"))),
        items={**given.items, "E-2": second},
    )
    assert "single-origin" not in raised(mended)
