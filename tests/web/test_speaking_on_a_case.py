"""Comments, notifications and saved views on their pages."""

import pytest

from access.words import Role
from casemgr.actions.comments import withdraw_comment, write_comment
from casemgr.actions.saved_views import save_view
from casemgr.models import Comment, NoticeSetting, Notification, SavedView
from tests.access.factories import TeamFactory, member
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db
BY = {"reason": "a test"}


@pytest.fixture
def counsel(team, case):
    return member(team, Role.COUNSEL, username="cora", first_name="Cora", last_name="Counsel")


@pytest.fixture
def analyst(team, case):
    return member(team, Role.ANALYST, username="ana")


def test_words_on_an_element_stand_there_and_call_people(case, counsel, analyst) -> None:
    browser = reading(counsel)
    sent = {"text": "<b>Look</b>, @ana and @nobody", "element": "X-1a",
            "next": "/cases/WEB-1/elements/X-1a/"}  # fmt: skip
    answer = browser.post("/cases/WEB-1/comments/", sent)
    comment = Comment.objects.get()
    there = f"/cases/WEB-1/elements/X-1a/#comment-{comment.pk}"
    assert (answer.status_code, answer["Location"]) == (302, there)
    shown = page(browser, "/cases/WEB-1/elements/X-1a/")
    assert "&lt;b&gt;Look&lt;/b&gt;" in shown.html
    assert '<strong class="mention">@ana</strong>' in shown.html
    assert '<strong class="mention">@nobody' not in shown.html
    assert "Nobody was told as @nobody" in shown.text
    assert "Look" not in page(browser, "/cases/WEB-1/tasks/").text
    told = page(reading(analyst), "/notifications/")
    assert "Cora Counsel mentioned you" in told.text


def test_with_a_script_the_comments_alone_are_sent(case, counsel) -> None:
    answer = reading(counsel).post(
        "/cases/WEB-1/comments/", {"text": "Hello"}, headers={"HX-Request": "true"}
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.lstrip().startswith("<section") and "Hello" in html and "<html" not in html


def test_an_empty_comment_is_refused_in_its_place(case, counsel) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        answer = reading(counsel).post("/cases/WEB-1/comments/", {"text": " "}, headers=headers)
        assert answer.status_code == 422
        assert "This field is required" in answer.content.decode()
    assert not Comment.objects.exists()


def test_following_a_notification_reads_it_and_leads_to_the_words(case, counsel, analyst) -> None:
    comment = write_comment(case, "@ana look", actor=counsel, **BY)
    notice, browser = Notification.objects.get(), reading(analyst)
    answer = browser.get(f"/notifications/{notice.pk}/")
    assert answer["Location"] == f"/cases/WEB-1/tasks/#comment-{comment.pk}"
    notice.refresh_from_db()
    assert notice.read_at is not None
    other = member(case.team, Role.ANALYST)
    assert reading(other).get(f"/notifications/{notice.pk}/").status_code == 404


def test_ones_own_words_are_edited_and_taken_back_with_a_reason(case, counsel, analyst) -> None:
    comment = write_comment(case, "First words", actor=counsel, **BY)
    browser, other = reading(counsel), reading(analyst)
    assert (
        other.post(f"/comments/{comment.pk}/edit", {"text": "x", "revision": 1}).status_code == 403
    )
    answer = browser.post(f"/comments/{comment.pk}/edit", {"text": "Second", "revision": 1})
    assert answer.status_code == 302
    stale = browser.post(f"/comments/{comment.pk}/edit", {"text": "Third", "revision": 1})
    assert "was changed meanwhile" in stale.content.decode()
    assert "Second" in page(browser, "/cases/WEB-1/tasks/").text
    sent = {"reason": "It names a source", "revision": 2}
    browser.post(f"/comments/{comment.pk}/withdrawal", sent)
    text = page(other, "/cases/WEB-1/tasks/").text
    assert "Second" not in text and "It names a source" in text
    assert browser.get(f"/comments/{comment.pk}/edit").status_code == 404


def test_a_withdrawn_comment_shows_no_words_anywhere(case, counsel, analyst) -> None:
    comment = write_comment(case, "@ana unspeakable", actor=counsel, **BY)
    withdraw_comment(comment, 1, "Not fit", actor=counsel)
    browser = reading(analyst)
    for address in ("/", "/notifications/", "/cases/WEB-1/tasks/"):
        assert "unspeakable" not in page(browser, address).text


def test_all_are_read_at_once_and_mail_is_turned_off(case, counsel, analyst) -> None:
    write_comment(case, "@ana one", actor=counsel, **BY)
    write_comment(case, "@ana two", actor=counsel, **BY)
    browser = reading(analyst)
    assert "2 marked as read" in browser.post("/notifications/read", follow=True).content.decode()
    assert "Nothing unread" in page(browser, "/notifications/").html
    browser.post("/notifications/settings", {"digest": "off"})
    assert NoticeSetting.objects.get(person=analyst).digest == "off"
    browser.post("/notifications/settings", {"digest": "hourly"})
    assert NoticeSetting.objects.get(person=analyst).digest == "off"


def test_a_list_is_kept_opened_by_default_shared_and_forgotten(case, counsel, team) -> None:
    browser = reading(counsel)
    sent = {"view-page": "tasks", "view-query": "whose=team&due=overdue&page=2",
            "view-name": "Late ones", "view-team": team.key, "view-is_default": "on"}  # fmt: skip
    answer = browser.post("/views/new", sent)
    assert answer["Location"] == "/tasks/?whose=team&due=overdue"
    assert browser.get("/tasks/")["Location"] == "/tasks/?whose=team&due=overdue"
    assert "Late ones" in page(browser, "/tasks/?whose=mine").text
    colleague = reading(member(team, Role.ANALYST))
    assert "Late ones by Cora Counsel" in page(colleague, "/tasks/").text
    again = browser.post("/views/new", sent)
    assert again.status_code == 422
    assert "already have a view of this name" in again.content.decode()
    view = SavedView.objects.get()
    assert colleague.post(f"/views/{view.key}/removal").status_code == 404
    browser.post(f"/views/{view.key}/default")
    assert browser.get("/tasks/").status_code == 200
    browser.post(f"/views/{view.key}/removal")
    assert not SavedView.objects.exists()


def test_a_view_of_another_team_cannot_be_made(case, counsel) -> None:
    sent = {"view-page": "tasks", "view-name": "x", "view-team": TeamFactory().key}
    answer = reading(counsel).post("/views/new", sent)
    assert answer.status_code == 422
    save_view("tasks", "Own", "", actor=counsel, **BY)
    assert "Own" in page(reading(counsel), "/views/").text


def test_a_list_of_evidence_is_kept_like_any_other(case, counsel) -> None:
    browser = reading(counsel)
    shown = page(browser, "/evidence/?q=registry&page=2")
    hidden = {of.get("name"): of.get("value") for tag, of in shown.tags if tag == "input"}
    assert (hidden["view-page"], hidden["view-query"]) == ("evidence", "q=registry")
    sent = {"view-page": "evidence", "view-query": "q=registry", "view-name": "The registry"}
    assert browser.post("/views/new", sent)["Location"] == "/evidence/?q=registry"
    assert "The registry" in page(browser, "/evidence/").text
