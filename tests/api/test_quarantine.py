"""Over the API a file says where its intake stands; in quarantine it is withheld until released."""

import pytest

from evidence.actions import attach_exhibit
from tests.api.world import BY, World, clients
from tests.evidence.intake import corpus
from tests.evidence.intake.working import taken_in
from tests.evidence.streams import of_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(world: World) -> str:
    """The address of an archive that would write outside its folder."""
    content = corpus.zipped(("../../x", b"x"))
    exhibit = attach_exhibit(world.item, of_bytes(content), "up.zip", **BY)
    return f"/api/v1/evidence/{world.item.key}/exhibits/{exhibit.pk}"


def test_where_it_stands_is_told(world: World, url: str):
    client = clients(world)["analyst"]
    assert client.get(url).json()["intake"]["state"] == "waiting"
    taken_in()
    intake = client.get(url).json()["intake"]
    assert (intake["state"], intake["kind"]) == ("quarantined", "ZIP")
    assert intake["finding"] == "outside-path"
    assert "would write outside its folder" in intake["said"]


def test_withheld_until_counsel_releases_it(world: World, url: str):
    taken_in()
    by = clients(world)
    refused = by["counsel"].get(f"{url}/file")
    assert refused.status_code == 409
    assert "in quarantine" in refused.json()["detail"]
    asked = {"reason": "Examined on a machine apart: a research tool's own layout"}
    assert by["analyst"].post(f"{url}/release", asked, format="json").status_code == 403
    answer = by["counsel"].post(f"{url}/release", asked, format="json")
    assert answer.status_code == 200
    assert answer.json()["intake"]["released_why"] == asked["reason"]
    assert by["analyst"].get(f"{url}/file").status_code == 200
    assert by["counsel"].post(f"{url}/release", asked, format="json").status_code == 409


def test_a_release_says_why(world: World, url: str):
    taken_in()
    answer = clients(world)["counsel"].post(f"{url}/release", {"reason": " "}, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/reason"
