"""The dates of a case, what changed since one last looked, and the case as it stood on a day."""

import pytest

from access.words import Role
from casemgr.actions.findings import Wording, sign_finding, write_finding
from casemgr.actions.links import answer_contrary, end_link
from casemgr.models import Bookmark, CaseElement, Link, Milestone
from casemgr.web.told import _of_what
from casemgr.words import AnswerState
from tests.access.factories import UserFactory, member
from tests.web.desk import Page, assessed, page, reading

pytestmark = pytest.mark.django_db
CHANGES, CHRONOLOGY = "/cases/WEB-1/changes/", "/cases/WEB-1/chronology/"


@pytest.fixture
def roe(team):
    return member(team, Role.COUNSEL, first_name="Jo", last_name="Roe")


@pytest.fixture
def counsel(case, roe):
    return reading(roe)


def contrary(case) -> Link:
    return Link.objects.get(case_element__case=case, stance="contradicts")


def answer(case, by) -> None:
    answer_contrary(contrary(case), AnswerState.ANSWERED, "No.", actor=by, reason="on the merits")


def test_changes_are_told_as_acts_with_who_and_why(case, counsel, roe) -> None:
    answer(case, roe)
    first = page(counsel, CHANGES)
    assert "E-3 answered: answered X-1a Jo Roe on the merits" in first.text
    assert "E-1 linked, supports X-1a" in first.text
    assert "Raised: serious contrary unaddressed" in first.text
    assert "Assessed for the first time: weak" in first.text


def test_a_flag_on_items_names_them_and_not_its_severity_twice() -> None:
    assert _of_what("advisory:E-LOGS,E-REPORT") == "E-LOGS, E-REPORT"
    assert _of_what("A rule (90 Fed. Reg. 4,617)") == "A rule (90 Fed. Reg. 4,617)"


def test_what_was_marked_read_is_not_shown_again(case, counsel, roe) -> None:
    newest = [a["value"] for _, a in page(counsel, CHANGES).tags if a.get("name") == "newest"]
    counsel.post(f"{CHANGES}read/", {"newest": newest[0]})
    assert "Nothing changed since." in page(counsel, CHANGES).text
    answer(case, roe)
    since = page(counsel, CHANGES).text
    assert "What changed since you marked it read" in since
    assert "E-3 answered" in since
    assert "E-1 linked" not in since
    assert "E-1 linked" in page(counsel, f"{CHANGES}?all").text


def test_a_bookmark_is_ones_own(case, counsel, team) -> None:
    counsel.post(f"{CHANGES}read/", {"newest": "999999999"})
    assert "E-1 linked" in page(reading(member(team, Role.ANALYST)), CHANGES).text
    assert Bookmark.objects.count() == 1


def test_changes_since_a_day(case, counsel) -> None:
    assert "E-1 linked" in page(counsel, f"{CHANGES}?since=2020-01-01").text
    assert "Nothing changed since." in page(counsel, f"{CHANGES}?since=2999-01-01").text
    assert "That is no day." in page(counsel, f"{CHANGES}?since=yesterday").text


def test_an_auditor_reads_the_changes(case) -> None:
    assert "E-1 linked" in page(reading(UserFactory(auditor=True)), CHANGES).text


def test_the_chronology_runs_from_the_earliest_day(case, counsel) -> None:
    Milestone.objects.create(case=case, kind="vote", on="2026-03-20", on_precision="day")
    shown = page(counsel, CHRONOLOGY).text
    order = (
        "Feb 2026 Corporate registry",
        "10 Feb 2026 Press report",
        "1 Mar 2026 E-1 came",
        "Vote",
    )
    places = [shown.index(words) for words in order]
    assert places == sorted(places)


def test_the_chronology_is_narrowed_to_one_kind(case, counsel) -> None:
    shown = page(counsel, f"{CHRONOLOGY}?of=record").text
    assert "E-1 came before the agency" in shown
    assert "Case opened" not in shown


def test_the_case_as_it_stood_on_an_earlier_day(case, counsel) -> None:
    shown = page(counsel, "/cases/WEB-1/?as_of=2026-03-01").text
    assert "As the record stood at the end of 1 Mar 2026" in shown
    # The denial came a day later.
    assert "contrary unaddressed" not in shown
    assert "contrary unaddressed" in page(counsel, "/cases/WEB-1/?as_of=2026-03-02").text


@pytest.mark.parametrize("day", ["2999-01-01", "yesterday"])
def test_a_day_that_has_not_passed_shows_today(counsel, day) -> None:
    shown = page(counsel, f"/cases/WEB-1/?as_of={day}").text
    assert f"“{day}” is no day that has passed, so today is shown." in shown


def test_a_day_before_the_law_was_pinned_says_so(case, counsel) -> None:
    case.pins.update(entered_on="2026-02-01", entered_on_precision="day")
    assert "pin one that holds" in page(counsel, "/cases/WEB-1/?as_of=2026-01-01").text


def test_the_matrix_says_why_a_sign_off_is_stale(case, counsel, roe, team) -> None:
    element = CaseElement.objects.get(case=case, element__code="X-1a")
    finding = write_finding(element, Wording(text="E-1 shows it."), actor=roe, reason="found")
    signer = member(team, Role.COUNSEL, first_name="Al", last_name="Doe")
    sign_finding(finding, 1, actor=signer, reason="read")
    assessed(case)
    assert "Al Doe · current" in page(counsel, "/cases/WEB-1/").text
    answer(case, roe)
    end_link(Link.objects.get(item__key="E-2"), actor=roe, reason="another company")
    assessed(case)
    shown = page(counsel, "/cases/WEB-1/").text
    assert "Al Doe · stale: The answer to E-3 was written. And 1 more." in shown


def test_reading_a_page_marks_nothing_read(counsel) -> None:
    page(counsel, CHANGES)
    assert not Bookmark.objects.exists()
    assert Page(counsel.get(CHANGES).content.decode()).text.count("E-1 linked") == 1
