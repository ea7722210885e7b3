"""Bundles of STIX over the API: checked, entered, given out, and back again."""

import pytest
import stix2
from django.core.files.uploadedfile import SimpleUploadedFile

from evidence.actions import log_evidence
from evidence.models import CustodyEvent, EvidenceItem
from tests.api.world import World, clients
from tests.evidence.conftest import BY as SYSTEM
from tests.evidence.exchange.stix.bundles import AUTHOR, INDICATOR, bundle, report

pytestmark = pytest.mark.django_db
URL = "/api/v1/evidence/stix"


def send(client, world: World, content: bytes, **more):
    sent = {"file": SimpleUploadedFile("b.json", content), "team": world.team.key, **more}
    return client.post(URL, sent, format="multipart")


def test_a_bundle_is_checked_unless_it_is_to_be_entered_and_goes_out_as_it_came(world: World):
    client, before = clients(world)["analyst"], EvidenceItem.objects.count()
    content = bundle(AUTHOR, INDICATOR, report())
    told = send(client, world, content)
    assert told.status_code == 200, told.content
    assert [each["title"] for each in told.json()["items"]] == ["Report 1"]
    assert EvidenceItem.objects.count() == before
    role = f"{AUTHOR['id']}=commercial"
    entered = send(client, world, content, enter=True, roles=[role])
    assert entered.status_code == 201, entered.content
    key = entered.json()["entered"][0]
    assert EvidenceItem.objects.get(key=key).source.role == "commercial"
    again = send(client, world, content, enter=True)
    assert (again.status_code, again.json()["entered"]) == (200, [])
    assert again.json()["passed_over"][0]["item"] == key
    out = client.get(f"/api/v1/evidence/{key}/stix")
    assert out.status_code == 200
    assert {each["id"] for each in out.json()["objects"]} == {
        each["id"] for each in (AUTHOR, INDICATOR, report())
    }
    stix2.parse(out.content.decode(), allow_custom=False)
    back = send(client, world, out.content)
    assert back.json()["items"] == []


def test_items_of_ours_go_out_valid_and_are_known_when_they_come_back(world: World):
    client = clients(world)["analyst"]
    one = log_evidence(world.team, title="One", summary="What it says.", **SYSTEM)
    two = log_evidence(world.team, kind="proxy-service-report", title="<b>Two</b>", **SYSTEM)
    out = client.get(URL, {"key": [one.key, two.key]})
    assert out.status_code == 200, out.content
    stix2.parse(out.content.decode(), allow_custom=False)
    assert client.get(URL, {"key": [one.key, two.key]}).content == out.content
    assert CustodyEvent.objects.filter(item=one, kind="exported").count() == 2
    back = send(client, world, out.content).json()
    assert back["items"] == []
    assert {each["item"] for each in back["passed_over"]} == {one.key, two.key}


def test_what_is_privileged_or_not_to_be_seen_does_not_go_out(world: World):
    client = clients(world)["analyst"]
    item = log_evidence(world.team, title="Advice", privilege="attorney-client", **SYSTEM)
    answer = client.get(f"/api/v1/evidence/{item.key}/stix")
    assert answer.status_code == 409
    assert "privilege is claimed" in answer.json()["detail"]
    hidden = log_evidence(world.elsewhere, title="Theirs", **SYSTEM)
    assert client.get(f"/api/v1/evidence/{hidden.key}/stix").status_code == 404
    assert client.get(URL, {"key": hidden.key}).status_code == 400
    assert "objects" not in client.get(URL).json()


def test_the_evidence_of_a_case_goes_out_and_nothing_of_the_case(world: World):
    answer = clients(world)["analyst"].get(f"/api/v1/cases/{world.case.key}/stix")
    assert answer.status_code == 200
    assert answer.json()["type"] == "bundle"
    assert world.case.key not in answer.content.decode()


@pytest.mark.parametrize("content", [b"[]", b"{", b'{"type":"bundle","objects":[{"a":NaN}]}'])
def test_what_is_no_bundle_is_refused_in_words(world: World, content: bytes):
    answer = send(clients(world)["analyst"], world, content)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/file"


def test_a_role_that_is_none_is_refused(world: World):
    answer = send(clients(world)["analyst"], world, bundle(AUTHOR), roles=["x=y"])
    assert answer.status_code == 400
