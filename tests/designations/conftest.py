"""A small authority of our own, as a library file or a docket file would state it."""

from dataclasses import replace

import pytest

from designations.days import PartialDate, Period
from designations.library.model import (
    Authority,
    Consequence,
    Consideration,
    Element,
    Prerequisite,
    Provision,
    VersionStatus,
)
from designations.words import (
    ElementKind,
    Join,
    PrerequisiteKind,
    Settledness,
    Threshold,
    VersionState,
)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def without_statuses(authority: Authority) -> Authority:
    return replace(authority, statuses=())


@pytest.fixture
def authority() -> Authority:
    """Two elements under a group, with one of everything else and three statuses."""
    return Authority(
        slug="example-list",
        version="2021",
        title="An example list",
        in_force=Period(day("2021-01-01"), None),
        threshold=Threshold.REASONABLE_CAUSE,
        citation="1 Example Code § 1",
        agency="An office",
        elements=(
            Element(code="X-0", join=Join.ALL, title="The whole"),
            Element(
                code="X-1",
                parent="X-0",
                kind=ElementKind.STATUS,
                text="is affiliated with",
                citation="1 Example Code § 1(a)",
                settledness=Settledness.CONTESTED,
                undefined_terms=("affiliated with",),
                fresh_days=730,
                period=Period(day("2014-03"), None),
                quoted=True,
                verified=True,
                source="the code as published",
            ),
            Element(code="X-2", parent="X-0", kind=ElementKind.PROCESS, text="was heard"),
        ),
        considerations=(Consideration(code="C-1", text="reliance", element="X-1", main=True),),
        prerequisites=(
            Prerequisite(code="P-1", text="notice", kind=PrerequisiteKind.NOTICE, element="X-2"),
        ),
        consequences=(
            Consequence(code="Q-1", text="no loans", menu=True, letter="F"),
            Consequence(code="Q-2", text="no visas", depends_on=("another-list",)),
        ),
        provisions=(Provision(code="D-1", kind="definition", text="person means"),),
        minimum_consequences=1,
        statuses=(
            VersionStatus(
                state=VersionState.IN_FORCE, period=Period(day("2021-01-01"), day("2025-11-09"))
            ),
            VersionStatus(
                state=VersionState.STAYED,
                period=Period(day("2025-11-10"), day("2026-11-09")),
                source="a notice",
                verified=True,
            ),
            VersionStatus(
                state=VersionState.IN_FORCE_BY_DEFAULT, period=Period(day("2026-11-10"), None)
            ),
        ),
        weak_points=("the gap",),
        notes=("a note",),
    )
