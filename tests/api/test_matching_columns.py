"""A client sees how a file begins and which column is which before it declares anything."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.world import World, clients
from tests.evidence.intake.working import taken_in

pytestmark = pytest.mark.django_db


def test_a_proposal_declares_nothing_and_says_what_is_missing(world: World):
    client = clients(world)["analyst"]
    url = f"/api/v1/evidence/{world.item.key}"
    file = SimpleUploadedFile("log.csv", b"when,Acct No,x\n2026-01-01,a,1\n")
    exhibit = client.post(f"{url}/exhibits", {"file": file}, format="multipart").json()["id"]
    taken_in()
    asked = {"exhibit": exhibit, "table": "exchanges"}
    body = client.post(f"{url}/datasets/match", asked).json()
    assert body == {
        "head": ["when", "Acct No", "x"],
        "rows": [["2026-01-01", "a", "1"]],
        "columns": {"account_id": "Acct No", "at": "when"},
        "missing": [],
    }
    asked["table"] = "shipments"
    assert client.post(f"{url}/datasets/match", asked).json()["missing"] == ["shipment_id"]
    assert len(client.get(f"{url}/datasets").json()["results"]) == 1
    asked |= {"table": "exchanges", "columns": body["columns"]}
    assert client.post(f"{url}/datasets", asked).status_code == 201
