"""A client has a FollowTheMoney file checked, then entered; and gets designees as one."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from designations.models import Designee, OwnershipStake
from tests.api.world import World, clients
from tests.designations.exchange.entities import HOLDING, entity, lines

pytestmark = pytest.mark.django_db
URL = "/api/v1/designees/ftm"


def send(client, world: World, content: bytes, **more):
    headers = more.pop("headers", {})
    sent = {"file": SimpleUploadedFile("h.ftm.json", content), "team": world.team.key, **more}
    return client.post(URL, sent, format="multipart", headers=headers)


def test_a_file_is_checked_unless_it_is_to_be_entered(world: World) -> None:
    client, before = clients(world)["analyst"], Designee.objects.count()
    answer = send(client, world, lines(*HOLDING, entity("d", "Directorship", director="NK-owner")))
    assert answer.status_code == 200
    body = answer.json()
    assert body["counts"] == {
        "parties": 2, "perhaps_known": 0, "stakes": 1, "papers": 2, "left_out": 1,
    }  # fmt: skip
    assert body["stakes"][0]["pct_min"] == "25.0000"
    assert body["left_out"][0]["what"] == "Directorship of Jane Example and nobody named"
    assert body["entered"] is None
    assert Designee.objects.count() == before
    entered = send(client, world, lines(*HOLDING), enter=True)
    assert entered.status_code == 201
    told = entered.json()["entered"]
    assert (len(told["designees"]), told["stakes_added"], len(told["items"])) == (2, 1, 2)
    again = send(client, world, lines(*HOLDING), enter=True)
    assert again.status_code == 200
    assert again.json()["entered"]["before"] is True
    assert again.json()["known_as"] == told["item"]


def test_who_may_be_here_is_proposed_and_waits_for_a_choice(world: World) -> None:
    client = clients(world)["counsel"]
    content = lines(entity("a", "Company", name=world.designee.name))
    (party,) = send(client, world, content).json()["parties"]
    assert party["perhaps"] == [
        {
            "designee": world.designee.key,
            "name": world.designee.name,
            "why": "has the same name",
            "sure": False,
        }
    ]
    refused = send(client, world, content, enter=True)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "#/file"
    assert world.designee.key in refused.json()["errors"][0]["detail"]
    same = json.dumps({"a": world.designee.key})
    entered = send(client, world, content, enter=True, same=same)
    assert entered.status_code == 201
    assert entered.json()["entered"]["designees"] == []


@pytest.mark.parametrize("same", ["[", "[]", '{"a": 1}', "[" * 100_000])
def test_choices_that_are_no_object_of_texts_are_refused(world: World, same: str) -> None:
    answer = send(clients(world)["analyst"], world, lines(*HOLDING), same=same)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/same"


@pytest.mark.parametrize("content", [b"\n", b"[", b"PK\x03\x04", b"\x1f\x8b"])
def test_what_is_no_such_file_is_refused_in_words(world: World, content: bytes) -> None:
    answer = send(clients(world)["analyst"], world, content)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/file"


def test_wrong_lines_are_a_report_when_checked_and_a_refusal_when_entered(world: World) -> None:
    client, content = clients(world)["analyst"], lines(*HOLDING, "{")
    assert send(client, world, content).json()["problems"][0]["line"] == 6
    assert send(client, world, content, enter=True).status_code == 400


def test_the_same_request_sent_twice_enters_once(world: World) -> None:
    client, before = clients(world)["analyst"], Designee.objects.count()
    for _ in range(2):
        headers = {"Idempotency-Key": "once"}
        answer = send(client, world, lines(*HOLDING), enter=True, headers=headers)
        assert answer.status_code == 201
    assert Designee.objects.count() == before + 2


def test_nobody_enters_for_a_team_not_theirs(world: World) -> None:
    answer = send(clients(world)["analyst"], world, lines(*HOLDING), team=world.elsewhere.key)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/team"


def test_a_designee_is_written_with_its_network(world: World) -> None:
    answer = clients(world)["manager"].get(f"/api/v1/designees/{world.designee.key}/ftm")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/json+ftm")
    entities = [json.loads(line) for line in answer.content.decode().splitlines()]
    assert sorted(each["schema"] for each in entities) == ["Company", "LegalEntity", "Ownership"]
    stake = next(each for each in entities if each["schema"] == "Ownership")
    assert stake["properties"]["percentage"] == ["10-60%"]
    assert world.designee.key in answer["Content-Disposition"]


def test_a_designee_named_as_no_header_can_is_still_written(world: World) -> None:
    owner = world.stake.owner
    Designee.objects.filter(pk=owner.pk).update(type="address")
    answer = clients(world)["auditor"].get(f"/api/v1/designees/{owner.key}/ftm")
    assert owner.key in answer["X-Left-Out"]
    assert OwnershipStake.objects.filter(pk=world.stake.pk).exists()
