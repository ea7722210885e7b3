"""Figures over all cases are worked out once for each state of the docket and each reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection

from access.words import Role
from casemgr.docketing.remembered import remembered
from casemgr.models import Case
from tests.access.factories import TeamFactory, UserFactory, member
from tests.casemgr.factories import a_case

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 11, 23)


@contextmanager
def elsewhere(statement: str, *values: int) -> Iterator[None]:
    """The statement in a transaction of another connection, which commits at the end."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(statement, values)
        yield
        with other.cursor() as cursor:
            cursor.execute("COMMIT")
    finally:
        other.close()


class Counter:
    """Says how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_the_same_state_is_counted_once() -> None:
    case = a_case()
    manager = member(case.team, Role.MANAGER)
    count = Counter()
    for _ in range(3):
        assert remembered(manager, "a", DAY, count) == 1


def test_a_transaction_that_changes_nothing_of_ours_is_no_hindrance() -> None:
    case = a_case()
    manager = member(case.team, Role.MANAGER)
    with elsewhere("SELECT pg_current_xact_id()"):
        count = Counter()
        for _ in range(3):
            assert remembered(manager, "a", DAY, count) == 1


def test_a_change_is_seen_at_once() -> None:
    case = a_case()
    manager = member(case.team, Role.MANAGER)
    count = Counter()
    for _ in range(10):
        remembered(manager, "a", DAY, count)
        before = count.times
        Case.objects.filter(pk=case.pk).update(title=f"Title {before}")
        assert remembered(manager, "a", DAY, count) == before + 1


def test_another_reader_another_question_and_another_day_are_counted_for_themselves() -> None:
    case = a_case()
    manager = member(case.team, Role.MANAGER)
    stranger = member(TeamFactory(), Role.MANAGER)
    cleared = member(case.team, Role.MANAGER, cleared_markings=["CUI"])
    auditor = UserFactory(auditor=True)
    remembered(manager, "a", DAY, Counter())
    for user, what, day in (
        (stranger, "a", DAY),
        (cleared, "a", DAY),
        (auditor, "a", DAY),
        (manager, "b", DAY),
        (manager, "a", date(2026, 11, 24)),
    ):
        count = Counter()
        remembered(user, what, day, count)
        assert count.times == 1


def test_a_change_that_is_under_way_while_counting_is_not_forgotten() -> None:
    case, other = a_case(), a_case()
    manager = member(case.team, Role.MANAGER)

    def titles() -> list[str]:
        return remembered(
            manager, "titles", DAY, lambda: list(Case.objects.values_list("title", flat=True))
        )

    # The slow one takes the lower number, the quick one the higher, which is seen first.
    with elsewhere("UPDATE casemgr_case SET title = 'slow' WHERE id = %s", case.pk):
        Case.objects.filter(pk=other.pk).update(title="quick")
        assert "quick" in titles()
        assert "slow" not in titles()
    assert "slow" in titles()
