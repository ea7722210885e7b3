"""A figure is asked with parameters of one's own, and of the accounts of two items together."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evidence.models import Job
from evidence.recompute import compute_part
from tests.api.world import World, clients
from tests.evidence.intake.working import taken_in

pytestmark = pytest.mark.django_db


def with_accounts(client: Client, world: World, provider: str, rows: bytes) -> str:
    """A new item of the team with the accounts of one provider, computed."""
    made = client.post(
        "/api/v1/evidence", {"team": world.team.key, "kind": "other", "summary": provider}
    ).json()
    url = f"/api/v1/evidence/{made['key']}"
    file = SimpleUploadedFile("rows.csv", rows)
    exhibit = client.post(f"{url}/exhibits", {"file": file}, format="multipart").json()["id"]
    taken_in()
    asked = {"exhibit": exhibit, "table": "accounts", "stated": {"provider": provider}}
    assert client.post(f"{url}/datasets", asked).json()["stated"] == {"provider": provider}
    assert client.post(f"{url}/figures/computation").status_code == 202
    compute_part(Job.objects.get(subject=made["key"]))
    return str(made["key"])


def test_what_two_providers_share_is_asked_of_two_items(world: World):
    client = clients(world)["analyst"]
    one = with_accounts(client, world, "North", b"account_id,payment_id\nN-1,card\n")
    other = with_accounts(client, world, "South", b"account_id,payment_id\nS-1,card\n")

    url = f"/api/v1/evidence/{one}/figures"
    assert client.post(f"{url}/overlap", {"other": other}).status_code == 202
    compute_part(Job.objects.get(subject=one, state="waiting"))

    (found,) = [each for each in client.get(url).json()["results"] if each["others"]]
    assert (found["name"], found["others"]) == ("provider-overlap", [other])
    rows = client.get(f"{url}/{found['id']}").json()["rows"]
    assert rows == [["North", "South", "payment", 1]]

    refused = client.post(f"{url}/overlap", {"other": "E-NONE"})
    assert refused.status_code == 400 and "other" in refused.content.decode()


def test_a_figure_takes_parameters_and_refuses_what_it_does_not_take(world: World):
    client = clients(world)["analyst"]
    item = with_accounts(client, world, "North", b"account_id,asn\nN-1,7\nN-2,7\n")
    url = f"/api/v1/evidence/{item}/figures"
    asked = {"figure": "clusters", "parameters": {"by": ["asn"]}}
    assert client.post(f"{url}/computation", asked).status_code == 202
    compute_part(Job.objects.get(subject=item, state="waiting"))
    found = [each["parameters"] for each in client.get(url).json()["results"]]
    assert {"by": ["asn"]} in found

    for wrong, field in (
        ({"parameters": {"by": ["asn"]}}, "figure"),
        ({"figure": "clusters", "parameters": {"by": 5}}, "parameters"),
        ({"figure": "clusters", "parameters": {"by": ["name"]}}, "parameters"),
        ({"figure": "clusters", "parameters": {"near": ["asn"]}}, "parameters"),
    ):
        answer = client.post(f"{url}/computation", wrong)
        assert answer.status_code == 400 and field in answer.content.decode()
