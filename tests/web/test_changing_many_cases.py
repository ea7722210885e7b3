"""One act on many cases: each for itself, each said, and taken back where it can be."""

import pytest

from access.models import Membership
from access.words import Role
from casemgr.actions.bulk import MOST_AT_ONCE
from casemgr.models import Case, Change, Stage
from tests.access.factories import TeamFactory, UserFactory, member
from tests.web.desk import Page, more_cases, page, reading

pytestmark = pytest.mark.django_db
ADDRESS = "/docket/change/"


@pytest.fixture
def manager(team):
    return reading(member(team, Role.MANAGER))


@pytest.fixture
def ana(team):
    return member(team, Role.ANALYST, first_name="Ana", last_name="Adams")


def sent(client, status: int = 200, **data) -> Page:
    answer = client.post(ADDRESS, data)
    assert answer.status_code == status, answer.content[:500]
    return Page(answer.content.decode())


def leads() -> dict[str, str | None]:
    return dict(Case.objects.values_list("key", "lead__key"))


def values(shown: Page, name: str) -> list[str]:
    return [a["value"] for tag, a in shown.tags if tag == "input" and a.get("name") == name]


def test_a_new_lead_for_several_cases_and_undone_again(case, manager, ana) -> None:
    more_cases(case, 2)
    Case.objects.filter(key="WEB-1-001").update(lead=ana)
    form = page(manager, f"{ADDRESS}?act=lead&case=WEB-1&case=WEB-1-000")
    assert values(form, "case") == ["WEB-1@1", "WEB-1-000@1"]
    said = sent(manager, act="lead", case=values(form, "case"), lead=ana.key, reason="Leave")
    assert "2 of 2 cases changed" in said.text
    assert "Led by Ana Adams." in said.text
    assert set(leads().values()) == {ana.key}
    change = Change.objects.of(case).last()
    assert change.reason == "Leave"
    undone = sent(manager, act="undo", case=values(said, "case"), reason=values(said, "reason")[0])
    assert "2 of 2 cases changed" in undone.text
    assert leads() == {"WEB-1": None, "WEB-1-000": None, "WEB-1-001": ana.key}


def test_one_that_somebody_changed_meanwhile_stays_and_says_so(case, manager, ana) -> None:
    more_cases(case, 1)
    Case.objects.filter(pk=case.pk).update(revision=7)
    said = sent(manager, act="lead", case=["WEB-1@1", "WEB-1-000@1"], lead=ana.key, reason="r")
    assert "1 of 2 cases changed" in said.text
    assert "Somebody changed it since you chose it" in said.text
    assert leads() == {"WEB-1": None, "WEB-1-000": ana.key}
    assert values(said, "case")[0].startswith("WEB-1-000@2@")


def test_a_lead_is_of_the_team_of_the_case(case, manager, team, ana) -> None:
    stranger = member(TeamFactory(), Role.ANALYST)
    shown = sent(manager, 422, act="lead", case=["WEB-1@1"], lead=stranger.key, reason="r")
    assert "Select a valid choice" in shown.text
    other = TeamFactory()
    both = member(team, Role.MANAGER)
    Membership.objects.create(user=both, team=other, role=Role.MANAGER)
    more_cases(case, 1)
    Case.objects.filter(key="WEB-1-000").update(team=other)
    said = sent(
        reading(both), act="lead", case=["WEB-1@1", "WEB-1-000@1"], lead=ana.key, reason="r"
    )
    assert "1 of 2 cases changed" in said.text
    assert "choose a member" in said.text


def test_a_reason_is_asked_for(case, manager, ana) -> None:
    shown = sent(manager, 422, act="lead", case=["WEB-1@1"], lead=ana.key, reason=" ")
    assert "This field is required" in shown.text
    assert leads()["WEB-1"] is None


def test_cases_move_where_nothing_is_missing_and_the_others_say_what_is(case, manager) -> None:
    Case.objects.filter(pk=case.pk).update(stage=Stage.EVIDENCE_BUILDING)
    more_cases(case, 1)  # a draft without any pin
    form = page(manager, f"{ADDRESS}?act=stage&case=WEB-1&case=WEB-1-000")
    assert "WEB-1-000 Pages, Inc. stands in draft" in form.text
    assert "No version of an authority is pinned: pin one." in form.text
    said = sent(manager, act="stage", case=["WEB-1@1", "WEB-1-000@1"], to="draft", reason="r")
    assert "1 of 2 cases changed" in said.text
    assert "There is no way from draft to draft." in said.text
    assert Case.objects.get(pk=case.pk).stage == Stage.DRAFT
    said = sent(
        manager, act="stage", case=["WEB-1@2", "WEB-1-000@1"], to="evidence-building", reason="r"
    )
    assert "1 of 2 cases changed" in said.text
    assert "No version of an authority is pinned: pin one." in said.text
    assert "Move back to draft" in said.text
    assert values(said, "case") == ["WEB-1"]


def test_what_is_missing_is_shown_before_anything_moves(case, manager) -> None:
    Case.objects.filter(pk=case.pk).update(stage=Stage.DRAFT)
    more_cases(case, 6)
    cases = ["WEB-1@1", *(f"WEB-1-{number:03}@1" for number in range(6))]
    shown = sent(manager, act="stage", case=cases, to="evidence-building", reason="", check="1")
    assert "WEB-1 would move." in shown.text
    assert "WEB-1-005 would stay. No version of an authority is pinned" in shown.text
    assert set(Case.objects.values_list("stage", flat=True)) == {"draft"}


def test_deciding_is_for_the_manager_and_the_others_are_told(case, team) -> None:
    counsel = reading(member(team, Role.COUNSEL))
    said = sent(counsel, act="stage", case=["WEB-1@1"], to="declined", reason="r")
    assert "0 of 1 case changed" in said.text
    assert "This is for managers of" in said.text
    said = sent(reading(member(team, Role.MANAGER)), act="stage", case=["WEB-1@1"], to="declined",
                reason="r")  # fmt: skip
    assert "1 of 1 case changed" in said.text
    assert "cannot be taken back here" in said.text


def test_all_that_fit_are_taken_together(case, manager, ana) -> None:
    more_cases(case, 60)
    form = page(manager, f"{ADDRESS}?act=lead&every=1&q=WEB-1-00")
    assert len(values(form, "case")) == 10
    more_cases(Case.objects.get(key="WEB-1-000"), MOST_AT_ONCE)
    shown = page(manager, f"{ADDRESS}?act=lead&every=1", 422)
    assert f"At most {MOST_AT_ONCE} cases" in shown.text


def test_nothing_chosen_says_what_to_do(case, manager) -> None:
    assert "Tick cases in the docket first" in page(manager, f"{ADDRESS}?act=lead", 422).text


def test_who_may_not_is_refused(case, team, ana) -> None:
    data = {"act": "lead", "case": ["WEB-1@1"], "lead": ana.key, "reason": "r"}
    auditor = reading(UserFactory(auditor=True))
    assert "Not for your role" in sent(auditor, 403, **data).text
    analyst = reading(ana)
    assert "Not for your role" in sent(analyst, 403, **data | {"act": "stage", "to": "x"}).text
    assert reading(UserFactory(administrator=True)).post(ADDRESS, data).status_code == 404
    stranger = reading(member(TeamFactory(), Role.MANAGER))
    assert "No case is chosen" in sent(stranger, 422, **data).text
    assert leads() == {"WEB-1": None}


@pytest.mark.parametrize("value", ["", "WEB-1", "@", "WEB-1@x", "WEB-1@99999999999", "\x00@1"])
def test_a_mangled_choice_changes_nothing(case, manager, ana, value) -> None:
    answer = manager.post(ADDRESS, {"act": "lead", "case": [value], "lead": ana.key, "reason": "r"})
    assert answer.status_code in (200, 422)
    assert leads() == {"WEB-1": None}
