"""A client has a sheet checked, and then entered; all rows or none."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evidence.models import EvidenceItem
from tests.api.world import World, clients

pytestmark = pytest.mark.django_db
URL = "/api/v1/evidence/many"


def send(client, world: World, text: str | bytes, **more):
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("sheet.csv", content)
    sent = {"file": file, "team": world.team.key, "kind": "press-report", **more}
    return client.post(URL, sent, format="multipart")


def test_a_sheet_is_checked_unless_it_is_to_be_entered(world: World):
    client, before = clients(world)["analyst"], EvidenceItem.objects.count()
    text = "summary,citation\nOne,https://a.example/1\nAgain,https://a.example/1\n"
    answer = send(client, world, text)
    assert answer.status_code == 200
    body = answer.json()
    assert (body["rows"], body["problems"], body["entered"]) == (2, [], [])
    assert body["perhaps_known"] == [{"row": 3, "repeats_row": 2, "alike": []}]
    assert EvidenceItem.objects.count() == before
    entered = send(client, world, text, enter=True, leave_out_known=True)
    assert entered.status_code == 201
    item = EvidenceItem.objects.get(key__in=entered.json()["entered"])
    assert (item.summary, item.kind) == ("One", "press-report")


def test_problems_are_a_report_when_checked_and_a_refusal_when_entered(world: World):
    client, text = clients(world)["analyst"], "summary,dated\nGood,\nBad,soon\n"
    problem = send(client, world, text).json()["problems"][0]
    assert (problem["row"], problem["column"]) == (3, "dated")
    before = EvidenceItem.objects.count()
    refused = send(client, world, text, enter=True)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "#/file"
    assert "Row 3" in refused.json()["errors"][0]["detail"]
    assert EvidenceItem.objects.count() == before


@pytest.mark.parametrize("text", [b"", b"\x00", b"no such column\n1\n", b"PK\x03\x04"])
def test_what_is_no_sheet_is_refused_in_words(world: World, text: bytes):
    answer = send(clients(world)["analyst"], world, text)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/file"


def test_the_same_request_sent_twice_enters_once(world: World):
    client, before = clients(world)["analyst"], EvidenceItem.objects.count()
    for _ in range(2):
        file = SimpleUploadedFile("sheet.csv", b"summary\nOne\n")
        sent = {"file": file, "team": world.team.key, "kind": "other", "enter": True}
        answer = client.post(URL, sent, format="multipart", HTTP_IDEMPOTENCY_KEY="once")
        assert answer.status_code == 201
    assert EvidenceItem.objects.count() == before + 1


def test_nobody_enters_for_a_team_not_theirs(world: World):
    client = clients(world)["analyst"]
    team = world.elsewhere.key
    assert send(client, world, "summary\nOne\n", team=team).status_code == 400
    told = send(client, world, f"summary,team\nOne,{team}\n").json()
    assert told["problems"][0]["column"] == "team"
