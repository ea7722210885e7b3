"""The docket as a board: a column a stage, those that stand there longest first."""

import pytest

from access.words import Role
from casemgr.docketing.board import CARDS_A_COLUMN
from tests.access.factories import UserFactory, member
from tests.casemgr.dashboard.office import office
from tests.web.desk import more_cases, page, reading

pytestmark = pytest.mark.django_db


def test_each_case_stands_in_the_column_of_its_stage_longest_first() -> None:
    _, manager = office()
    text = page(reading(manager), "/board/").text
    order = [text.index(words) for words in (
        "draft 3", "SLOW", "FAR", "NEW", "evidence building 2", "LATE", "BACK",
        "legal review 1", "SOON", "ready for decision 1", "READY", "decided 1", "DONE",
    )]  # fmt: skip
    assert order == sorted(order)
    assert "GONE" not in text
    assert "300 days here" in text
    assert "overdue since" in text


def test_a_column_shows_the_first_and_leads_to_them_all(case, team) -> None:
    more_cases(case, CARDS_A_COLUMN + 5)
    manager = reading(member(team, Role.MANAGER))
    shown = page(manager, "/board/")
    assert f"draft {CARDS_A_COLUMN + 5}" in shown.text
    assert "5 more" in shown.text
    (more,) = {
        a["href"] for tag, a in shown.tags if tag == "a" and "stage=draft" in (a["href"] or "")
    }
    assert f"of {CARDS_A_COLUMN + 5}" in page(manager, more).text


def test_filters_narrow_the_board() -> None:
    _, manager = office()
    text = page(reading(manager), "/board/?due=overdue").text
    assert "SLOW" in text
    assert "LATE" in text
    assert "FAR" not in text


def test_a_card_leads_to_its_move_for_those_who_may(case, team) -> None:
    shown = page(reading(member(team, Role.MANAGER)), "/board/")
    (move,) = [a["href"] for tag, a in shown.tags if a.get("aria-label") == "Move WEB-1"]
    manager = reading(member(team, Role.MANAGER))
    assert "nothing is missing" in page(manager, move).text
    for user in (member(team, Role.ANALYST), UserFactory(auditor=True)):
        shown = page(reading(user), "/board/")
        assert "WEB-1" in shown.text
        assert not [a for _, a in shown.tags if a.get("aria-label") == "Move WEB-1"]
