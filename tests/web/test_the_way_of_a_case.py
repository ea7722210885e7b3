"""A case is opened, its considerations and steps dealt with, and moved when nothing is missing."""

import pytest

from access.words import Role
from casemgr.models import Case, ConsiderationAnswer, PrerequisiteMet
from designations.models import Designee
from tests.access.factories import TeamFactory, UserFactory, member
from tests.web.desk import Page, page, reading

pytestmark = pytest.mark.django_db
DECISION = "/cases/WEB-1/decision/"


@pytest.fixture
def counsel(case, team):
    return reading(member(team, Role.COUNSEL))


def test_each_way_says_what_is_missing_for_it(case, counsel) -> None:
    Case.objects.filter(pk=case.pk).update(stage="legal-review")
    shown = page(counsel, DECISION).text
    way = shown.partition("To ready for decision")[2].partition("To evidence building")[0]
    assert "X-1a: no finding is written. Write it, citing the evidence." in way
    assert "C-1: this consideration is not answered." in way
    assert "P-1: this step is not yet met." in way
    assert "Move it to" not in way
    assert "To evidence building Nothing is missing." in shown


def test_the_case_moves_with_its_reason(case, counsel) -> None:
    sent = {"to": "draft", "revision": case.revision, "reason": "Begin again."}
    moved = counsel.post(f"{DECISION}stage/", sent, follow=True)
    assert "WEB-1 is now in draft." in Page(moved.content.decode()).text
    case.refresh_from_db()
    assert case.stage == "draft"


def test_it_does_not_move_without_a_reason_or_what_is_missing(case, counsel) -> None:
    sent = {"to": "draft", "revision": case.revision}
    assert counsel.post(f"{DECISION}stage/", sent).status_code == 422
    Case.objects.filter(pk=case.pk).update(stage="legal-review")
    sent |= {"to": "ready-for-decision", "reason": "Let us."}
    shown = counsel.post(f"{DECISION}stage/", sent, follow=True).content.decode()
    assert "It cannot move to ready for decision yet" in shown
    case.refresh_from_db()
    assert case.stage == "legal-review"


def test_it_moves_only_from_the_revision_that_was_read(case, counsel) -> None:
    sent = {"to": "draft", "revision": case.revision + 1, "reason": "Now."}
    shown = counsel.post(f"{DECISION}stage/", sent, follow=True).content.decode()
    assert "The case changed since you read it" in shown


def test_an_analyst_is_told_whose_move_it_is(case, team) -> None:
    analyst = reading(member(team, Role.ANALYST))
    assert "This is for counsel and managers of" in page(analyst, DECISION).text
    sent = {"to": "draft", "revision": case.revision, "reason": "Now."}
    assert analyst.post(f"{DECISION}stage/", sent).status_code == 403


def test_a_consideration_of_the_case_is_answered(counsel) -> None:
    counsel.post(f"{DECISION}considerations/C-1/", {"state": "answered", "text": "None is less."})
    assert ConsiderationAnswer.objects.get().text == "None is less."
    assert "Answered" in page(counsel, DECISION).text
    refused = counsel.post(f"{DECISION}considerations/C-1/", {"state": "answered", "text": ""})
    assert refused.status_code == 422


def test_a_step_is_stated_with_its_day(counsel) -> None:
    sent = {"state": "met", "on": "2026-03-01", "what": "Letter sent."}
    counsel.post(f"{DECISION}steps/P-1/", sent)
    assert str(PrerequisiteMet.objects.get().on) == "2026-03-01"
    shown = page(counsel, DECISION).text
    assert "Met, 1 Mar 2026 : Letter sent." in shown


def test_a_step_is_not_met_in_the_future(counsel) -> None:
    refused = counsel.post(f"{DECISION}steps/P-1/", {"state": "met", "on": "2099-01-01"})
    assert refused.status_code == 422
    assert "A step is met on a day that has come" in refused.content.decode()


def test_who_only_reads_changes_nothing(case) -> None:
    auditor = reading(UserFactory(auditor=True))
    assert [tag for tag, _ in page(auditor, DECISION).tags if tag == "textarea"] == []
    assert auditor.post(f"{DECISION}considerations/C-1/", {}).status_code == 403
    assert auditor.post(f"{DECISION}steps/P-1/", {}).status_code == 403
    assert auditor.get("/new-case/").status_code == 403


def test_a_case_is_opened_on_a_new_designee(team, version) -> None:
    analyst = reading(member(team, Role.ANALYST))
    sent = {
        "authority": version.pk,
        "designee": "A New Company",
        "title": "Its listing",
        "kind": "listing",
        "team": team.pk,
    }
    opened = analyst.post("/new-case/", sent)
    case = Case.objects.get(title="Its listing")
    assert opened["Location"] == f"/cases/{case.key}/"
    assert case.designee.name == "A New Company"
    # The same name again is the same designee.
    analyst.post("/new-case/", sent | {"title": "Another"})
    assert Designee.objects.filter(name="A New Company").count() == 1


def test_a_listing_without_designee_is_refused_and_nothing_is_left_behind(team, version) -> None:
    analyst = reading(member(team, Role.ANALYST))
    sent = {"authority": version.pk, "kind": "listing", "team": team.pk}
    refused = analyst.post("/new-case/", sent)
    assert refused.status_code == 422
    assert "Only a program case has no designee." in refused.content.decode()
    taken = {**sent, "designee": "Orphan", "key": "no/slash"}
    assert analyst.post("/new-case/", taken).status_code == 422
    assert not Designee.objects.filter(name="Orphan").exists()


def test_a_case_is_opened_only_in_ones_own_team(team, version) -> None:
    analyst = reading(member(team, Role.ANALYST))
    sent = {"authority": version.pk, "designee": "X", "kind": "listing", "team": TeamFactory().pk}
    assert analyst.post("/new-case/", sent).status_code == 422
    assert not Case.objects.exists()
