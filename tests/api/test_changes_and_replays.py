"""ETag and If-Match, Idempotency-Key, and conditional reads, at the endpoints."""

import pytest

from casemgr.models import Case, StaleMark
from designations.models import Designee
from evidence.models import EvidenceItem
from tests.api.world import World, clients

pytestmark = pytest.mark.django_db

EDITED = (
    ("/api/v1/cases/{}", "case", {"title": "Another title"}),
    ("/api/v1/evidence/{}", "item", {"summary": "Said otherwise"}),
    ("/api/v1/sources/{}", "source", {"name": "Another registry"}),
    ("/api/v1/designees/{}", "designee", {"notes": "A note"}),
)


@pytest.mark.parametrize(("url", "what", "change"), EDITED, ids=[each[1] for each in EDITED])
def test_a_change_names_the_revision_it_was_made_on(world: World, url, what, change):
    client = clients(world)["counsel"]
    url = url.format(getattr(world, what).key)
    tag = client.get(url)["ETag"]
    assert client.patch(url, change).status_code == 428
    changed = client.patch(url, change, HTTP_IF_MATCH=tag)
    assert changed.status_code == 200
    name, value = next(iter(change.items()))
    assert changed.json()[name] == value
    assert changed["ETag"] != tag
    lost = client.patch(url, change, HTTP_IF_MATCH=tag)
    assert lost.status_code == 412
    assert lost["ETag"] == changed["ETag"]


def test_a_finding_is_written_anew_on_the_wording_its_author_saw(world: World):
    client = clients(world)["counsel"]
    url = f"/api/v1/cases/{world.case.key}/findings/L-1"
    tag = client.get(url)["ETag"]
    anew = client.patch(url, {"predictive": True}, HTTP_IF_MATCH=tag).json()
    assert (anew["text"], anew["predictive"], anew["revision"]) == ("It is so.", True, 2)
    assert client.patch(url, {"text": "No."}, HTTP_IF_MATCH=tag).status_code == 412


@pytest.mark.parametrize("url", ["/api/v1/evidence", "/api/v1/cases", "/api/v1/designees"])
def test_a_create_sent_twice_under_one_key_acts_once(world: World, url: str):
    client = clients(world)["counsel"]
    body = {
        "/api/v1/evidence": {"team": world.team.key, "kind": "other", "summary": "x"},
        "/api/v1/cases": {
            "team": world.team.key, "authority": world.version.name,
            "designee": world.designee.key,
        },
        "/api/v1/designees": {"name": "A company"},
    }[url]  # fmt: skip
    rows = {
        "/api/v1/evidence": EvidenceItem, "/api/v1/cases": Case, "/api/v1/designees": Designee,
    }[url].objects  # fmt: skip
    before = rows.count()
    first = client.post(url, body, HTTP_IDEMPOTENCY_KEY="one")
    again = client.post(url, body, HTTP_IDEMPOTENCY_KEY="one")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert rows.count() == before + 1
    other = client.post(url, body | {"key": "OTHER-1"}, HTTP_IDEMPOTENCY_KEY="one")
    assert other.status_code == 422
    assert client.get(first["Location"]).json()["key"] == first.json()["key"]


def test_the_checklist_is_streamed_as_stored_and_answers_304_until_it_moves(world: World):
    client = clients(world)["counsel"]
    url = f"/api/v1/cases/{world.case.key}/checklist"
    answer = client.get(url)
    stored = world.case.assessments.get()
    assert answer.content.decode() == stored.checklist
    unmoved = client.get(url, HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (unmoved.status_code, unmoved.content) == (304, b"")
    assert answer["Casemgr-Stale"] == "false"
    StaleMark.objects.create(case=world.case)
    assert client.get(url)["Casemgr-Stale"] == "true"


def test_the_checklist_of_a_day_is_computed_and_not_stored(world: World):
    client = clients(world)["counsel"]
    url = f"/api/v1/cases/{world.case.key}/checklist"
    before = world.case.assessments.count()
    then = client.get(url, {"as_of": "2020-01-01"})
    assert then.status_code == 200
    assert then.json()["as_of"] == "2020-01-01"
    elements = {row["code"]: row for row in then.json()["elements"]}
    assert elements["L-1"]["evidence_for"] == []
    assert elements["L-1"]["grade"] == "unsupported"
    assert world.case.assessments.count() == before
    assert client.get(url, {"as_of": "once"}).status_code == 400


def test_a_stage_that_is_not_ready_lists_everything_that_is_missing(world: World):
    client = clients(world)["counsel"]
    url = f"/api/v1/cases/{world.case.key}/stage"
    ways = {way["to"]: way for way in client.get(url).json()["ways"]}
    assert ways["evidence-building"]["missing"] == []
    tag = client.get(f"/api/v1/cases/{world.case.key}")["ETag"]
    moved = client.post(url, {"to": "evidence-building"}, HTTP_IF_MATCH=tag)
    assert moved.json()["stage"] == "evidence-building"
    refused = client.post(url, {"to": "legal-review"}, HTTP_IF_MATCH=moved["ETag"])
    assert refused.status_code == 409
    missing = {way["to"]: way["missing"] for way in client.get(url).json()["ways"]}
    assert [each["detail"] for each in refused.json()["errors"]] == missing["legal-review"]
    assert client.post(url, {"to": "closed"}, HTTP_IF_MATCH=moved["ETag"]).status_code == 400


def test_what_moved_on_a_case_is_told_since_a_change_already_seen(world: World):
    client = clients(world)["counsel"]
    url = f"/api/v1/cases/{world.case.key}/changes"
    seen = client.get(url, {"limit": 1}).json()["results"][0]["seq"]
    tag = client.get(f"/api/v1/cases/{world.case.key}")["ETag"]
    client.patch(
        f"/api/v1/cases/{world.case.key}",
        {"title": "Renamed"},
        HTTP_IF_MATCH=tag,
        HTTP_X_CHANGE_REASON="the designee was renamed",
    )
    moved = client.get(url, {"since": seen}).json()["results"]
    assert [(row["what"], row["op"], row["reason"]) for row in moved] == [
        ("case", "changed", "the designee was renamed")
    ]
    assert moved[0]["fields_changed"] == ["revision", "title"]
    assert moved[0]["actor"] == world.counsel.key
