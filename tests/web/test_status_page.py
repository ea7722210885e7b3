"""The status page: every number on it leads to the docket with just those cases."""

import re

import pytest

from access.models import Membership
from access.words import Role
from casemgr.models import Case
from tests.access.factories import TeamFactory, UserFactory, member
from tests.casemgr.dashboard.office import office
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db
# A number as the text of a link into the docket.
NUMBER = re.compile(r'<a href="/cases/\?([^"]*)">(?:<strong>)?(\d+)')


def test_following_a_number_shows_so_many_cases() -> None:
    _, manager = office()
    client = reading(manager)
    html = client.get("/status/").content.decode()
    found = [(query.replace("&amp;", "&"), int(number)) for query, number in NUMBER.findall(html)]
    assert len(found) > 100
    wrong = {}
    for query, number in dict(found).items():
        shown = page(client, f"/cases/?{query}")
        rows = [a for tag, a in shown.tags if tag == "input" and a.get("name") == "case"]
        if len(rows) != number or f"{number} case" not in shown.text:
            wrong[query] = (number, len(rows))
    assert wrong == {}


def test_it_shows_each_chart_beside_its_table() -> None:
    _, manager = office()
    shown = page(reading(manager), "/status/")
    drawn = [a for tag, a in shown.tags if tag == "svg"]
    assert len(drawn) == 5
    assert all(each["role"] == "img" for each in drawn)
    captions = [word for word in shown.words if word.startswith(("Open cases by", "Cases by"))]
    assert len(captions) >= 6


def test_a_team_or_an_authority_narrows_every_number() -> None:
    _, manager = office()
    other = TeamFactory()
    Membership.objects.create(user=manager, team=other, role=Role.MANAGER)
    Case.objects.filter(key="SLOW").update(team=other)
    manager.forget_memberships()
    text = page(reading(manager), f"/status/?team={other.key}").text
    assert re.search(r"\b1 open cases", text)
    html = reading(manager).get(f"/status/?team={other.key}").content.decode()
    assert all(f"team={other.key}" in query for query, _ in NUMBER.findall(html))
    assert "No case to count" in page(reading(manager), "/status/?authority=other").text


@pytest.mark.parametrize("weeks", ["13", "26", "52", "1000000", "x"])
def test_it_looks_back_as_far_as_asked(weeks) -> None:
    _, manager = office()
    html = reading(manager).get(f"/status/?weeks={weeks}").content.decode()
    days = set(re.findall(r"on=(\d{4}-\d\d-\d\d)", html))
    assert len(days) <= (int(weeks) if weeks in ("13", "26", "52") else 13) + 1


def test_it_counts_only_what_one_may_see() -> None:
    office()
    stranger = reading(member(TeamFactory(), Role.MANAGER))
    assert "No case to count" in page(stranger, "/status/").text
    assert "8 open cases" in page(reading(UserFactory(auditor=True)), "/status/").text
