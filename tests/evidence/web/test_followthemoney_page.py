"""The page that takes in a FollowTheMoney file: what was checked is what is entered."""

import io
import json

import pytest

from access.words import Role
from designations.actions import add_designee
from designations.models import Designee
from designations.words import DesigneeType
from evidence.models import EvidenceItem
from tests.access.factories import member
from tests.designations.exchange.entities import HOLDING, entity, lines
from tests.evidence.conftest import BY
from tests.web.desk import page

pytestmark = pytest.mark.django_db
URL = "/designees/ftm/"


def file(*entities, name: str = "harbor.json") -> io.BytesIO:
    stream = io.BytesIO(lines(*entities))
    stream.name = name
    return stream


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def sent(team) -> dict[str, str]:
    return {"team": team.key, "papers": "on", "then": "check"}


def test_a_file_is_checked_then_entered_without_being_sent_again(browser, sent) -> None:
    answer = browser.post(URL, {**sent, "file": file(*HOLDING)})
    shown = text_of(answer)
    assert "2 parties, of which 0 may be here already" in shown
    assert "Jane Example in Quiet Harbor Holding: 25-50%" in shown
    assert not Designee.objects.exists()
    digest = answer.context["checked"].sha256
    done = browser.post(URL, {**sent, "then": "enter", "sha256": digest}, follow=True)
    assert "2 new designees" in text_of(done)
    assert "Jane Example in Quiet Harbor Holding: 25-50%" in text_of(done)
    assert Designee.objects.count() == 2
    assert EvidenceItem.objects.count() == 3


def test_who_is_whom_is_chosen_on_the_page(browser, sent) -> None:
    jane = add_designee("Jane Example", type=DesigneeType.PERSON, **BY)
    answer = browser.post(URL, {**sent, "file": file(*HOLDING)})
    assert f"{jane.key}, Jane Example" in text_of(answer)
    kept = {**sent, "then": "enter", "sha256": answer.context["checked"].sha256}
    open_still = browser.post(URL, kept)
    assert open_still.status_code == 422
    assert "Say of each party" in text_of(open_still)
    chosen = browser.post(URL, {**kept, "same:NK-owner": jane.key, "same:nobody": "new"})
    assert f'value="{jane.key}" selected' in text_of(chosen)
    assert Designee.objects.count() == 1
    browser.post(URL, {**kept, "same:NK-owner": jane.key})
    assert Designee.objects.count() == 2
    assert jane.stakes_held.count() == 1


def test_lines_to_mend_are_shown_and_there_is_no_way_to_enter(browser, sent) -> None:
    stream = io.BytesIO(lines(*HOLDING) + b"{\n")
    stream.name = "x.json"
    answer = browser.post(URL, {**sent, "file": stream})
    assert "1 line to mend" in text_of(answer)
    assert 'value="enter"' not in text_of(answer)
    forced = {**sent, "then": "enter", "sha256": answer.context["checked"].sha256}
    assert browser.post(URL, forced).status_code == 422
    assert not Designee.objects.exists()


def test_the_same_file_again_is_told_with_where_it_is(browser, sent) -> None:
    digest = browser.post(URL, {**sent, "file": file(*HOLDING)}).context["checked"].sha256
    browser.post(URL, {**sent, "then": "enter", "sha256": digest})
    again = browser.post(URL, {**sent, "file": file(*HOLDING)})
    assert "There is nothing to enter again" in text_of(again)


def test_names_and_ids_of_markup_are_shown_as_text(browser, sent) -> None:
    evil = "<script>alert(1)</script>"
    add_designee(evil, **BY)
    entities = (
        entity('"><img src=x onerror=1>', "Company", name=evil, **{"<b>": "x"}),
        entity("l", "<i>", name=evil),
    )
    answer = browser.post(URL, {**sent, "file": file(*entities, name="<b>.json")})
    shown = answer.content.decode()
    assert "may be here already" in shown
    for raw in ("<script>alert", "<img src=x", "<i>", "<b>"):
        assert raw not in shown


def test_what_another_person_had_checked_cannot_be_entered(browser, sent, team, client) -> None:
    digest = browser.post(URL, {**sent, "file": file(*HOLDING)}).context["checked"].sha256
    client.force_login(member(team, Role.ANALYST))
    assert client.post(URL, {**sent, "then": "enter", "sha256": digest}).status_code == 422


@pytest.mark.parametrize(
    "more", [{}, {"sha256": "\x00"}, {"team": "T-X"}, {"source": "nobody known"}]
)
def test_an_incomplete_request_is_told_what_is_missing(browser, sent, more) -> None:
    assert browser.post(URL, {**sent, **more}).status_code == 422


def test_a_selection_is_written_out(browser, sent) -> None:
    keys = [add_designee(name, **BY).key for name in ("One", "Two")]
    answer = browser.get(f"{URL}export", {"keys": " ".join(keys)})
    written = [json.loads(line) for line in answer.content.splitlines()]
    assert {each["properties"]["name"][0] for each in written} == {"One", "Two"}
    missing = browser.get(f"{URL}export", {"keys": f"{keys[0]} D-NONE"})
    assert missing.status_code == 422
    assert "There is no designee D-NONE" in text_of(missing)
    assert browser.get(f"{URL}export").status_code == 422


def test_one_designee_is_written_out(browser) -> None:
    key = add_designee("One", **BY).key
    answer = browser.get(f"/designees/{key}/ftm")
    assert answer["Content-Disposition"] == f'attachment; filename="{key}.ftm.json"'
    for nobody in ("D-NONE", "a%00b"):
        assert browser.get(f"/designees/{nobody}/ftm").status_code == 404


def test_the_page_is_found_where_evidence_is_entered(browser) -> None:
    assert "FollowTheMoney" in page(browser, "/evidence/new/").text


@pytest.mark.parametrize("role", [Role.MANAGER])
def test_who_may_not_enter_is_told_so(client, team, role) -> None:
    client.force_login(member(team, role))
    assert client.get(URL).status_code == 403
