"""The work on an element is given to someone of the team, or to no one."""

import pytest

from access.words import Role
from casemgr.models import CaseElement
from tests.access.factories import MarkingFactory, TeamFactory, UserFactory, member
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db
ELEMENT = "/cases/WEB-1/elements/X-1a/"
ASSIGNMENT = f"{ELEMENT}assignment/"


@pytest.fixture
def analyst(team):
    return member(team, Role.ANALYST, first_name="Ada", last_name="Reader")


def of_element() -> CaseElement:
    return CaseElement.objects.get(case__key="WEB-1", element__code="X-1a")


@pytest.mark.parametrize("role", list(Role))
def test_it_is_given_with_its_day_and_taken_back(case, team, analyst, role) -> None:
    reader = reading(member(team, role))
    assert "Nobody’s work yet." in page(reader, ELEMENT).text
    sent = {"assignee": analyst.pk, "due_on": "2026-12-01"}
    assert reader.post(ASSIGNMENT, sent)["Location"] == ELEMENT
    assert of_element().assignee == analyst
    assert "The work of Ada Reader, due 1 Dec 2026" in page(reader, ELEMENT).text
    reader.post(ASSIGNMENT, {"assignee": "", "due_on": ""})
    assert of_element().assignee is None


def test_only_someone_of_the_team_who_may_see_the_case_can_have_it(case, team) -> None:
    reader = reading(member(team, Role.MANAGER))
    stranger = member(TeamFactory(), Role.ANALYST)
    assert reader.post(ASSIGNMENT, {"assignee": stranger.pk}).status_code == 422
    marking = MarkingFactory()
    not_cleared = member(team, Role.ANALYST)
    case.markings = [marking.code]
    case.save()
    cleared = reading(member(team, Role.MANAGER, cleared_markings=[marking.code]))
    answer = cleared.post(ASSIGNMENT, {"assignee": not_cleared.pk})
    assert answer.status_code == 422
    assert "Select a valid choice." in answer.content.decode()
    assert of_element().assignee is None


def test_who_only_reads_gives_nothing_and_a_stranger_finds_nothing(case, analyst) -> None:
    auditor = reading(UserFactory(auditor=True))
    assert "Assign X-1a" not in page(auditor, ELEMENT).text
    assert auditor.post(ASSIGNMENT, {"assignee": analyst.pk}).status_code == 403
    stranger = reading(member(TeamFactory(), Role.COUNSEL))
    assert stranger.get(ASSIGNMENT).status_code == 404
    assert stranger.post(ASSIGNMENT, {"assignee": analyst.pk}).status_code == 404
    assert of_element().assignee is None
