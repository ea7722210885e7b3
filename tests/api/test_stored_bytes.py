"""Over the API an exhibit says whether its stored bytes are whole, and can be read again."""

import pytest

from tests.api.world import World, clients
from tests.evidence.integrity.damage import alter, lose, restore

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(world: World) -> str:
    return f"/api/v1/evidence/{world.item.key}/exhibits/{world.exhibit.pk}"


def test_it_is_told_and_asked_again(world: World, url: str):
    client = clients(world)["analyst"]
    assert client.get(url).json()["bytes"] == {
        "state": "whole", "found_sha256": "", "failing_since": None, "checked_at": None,
        "whole_at": None,
    }  # fmt: skip
    alter(world.exhibit)
    said = client.post(f"{url}/check", {"reason": "It looks odd"}, format="json")
    assert said.status_code == 200
    assert said.json()["bytes"]["state"] == "differs"
    assert len(said.json()["bytes"]["found_sha256"]) == 64
    assert client.get(f"{url}/file").status_code == 409
    custody = client.get(f"/api/v1/evidence/{world.item.key}/custody").json()["results"]
    entry = next(each for each in custody if each["why"] == "It looks odd")
    assert (entry["kind"], entry["actor"]) == ("mismatch", "ana")
    restore(world.exhibit, b"a file")
    again = client.post(f"{url}/check", {"reason": "Restored"}, format="json").json()["bytes"]
    assert (again["state"], again["failing_since"]) == ("whole", None)
    assert again["whole_at"] is not None
    assert again["whole_at"] == again["checked_at"]


def test_lost_bytes_are_not_said_to_have_never_been_here(world: World, url: str):
    lose(world.exhibit)
    answer = clients(world)["counsel"].get(f"{url}/file")
    assert answer.status_code == 404
    assert "cannot be found or read" in answer.json()["detail"]
    assert clients(world)["counsel"].get(url).json()["bytes"]["state"] == "missing"


def test_asking_says_why_and_is_for_those_who_work_on_it(world: World, url: str):
    refused = clients(world)["manager"].post(f"{url}/check", {"reason": " "}, format="json")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "#/reason"
    for who, status in (("auditor", 403), ("administrator", 403)):
        answer = clients(world)[who].post(f"{url}/check", {"reason": "Mine"}, format="json")
        assert answer.status_code == status, who
