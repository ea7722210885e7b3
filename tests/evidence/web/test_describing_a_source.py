"""A source is described on its page; the description stands beside each of its items."""

import pytest

from access.words import Role
from evidence.actions import add_source, describe_source
from evidence.models import Source, SourceDescriptor
from tests.access.factories import TeamFactory, client_of, member
from tests.evidence.conftest import BY
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db
SAID = {"access_to_fact": "It runs the servers.", "motivation": "It gains by the finding."}


@pytest.fixture
def source(report) -> Source:
    return report.source


def test_it_is_described_and_read_beside_every_item(browser, source) -> None:
    at = f"/sources/{source.key}/"
    assert "Nobody has said how good it is" in page(browser, at).text
    answer = browser.post(f"{at}description/", SAID | {"reason": "From their letter."})
    assert answer["Location"] == at
    text = page(browser, at).text
    assert "It runs the servers." in text
    assert "From their letter." in text
    for key in ("E-REPORT", "E-LETTER"):
        shown = page(browser, f"/evidence/{key}/").text
        assert "Access to the fact: It runs the servers. Motivation and possible bias: " in shown


def test_saying_it_anew_starts_from_what_is_said_and_keeps_it(browser, source) -> None:
    row = describe_source(source, None, **SAID, **BY)
    at = f"/sources/{source.key}/description/"
    assert "It runs the servers." in browser.get(at).content.decode()
    browser.post(at, {"replaces": row.pk, "currency": "Of this year.", "reason": "News."})
    text = page(browser, f"/sources/{source.key}/").text
    assert "Said before" in text
    assert source.descriptors.live().get().factors == {"currency": "Of this year."}


def test_what_someone_said_meanwhile_is_shown_and_what_one_typed_is_kept(browser, source) -> None:
    row = describe_source(source, None, **SAID, **BY)
    at = f"/sources/{source.key}/description/"
    typed = {"replaces": "", "expertise": "My own words.", "reason": "I know."}
    refused = browser.post(at, typed)
    said = refused.content.decode()
    assert refused.status_code == 422
    assert "described this source since you read it" in said
    assert "It runs the servers." in said
    assert "My own words." in said
    assert f'name="replaces" value="{row.pk}"' in said


def test_one_that_says_nothing_is_refused(browser, source) -> None:
    answer = browser.post(f"/sources/{source.key}/description/", {"reason": "For form."})
    assert answer.status_code == 422
    assert "at least one factor" in answer.content.decode()


def test_it_is_ended(browser, source) -> None:
    row = describe_source(source, None, **SAID, **BY)
    browser.post(f"/sources/{source.key}/description/{row.pk}/end/")
    assert not source.descriptors.live().exists()
    assert "It runs the servers." not in page(browser, "/evidence/E-REPORT/").text


def test_who_may_only_read_describes_nothing(team, source) -> None:
    manager = reading(member(team, Role.MANAGER))
    assert manager.post(f"/sources/{source.key}/description/", SAID).status_code == 403
    assert not SourceDescriptor.objects.exists()


def test_a_source_out_of_sight_is_not_found(browser) -> None:
    hidden = add_source(name="Hidden", owner_team=TeamFactory(), **BY)
    assert browser.get(f"/sources/{hidden.key}/description/").status_code == 404


def test_the_api_describes_lists_and_ends(team, source) -> None:
    client = client_of(member(team, Role.ANALYST))
    at = f"/api/v1/sources/{source.key}/descriptors"
    made = client.post(at, SAID | {"reason": "From their letter."})
    assert made.status_code == 201
    assert made.json()["in_words"].startswith("Access to the fact: It runs the servers.")
    item = client.get("/api/v1/evidence/E-REPORT").json()
    assert item["source_described"] == made.json()["in_words"]
    blind = client.post(at, {"expertise": "more", "reason": "x"})
    assert blind.status_code == 400
    assert blind.json()["errors"][0]["pointer"] == "#/replaces"
    anew = client.post(at, {"expertise": "more", "reason": "x", "replaces": made.json()["id"]})
    assert [row["ended_on"] is None for row in client.get(at).json()["results"]] == [False, True]
    assert client.delete(f"{at}/{anew.json()['id']}").status_code == 204
    assert client.get("/api/v1/evidence/E-REPORT").json()["source_described"] is None


def test_a_source_of_all_teams_is_described_by_any_writer(team) -> None:
    shared = add_source(name="Everyone's", **BY)
    client = client_of(member(team, Role.ANALYST))
    at = f"/api/v1/sources/{shared.key}/descriptors"
    assert client.post(at, SAID | {"reason": "x"}).status_code == 201
    reader = client_of(member(team, Role.MANAGER))
    assert reader.post(at, SAID | {"reason": "x"}).status_code == 403
