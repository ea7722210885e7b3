"""The first page speaks to each role."""

import pytest

from access.words import Role
from casemgr.models import Case, CaseElement, Stage
from tests.access.factories import UserFactory, member
from tests.web.desk import more_cases, page, reading

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_it_says_in_which_roles_one_acts(team, role) -> None:
    assert f"You act as {role}." in page(reading(member(team, role)), "/").text


def test_it_counts_the_teams_open_cases_by_grade(case, team) -> None:
    text = page(reading(member(team, Role.MANAGER)), "/").text
    assert f"{team.name} – 1 – – – – 1" in text


def test_each_number_leads_to_just_those_open_cases(case, team) -> None:
    more_cases(case, 2)
    Case.objects.filter(key="WEB-1-001").update(stage=Stage.DECIDED)
    browser = reading(member(team, Role.MANAGER))
    led = [
        attributes["href"]
        for tag, attributes in page(browser, "/").tags
        if tag == "a" and f"team={team.key}" in attributes.get("href", "")
    ]
    assert [address.split("&")[0] for address in led] == ["/cases/?stage=open"] * 2
    assert all("2 cases" in page(browser, address).text for address in led)


def test_a_flag_is_named_as_on_the_docket(case, team) -> None:
    counsel = member(team, Role.COUNSEL)
    Case.objects.filter(pk=case.pk).update(lead=counsel)
    assert "contrary unaddressed since" in page(reading(counsel), "/").text


def test_the_key_to_log_evidence_acts_here_too(case, team) -> None:
    shown = page(reading(member(team, Role.ANALYST)), "/")
    logs = [a for _, a in shown.tags if a.get("data-shortcut") == "n"]
    assert [each["href"] for each in logs] == ["/evidence/new/"]


def test_grades_are_work_product_and_stamped_as_such(case, team) -> None:
    assert "Attorney work product" in page(reading(member(team, Role.ANALYST)), "/").text
    assert "Attorney work product" not in page(reading(UserFactory(administrator=True)), "/").text


def test_a_decided_case_is_no_longer_open(case, team) -> None:
    Case.objects.filter(pk=case.pk).update(stage=Stage.DECIDED)
    assert "No open case that you may see" in page(reading(member(team, Role.MANAGER)), "/").text


def test_counsel_is_told_what_awaits_review(case, team) -> None:
    Case.objects.filter(pk=case.pk).update(stage=Stage.LEGAL_REVIEW)
    text = page(reading(member(team, Role.COUNSEL)), "/").text
    assert "1 case in legal review awaits counsel" in text


def test_an_assigned_element_is_on_the_desk(case, team) -> None:
    analyst = member(team, Role.ANALYST)
    CaseElement.objects.filter(case=case, element__code="X-1b").update(assignee=analyst)
    text = page(reading(analyst), "/").text
    assert "WEB-1 / X-1b" in text
    assert "Cases you work on" in text


def test_an_administrator_is_sent_to_accounts_and_sees_no_case(case) -> None:
    text = page(reading(UserFactory(administrator=True)), "/").text
    assert "You keep accounts, under People , and teams, roles and markings" in text
    assert "WEB-1" not in text
    assert "Open cases by grade" not in text


def test_an_account_without_a_role_is_told_whom_to_ask(db) -> None:
    assert "Ask an administrator" in page(reading(UserFactory()), "/").text
