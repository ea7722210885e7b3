"""Over the API counsel has a certificate of custody made, as PDF and for a reason."""

import pytest

from tests.api.world import World, clients
from tests.evidence.integrity.damage import alter

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(world: World) -> str:
    return f"/api/v1/evidence/{world.item.key}/exhibits/{world.exhibit.pk}/certificate"


@pytest.mark.parametrize("accept", ["application/pdf", "*/*", "application/json"])
def test_counsel_gets_a_pdf_to_keep(world: World, url: str, accept: str):
    asked = {"reason": "For the hearing"}
    answer = clients(world)["counsel"].post(url, asked, format="json", headers={"accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="custody-')
    assert answer.content.startswith(b"%PDF-")
    custody = clients(world)["auditor"].get(f"/api/v1/evidence/{world.item.key}/custody").json()
    made = next(each for each in custody["results"] if each["kind"] == "certified")
    assert (made["actor"], made["why"]) == ("cora", "For the hearing")


def test_it_is_for_counsel_and_for_a_reason(world: World, url: str):
    by = clients(world)
    for who in ("analyst", "manager", "auditor", "administrator"):
        assert by[who].post(url, {"reason": "Mine"}, format="json").status_code == 403, who
    refused = by["counsel"].post(url, {"reason": " "}, format="json")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "#/reason"


def test_of_altered_bytes_there_is_none(world: World, url: str):
    alter(world.exhibit)
    answer = clients(world)["counsel"].post(url, {"reason": "For the hearing"}, format="json")
    assert answer.status_code == 409
    assert "nothing can be certified" in answer.json()["detail"]
