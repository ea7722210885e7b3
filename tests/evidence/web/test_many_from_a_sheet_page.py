"""The page that logs many from a sheet: what was checked is what is entered."""

import io

import pytest
from django.core.cache import cache

from access.words import Role
from evidence.models import EvidenceItem
from evidence.sheets.columns import columns
from tests.access.factories import member
from tests.web.desk import page

pytestmark = pytest.mark.django_db
URL = "/evidence/many/"


def sheet(text: str, name: str = "sheet.csv") -> io.BytesIO:
    stream = io.BytesIO(text.encode())
    stream.name = name
    return stream


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_sheet_is_checked_then_entered_without_being_sent_again(browser, team) -> None:
    sent = {"team": team.key, "kind": "press-report", "then": "check"}
    answer = browser.post(URL, {**sent, "file": sheet("summary\nOne\nTwo\n")})
    shown = text_of(answer)
    assert "sheet.csv: 2 rows" in shown
    assert not EvidenceItem.objects.exists()
    digest = answer.context["sheet"].sha256
    done = browser.post(URL, {**sent, "then": "enter", "sha256": digest})
    assert done["Location"] == "/evidence/"
    assert EvidenceItem.objects.count() == 2
    assert "2 items are logged from sheet.csv" in page(browser, "/evidence/").text


def test_entered_twice_it_is_not_there_twice(browser, team) -> None:
    sent = {"team": team.key, "kind": "other"}
    browser.post(URL, {**sent, "then": "enter", "file": sheet("summary\nOne\n")})
    again = browser.post(URL, {**sent, "then": "enter", "sha256": "0" * 64})
    assert again.status_code == 422
    assert "Choose it again" in text_of(again)
    assert EvidenceItem.objects.count() == 1


def test_rows_to_mend_are_shown_and_there_is_no_way_to_enter_them(browser, team) -> None:
    sent = {"team": team.key, "kind": "other", "then": "check"}
    answer = browser.post(URL, {**sent, "file": sheet("summary,dated\nOne,soon\n")})
    shown = text_of(answer)
    assert "1 to mend" in shown
    assert "soon" in shown
    assert 'value="enter"' not in shown
    forced = browser.post(URL, {**sent, "then": "enter", "sha256": answer.context["sheet"].sha256})
    assert forced.status_code == 422
    assert not EvidenceItem.objects.exists()


def test_rows_known_already_are_left_out_unless_wanted(browser, team) -> None:
    text = "summary,citation\nOne,https://a.example/1\nAgain,https://a.example/1\n"
    sent = {"team": team.key, "kind": "other", "then": "check"}
    answer = browser.post(URL, {**sent, "file": sheet(text)})
    assert "has the address or the words of row 2" in text_of(answer)
    digest = answer.context["sheet"].sha256
    browser.post(URL, {**sent, "then": "enter", "sha256": digest, "leave_out": "on"})
    assert EvidenceItem.objects.get().summary == "One"
    browser.post(URL, {**sent, "then": "enter", "file": sheet(text)})
    assert EvidenceItem.objects.count() == 3


def test_what_another_person_had_checked_cannot_be_entered(browser, team, client) -> None:
    sent = {"team": team.key, "kind": "other", "then": "check"}
    digest = browser.post(URL, {**sent, "file": sheet("summary\nOne\n")}).context["sheet"].sha256
    client.force_login(member(team, Role.ANALYST))
    assert client.post(URL, {**sent, "then": "enter", "sha256": digest}).status_code == 422
    cache.clear()
    assert browser.post(URL, {**sent, "then": "enter", "sha256": digest}).status_code == 422


@pytest.mark.parametrize("sent", [{}, {"sha256": "\x00"}, {"kind": "rumor"}, {"team": "T-X"}])
def test_an_incomplete_request_is_told_what_is_missing(browser, team, sent) -> None:
    assert browser.post(URL, {"team": team.key, "then": "check", **sent}).status_code == 422


def test_a_template_has_every_column(browser) -> None:
    head = browser.get("/evidence/many/template.csv").content.decode("utf-8-sig").strip()
    assert head.split(",") == list(columns())
    of_kind = browser.get("/evidence/many/template.csv?kind=press-report").content.decode()
    assert "eccn" not in of_kind


@pytest.mark.parametrize("role", [Role.MANAGER])
def test_who_may_not_log_is_told_so(client, team, role) -> None:
    client.force_login(member(team, role))
    assert client.get(URL).status_code == 403
    assert client.get("/evidence/many/template.csv").status_code == 403
