"""What one may not see does not exist for one, on every page."""

import pytest

from access.words import Role
from casemgr.clock import decision_day
from casemgr.models import Case, CaseDependency
from tests.access.factories import MarkingFactory, TeamFactory, UserFactory, member
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db
CASE_PAGES = (
    "/cases/WEB-1/",
    "/cases/WEB-1/elements/X-1a/",
    "/cases/WEB-1/stress/",
    "/cases/WEB-1/compare/",
    "/cases/WEB-1/gap/",
    "/cases/WEB-1/what-if/",
    "/cases/WEB-1/decision/",
    "/cases/WEB-1/treatment/",
    "/cases/WEB-1/law/",
    "/cases/WEB-1/chronology/",
    "/cases/WEB-1/changes/",
)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("address", CASE_PAGES)
def test_every_role_of_the_team_reads_the_case(case, team, role, address) -> None:
    assert "WEB-1" in page(reading(member(team, role)), address).text


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("address", CASE_PAGES)
def test_the_same_roles_of_another_team_find_nothing(case, role, address) -> None:
    stranger = reading(member(TeamFactory(), role))
    assert stranger.get(address).status_code == 404
    assert "WEB-1" not in page(stranger, "/cases/").text
    assert "No open case that you may see" in page(stranger, "/").text


@pytest.mark.parametrize("address", CASE_PAGES)
def test_an_auditor_reads_the_cases_of_all_teams(case, address) -> None:
    auditor = reading(UserFactory(auditor=True))
    assert "WEB-1" in page(auditor, address).text
    assert "WEB-1" in page(auditor, "/cases/").text


@pytest.mark.parametrize("address", CASE_PAGES)
def test_an_administrator_sees_no_case(case, address) -> None:
    administrator = reading(UserFactory(administrator=True))
    assert administrator.get(address).status_code == 404
    shown = page(administrator, "/cases/", status=403)
    assert "WEB-1" not in shown.text
    assert "see no case content" in shown.text


@pytest.mark.parametrize("address", CASE_PAGES)
def test_a_marking_hides_the_case_from_whoever_is_not_cleared_for_it(case, team, address) -> None:
    marking = MarkingFactory()
    case.markings = [marking.code]
    case.save()
    assert reading(member(team, Role.COUNSEL)).get(address).status_code == 404
    assert reading(UserFactory(auditor=True)).get(address).status_code == 404
    cleared = reading(member(team, Role.COUNSEL, cleared_markings=[marking.code]))
    assert marking.code in page(cleared, address).text


def test_a_neighbor_out_of_scope_is_not_named(case, team) -> None:
    hidden, shown = (
        Case.objects.create(key=key, kind="program", team=owner, opened_on=decision_day())
        for key, owner in (("HIDDEN-1", TeamFactory()), ("SHOWN-1", team))
    )
    for other in (hidden, shown):
        CaseDependency.objects.create(case=other, on_case=case)
    text = page(reading(member(team, Role.COUNSEL)), "/cases/WEB-1/").text
    assert "SHOWN-1 rests on it" in text
    assert "HIDDEN-1" not in text


def test_a_hidden_case_and_one_that_never_was_look_the_same(case) -> None:
    stranger = reading(member(TeamFactory(), Role.COUNSEL))
    hidden, absent = (stranger.get(f"/cases/{key}/") for key in ("WEB-1", "NEVER-WAS"))
    assert hidden.content == absent.content
    assert "There is nothing here that you can see" in hidden.content.decode()
