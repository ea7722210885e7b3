"""A new grading holds from its day; the one before keeps its own days."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from access.revision import StaleRevisionError
from designations.clock import today
from designations.days import PartialDate
from evidence.actions import grade_source, import_grading
from evidence.models import EvidenceItem, Grading
from evidence.words import Reliability

BY = {"actor": "system:test", "reason": "a second look"}


def grade(item: EvidenceItem, reliability: Reliability, credibility: int) -> Grading:
    return grade_source(item, item.revision, reliability=reliability, credibility=credibility, **BY)


def on(item: EvidenceItem, days_ago: int) -> list[tuple[str, int | None]]:
    rows = item.gradings.as_of(today() - timedelta(days=days_ago))
    return [(row.reliability, row.credibility) for row in rows]


def test_an_item_never_graded_was_not_graded_yesterday(item: EvidenceItem) -> None:
    grade(item, Reliability.B, 2)

    assert (item.reliability, item.credibility, item.graded) == ("B", 2, True)
    assert on(item, days_ago=0) == [("B", 2)]
    assert on(item, days_ago=1) == [("", None)]


def test_the_grading_before_keeps_its_days(logged: Callable[..., EvidenceItem]) -> None:
    item = logged(reliability="C", credibility=3)
    grade(item, Reliability.B, 2)
    Grading.objects.filter(item=item, ended_on=None).update(entered_on=today() - timedelta(days=5))
    Grading.objects.filter(item=item).exclude(ended_on=None).update(
        ended_on=today() - timedelta(days=5)
    )

    grade(item, Reliability.A, 1)

    assert on(item, days_ago=9) == [("C", 3)]
    assert on(item, days_ago=1) == [("B", 2)]
    assert on(item, days_ago=0) == [("A", 1)]


def test_two_gradings_on_one_day_leave_the_last(item: EvidenceItem) -> None:
    grade(item, Reliability.E, 5)
    grade(item, Reliability.B, 2)

    assert on(item, days_ago=0) == [("B", 2)]


def test_of_two_graders_the_second_is_told(item: EvidenceItem) -> None:
    grade(item, Reliability.B, 2)

    with pytest.raises(StaleRevisionError):
        grade_source(item, 1, reliability=Reliability.C, credibility=3, **BY)

    assert on(item, days_ago=0) == [("B", 2)]


def test_a_credibility_beyond_six_is_refused_and_nothing_changes(item: EvidenceItem) -> None:
    with pytest.raises(ValidationError, match="1 to 6"):
        grade(item, Reliability.B, 7)

    assert not Grading.objects.exists()
    assert EvidenceItem.objects.get().reliability == ""


def test_an_imported_grading_holds_on_the_days_stated(item: EvidenceItem) -> None:
    import_grading(
        item,
        reliability=Reliability.D,
        entered=PartialDate.parse("2020-05"),
        ended=PartialDate.parse("2021"),
        **BY,
    )

    row = item.gradings.get()
    assert (str(row.entered), str(row.ended_from)) == ("2020-05", "2021")
    assert item.reliability == ""
