"""The docket narrows by stage, grade and authority, and turns its pages by key."""

import pytest

from access.words import Role
from casemgr.models import Case, Stage
from casemgr.web.docket import CASES_A_PAGE
from tests.access.factories import member
from tests.web.desk import more_cases, page, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def counsel(team):
    return reading(member(team, Role.COUNSEL))


def test_a_line_says_where_the_case_stands_and_since_when(case, counsel) -> None:
    text = page(counsel, "/cases/").text
    assert "WEB-1 Pages, Inc. page-list@2021" in text
    assert "contrary-unaddressed on X-1a, since" in text


def test_filters_narrow_the_docket(case, counsel) -> None:
    Case.objects.filter(pk=case.pk).update(stage=Stage.LEGAL_REVIEW)
    for query in ("stage=legal-review", "grade=weak", "authority=page-list"):
        assert "WEB-1" in page(counsel, f"/cases/?{query}").text
    for query in ("stage=decided", "grade=strong", "authority=other"):
        text = page(counsel, f"/cases/?{query}").text
        assert "WEB-1" not in text
        assert "No case you may see fits these filters" in text


@pytest.mark.parametrize("query", ["stage=nonsense", "grade=%00", "after=%00", "authority=%00x"])
def test_a_value_the_docket_does_not_know_breaks_nothing(case, counsel, query) -> None:
    assert counsel.get(f"/cases/?{query}").status_code == 200


def test_an_empty_docket_says_how_a_case_begins(counsel) -> None:
    assert "docket import FILE" in page(counsel, "/cases/").text


def test_pages_turn_by_key_and_lose_no_case(case, counsel) -> None:
    more_cases(case, CASES_A_PAGE + 5)
    first = page(counsel, "/cases/?grade=weak")
    following = next(a["href"] for tag, a in first.tags if tag == "a" and a.get("rel") == "next")
    second = page(counsel, f"/cases/{following}")
    keys = [
        a["href"]
        for shown in (first, second)
        for tag, a in shown.tags
        if tag == "a" and (a["href"] or "").startswith("/cases/WEB-1")
    ]
    assert len(keys) == len(set(keys)) == CASES_A_PAGE + 6
    assert "grade=weak" in following
