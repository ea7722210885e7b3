"""The docket as a page: lines, filters in the address, sorting, pages, files."""

import csv
from io import BytesIO, StringIO
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from access.words import Role
from casemgr.actions.saved_views import save_view
from casemgr.docketing.page import CASES_A_PAGE
from casemgr.models import Case, Stage
from casemgr.work_product import HANDLING
from tests.access.factories import TeamFactory, UserFactory, member
from tests.web.desk import Page, more_cases, page, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def counsel(team):
    return reading(member(team, Role.COUNSEL))


def listed(shown: Page) -> list[str]:
    """The docket numbers of the lines, by their ticks."""
    return [a["value"] for tag, a in shown.tags if tag == "input" and a.get("name") == "case"]


def links(shown: Page, label: str) -> list[str]:
    return [
        a["href"] for tag, a in shown.tags if tag == "a" and label in (a.get("aria-label") or "")
    ]


def test_a_line_says_where_the_case_stands_and_since_when(case, counsel) -> None:
    text = page(counsel, "/cases/").text
    assert "WEB-1 Pages, Inc. page-list @2021 evidence building" in text
    assert "contrary unaddressed on X-1a, since" in text
    assert "0 days" in text


def test_filters_narrow_the_docket_and_say_so(case, counsel) -> None:
    Case.objects.filter(pk=case.pk).update(stage=Stage.LEGAL_REVIEW)
    for query in (
        "stage=legal-review",
        "grade=weak",
        "authority=page-list",
        "q=pages",
        "stage=open",
    ):
        shown = page(counsel, f"/cases/?{query}")
        assert listed(shown) == ["WEB-1"]
        assert "Narrowed to" in shown.text
    for query in ("stage=decided", "grade=strong", "authority=other", "lead=U-NONE"):
        shown = page(counsel, f"/cases/?{query}")
        assert listed(shown) == []
        assert "No case you may see fits these filters" in shown.text


def test_one_filter_is_taken_away_without_the_others(case, counsel) -> None:
    shown = page(counsel, "/cases/?stage=open&grade=weak&sort=-due")
    (without,) = links(shown, "Remove stage")
    assert parse_qs(without.lstrip("?")) == {"grade": ["weak"], "sort": ["-due"]}


def test_the_form_shows_what_is_asked_and_keeps_the_order(case, counsel) -> None:
    shown = page(counsel, "/cases/?stage=open&flags=serious&due_to=2030-01-02&sort=-due")
    chosen = [a["value"] for tag, a in shown.tags if tag == "option" and "selected" in a]
    assert {"open", "serious"} <= set(chosen)
    values = {a.get("name"): a.get("value") for tag, a in shown.tags if tag == "input"}
    assert values["due_to"] == "2030-01-02"
    assert values["sort"] == "-due"
    assert [a for tag, a in shown.tags if tag == "details" and "open" in a]


@pytest.mark.parametrize("query", ["stage=nonsense", "grade=%00", "page=%00", "authority=%00x"])
def test_a_value_the_docket_does_not_know_breaks_nothing(case, counsel, query) -> None:
    assert counsel.get(f"/cases/?{query}").status_code == 200


def test_an_empty_docket_says_how_a_case_begins(counsel) -> None:
    assert "docket import FILE" in page(counsel, "/cases/").text


def test_the_head_of_a_column_sorts_and_sorts_the_other_way(case, counsel) -> None:
    more_cases(case, 2)
    up = page(counsel, "/cases/")
    assert listed(up) == ["WEB-1", "WEB-1-000", "WEB-1-001"]
    sorted_by = [a["aria-sort"] for tag, a in up.tags if tag == "th" and "aria-sort" in a]
    assert sorted_by[0] == "ascending"
    assert set(sorted_by[1:]) == {"none"}
    down = page(counsel, "/cases/?sort=-key")
    assert listed(down) == ["WEB-1-001", "WEB-1-000", "WEB-1"]


def test_pages_turn_and_lose_no_case(case, counsel) -> None:
    more_cases(case, CASES_A_PAGE + 5)
    first = page(counsel, "/cases/?grade=weak&sort=designee")
    following = next(a["href"] for tag, a in first.tags if tag == "a" and a.get("rel") == "next")
    assert parse_qs(following.lstrip("?")) == {
        "grade": ["weak"], "sort": ["designee"], "page": ["2"],
    }  # fmt: skip
    keys = listed(first) + listed(page(counsel, f"/cases/{following}"))
    assert len(keys) == len(set(keys)) == CASES_A_PAGE + 6


def test_who_changes_nothing_has_nothing_to_tick(case) -> None:
    shown = page(reading(UserFactory(auditor=True)), "/cases/")
    assert "WEB-1" in shown.text
    assert listed(shown) == []
    assert "Change lead" not in shown.text


def test_an_analyst_may_change_the_lead_and_not_move(case, team) -> None:
    shown = page(reading(member(team, Role.ANALYST)), "/cases/")
    assert "Change lead" in shown.text
    assert "Move stage" not in shown.text


@pytest.mark.parametrize("address", ["/cases/?stage=open", "/board/", "/status/"])
def test_queries_are_as_many_whatever_the_number_of_cases(case, team, address) -> None:
    manager = reading(member(team, Role.MANAGER))
    more_cases(case, 3)
    manager.get(address)
    Case.objects.filter(pk=case.pk).update(title="changed")
    with CaptureQueriesContext(connection) as few:
        manager.get(address)
    more_cases(Case.objects.get(key="WEB-1-000"), 27)
    with CaptureQueriesContext(connection) as many:
        manager.get(address)
    # Whether the session was still in the cache says nothing of the page.
    counts = [
        sum("django_session" not in each["sql"] for each in made.captured_queries)
        for made in (few, many)
    ]
    assert counts[0] == counts[1] <= 15


def test_the_files_hold_what_the_page_was_narrowed_to(case, counsel) -> None:
    more_cases(case, 60)
    shown = page(counsel, "/cases/?q=WEB-1-00&sort=-key")
    hrefs = [a["href"] for tag, a in shown.tags if tag == "a" and "download" in a]
    assert len(hrefs) == 2
    answer = counsel.get(hrefs[0])
    assert answer["Cache-Control"] == "private, no-store"
    lines = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))
    assert lines[0] == [HANDLING]
    keys = [f"WEB-1-{number:03}" for number in range(9, -1, -1)]
    assert [line[0] for line in lines[2:]] == keys
    answer = counsel.get(hrefs[1])
    assert answer["Content-Disposition"].startswith('attachment; filename="docket-')
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content)))["Docket"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == HANDLING
    assert "q=WEB-1-00" in rows[1][0]
    assert [row[0] for row in rows[3:]] == keys


@pytest.mark.parametrize("address", ["/docket/cases.csv", "/docket/cases.xlsx"])
def test_no_file_holds_another_teams_cases(case, address) -> None:
    answer = reading(member(TeamFactory(), Role.MANAGER)).get(address)
    assert answer.status_code == 200
    assert b"WEB-1" not in b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    "address", ["/cases/", "/board/", "/status/", "/docket/cases.csv", "/docket/cases.xlsx"]
)
def test_an_administrator_sees_no_case_anywhere(case, address) -> None:
    answer = reading(UserFactory(administrator=True)).get(address)
    assert answer.status_code == 403
    assert b"WEB-1" not in answer.content


def test_a_kept_list_is_offered_and_opens_first_where_its_owner_wants_it(case, team) -> None:
    manager = member(team, Role.MANAGER)
    client = reading(manager)
    save_view("docket", "Stuck", "stuck=90&sort=since", actor=manager, reason="mine",
              is_default=True)  # fmt: skip
    answer = client.get("/cases/")
    assert (answer.status_code, answer["Location"]) == (302, "/cases/?stuck=90&sort=since")
    shown = page(client, "/cases/?view=all")
    assert "Stuck" in shown.text
    assert listed(shown) == ["WEB-1"]
    kept = page(client, "/cases/?stage=open&page=1")
    fields = {a.get("name"): a.get("value") for tag, a in kept.tags if tag == "input"}
    assert fields["view-query"] == "stage=open"
