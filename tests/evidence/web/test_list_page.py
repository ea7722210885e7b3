"""The list: found, narrowed, counted, exported, in a constant number of queries."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.words import Role
from evidence.actions import add_source
from evidence.web.listing import CSV_COLUMNS
from tests.access.factories import TeamFactory, UserFactory, member
from tests.evidence.conftest import BY
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db


def test_words_are_found_and_marked_where_they_stand(browser, report) -> None:
    shown = browser.get("/evidence/?q=opened").content.decode()
    assert "E-REPORT" in shown
    assert "<mark>opened</mark>" in shown
    assert "E-LETTER" not in shown
    assert "<b>Not bold" not in shown


def test_choices_come_from_the_address_and_can_be_taken_back(browser, report) -> None:
    shown = page(browser, "/evidence/?kind=fraudulent-account-report&q=accounts")
    assert "1 item" in shown.text
    hrefs = {attributes.get("href") for tag, attributes in shown.tags if tag == "a"}
    assert {"/evidence/?q=accounts", "/evidence/?kind=fraudulent-account-report"} <= hrefs


def test_an_empty_list_says_what_to_do(browser) -> None:
    assert "Nothing is logged yet" in page(browser, "/evidence/").text
    assert "Nothing you may see fits" in page(browser, "/evidence/?q=zebra").text


def test_a_page_beyond_the_last_shows_the_last(browser, report) -> None:
    assert "E-REPORT" in page(browser, "/evidence/?page=99").text
    assert "E-REPORT" in page(browser, "/evidence/?page=nonsense").text


@pytest.mark.parametrize("role", list(Role))
def test_people_of_other_teams_find_nothing(report, role) -> None:
    stranger = reading(member(TeamFactory(), role))
    assert "E-REPORT" not in page(stranger, "/evidence/?q=accounts").text
    assert b"E-REPORT" not in b"".join(stranger.get("/evidence/export.csv").streaming_content)


def test_an_administrator_is_told_why_there_is_nothing(report) -> None:
    administrator = reading(UserFactory(administrator=True))
    assert "see no case content" in page(administrator, "/evidence/", status=403).text
    assert administrator.get("/evidence/export.csv").status_code == 403


def test_the_export_holds_every_row_and_no_formula(browser, report, logged) -> None:
    logged("E-FORMULA", title="=HYPERLINK(1)")
    answer = browser.get("/evidence/export.csv?sort=key")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [row[0] for row in rows[1:]] == ["E-FORMULA", "E-LETTER", "E-REPORT"]
    assert rows[1][CSV_COLUMNS.index("title")] == "'=HYPERLINK(1)"
    assert rows[3][CSV_COLUMNS.index("file")] == "file"


@pytest.mark.parametrize("address", ["/evidence/", "/evidence/?q=says&role=press"])
def test_the_number_of_queries_does_not_grow(settings, browser, report, logged, address) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    press = add_source(name="A paper", role="press", **BY)
    logged("E-0", summary="what it says", source=press)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    few = queries()
    for number in range(60):
        logged(f"E-{number + 1}", summary="what it says", source=press)
    assert queries() == few
