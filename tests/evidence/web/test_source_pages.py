"""Sources: listed, entered, changed; what one may not see stays hidden."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.words import Role
from evidence.actions import add_source
from evidence.models import Source
from tests.access.factories import TeamFactory, UserFactory, member
from tests.evidence.conftest import BY
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db
STATED = {"name": "Harbor Gazette", "role": "press", "interest": "default"}


def test_the_list_counts_the_items_one_sees(browser, report) -> None:
    assert "A provider affected party interested by its role 2" in page(browser, "/sources/").text
    assert "No source you may see fits" in page(browser, "/sources/?q=zebra").text
    assert "A provider" not in page(browser, "/sources/?role=press").text


def test_a_source_is_entered_and_changed(browser, team) -> None:
    answer = browser.post("/sources/new/", STATED | {"owner": team.key, "of_government": "US"})
    source = Source.objects.get()
    assert answer["Location"] == f"/sources/{source.key}/"
    assert (source.owner_team, source.of_government) == (team, "us")
    changed = STATED | {"revision": source.revision, "interest": "interested"}
    assert browser.post(f"/sources/{source.key}/", changed).status_code == 302
    assert "interested" in page(browser, f"/sources/{source.key}/").text
    stale = browser.post(f"/sources/{source.key}/", changed | {"name": "Other"})
    assert stale.status_code == 422
    source.refresh_from_db()
    assert source.name == "Harbor Gazette"


def test_what_is_wrong_is_said(browser) -> None:
    answer = browser.post("/sources/new/", STATED | {"name": "", "of_government": "USA"})
    assert answer.status_code == 422
    assert Source.objects.count() == 0


def test_a_source_out_of_sight_is_not_found(browser) -> None:
    hidden = add_source(name="Hidden", owner_team=TeamFactory(), **BY)
    assert browser.get(f"/sources/{hidden.key}/").status_code == 404
    assert "Hidden" not in page(browser, "/sources/").text


def test_who_may_only_read_changes_nothing(team, report) -> None:
    key = report.source.key
    for user in (member(team, Role.MANAGER), UserFactory(auditor=True)):
        client = reading(user)
        assert "Change what is said" not in page(client, f"/sources/{key}/").text
        assert client.post(f"/sources/{key}/", STATED).status_code == 403
        assert client.get("/sources/new/").status_code == 403
    assert reading(UserFactory(administrator=True)).get("/sources/").status_code == 403


def test_the_number_of_queries_does_not_grow(settings, browser, report, logged) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get("/sources/").status_code == 200
        return len(captured)

    few = queries()
    for number in range(12):
        logged(f"E-{number}", source=add_source(name=f"Paper {number}", **BY))
    assert queries() == few
