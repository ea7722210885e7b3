"""Exhibits: uploaded as they stream, downloaded as the bytes they were."""

import base64
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evidence.models import CustodyKind
from tests.api.world import World, clients
from tests.evidence.integrity.damage import alter, restore, stored_bytes
from tests.s3 import point_at

pytestmark = pytest.mark.django_db

# Over the size from which uploads no longer stay in memory.
BYTES = bytes(range(256)) * 12_000
SHA256 = hashlib.sha256(BYTES).hexdigest()


def upload(client, item, content=BYTES, name='log "one" ü.csv', **more):
    file = SimpleUploadedFile(name, content, content_type="text/html")
    url = f"/api/v1/evidence/{item.key}/exhibits"
    return client.post(url, {"file": file, **more}, format="multipart")


def test_what_comes_out_is_what_went_in(world: World):
    client = clients(world)["analyst"]
    attached = upload(client, world.item, acquired_on="2026-02").json()
    assert (attached["sha256"], attached["size"]) == (SHA256, len(BYTES))
    assert attached["acquired_on"] == "2026-02"
    file = client.get(f"/api/v1/evidence/{world.item.key}/exhibits/{attached['id']}/file")
    assert hashlib.sha256(b"".join(file)).hexdigest() == SHA256
    digest = base64.b64encode(bytes.fromhex(SHA256)).decode()
    assert file["Repr-Digest"] == f"sha-256=:{digest}:"
    assert file["Content-Disposition"].startswith("attachment; filename")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Cache-Control"] == "private, no-store"
    # The type follows from the name; what the client claimed is not repeated to others.
    assert file["Content-Type"] == "text/csv"


def test_every_step_is_in_the_custody(world: World):
    client = clients(world)["counsel"]
    attached = upload(client, world.item).json()
    b"".join(client.get(f"/api/v1/evidence/{world.item.key}/exhibits/{attached['id']}/file"))
    chain = client.get(f"/api/v1/evidence/{world.item.key}/custody").json()["results"]
    of_file = [event for event in chain if event["exhibit"] == attached["id"]]
    assert [event["kind"] for event in of_file] == [CustodyKind.RECEIVED, CustodyKind.EXPORTED]
    assert {event["actor"] for event in of_file} == {"cora"}
    assert {event["sha256"] for event in of_file} == {SHA256}


def test_an_empty_file_is_refused_and_leaves_nothing(world: World):
    client = clients(world)["analyst"]
    before = world.item.exhibits.count()
    answer = upload(client, world.item, content=b"")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/file"
    assert world.item.exhibits.count() == before


def test_the_same_upload_under_one_key_is_one_exhibit(world: World):
    client = clients(world)["analyst"]
    client.credentials(**client._credentials, HTTP_IDEMPOTENCY_KEY="upload-1")
    first, again = upload(client, world.item), upload(client, world.item)
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"


def test_bytes_that_were_altered_are_not_handed_out(world: World):
    client = clients(world)["analyst"]
    whole = stored_bytes(world.exhibit)
    alter(world.exhibit)
    try:
        url = f"/api/v1/evidence/{world.item.key}/exhibits/{world.exhibit.pk}/file"
        assert client.get(url).status_code == 409
    finally:
        restore(world.exhibit, whole)
    kinds = world.item.custody.values_list("kind", flat=True)
    assert CustodyKind.MISMATCH in kinds


def test_an_exhibit_of_another_item_is_not_found_under_this_one(world: World):
    client = clients(world)["analyst"]
    body = {"team": world.team.key, "kind": "other", "summary": "x"}
    other = client.post("/api/v1/evidence", body).json()["key"]
    url = f"/api/v1/evidence/{other}/exhibits/{world.exhibit.pk}"
    assert client.get(url).status_code == client.get(f"{url}/file").status_code == 404


@pytest.mark.usefixtures("each_store")
def test_a_file_goes_in_and_comes_out_of_each_store(world: World):
    client = clients(world)["analyst"]
    made = upload(client, world.item, content=b"what it says")
    assert made.status_code == 201
    answer = client.get(f"/api/v1/evidence/{world.item.key}/exhibits/{made.json()['id']}/file")
    assert b"".join(answer) == b"what it says"


def test_while_the_store_is_away_nothing_is_attached_and_no_file_is_called_missing(
    world: World, settings
):
    client, before = clients(world)["analyst"], world.item.custody.count()
    point_at(settings, "http://127.0.0.1:9", "exhibits")
    answers = [
        upload(client, world.item, content=b"what it says"),
        client.get(f"/api/v1/evidence/{world.item.key}/exhibits/{world.exhibit.pk}/file"),
    ]
    for answer in answers:
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert answer.json()["type"] == "/problems/unavailable"
    assert "nothing was attached" in answers[0].json()["detail"]
    assert world.item.custody.count() == before
