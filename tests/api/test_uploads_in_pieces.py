"""Large files in pieces, as a tus client sends them, cut wherever a connection may be cut."""

import base64
import hashlib
import io

import pytest
from django.http import UnreadablePostError

from access.words import Role
from evidence.actions import begin_upload, log_evidence
from evidence.actions import uploads as at_work
from evidence.actions.uploads import add_bytes, bytes_of, received, tend_uploads
from evidence.models import CustodyEvent, Exhibit, Upload
from tests.access.factories import TeamFactory, member
from tests.api.world import BY, World, clients

pytestmark = pytest.mark.django_db
in_each_store = pytest.mark.usefixtures("each_store")

CONTENT = b"sixteen bytes ok"
PIECE = "application/offset+octet-stream"


def told(**words: str) -> str:
    """Upload-Metadata as tus has it."""
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in words.items())


def began(world: World, who: str = "analyst", size: int = len(CONTENT), **words: str) -> str:
    """The path of an upload just begun by the headers of tus."""
    answer = clients(world)[who].post(
        f"/api/v1/evidence/{world.item.key}/uploads",
        headers={
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(size),
            "Upload-Metadata": told(**{"filename": "large.bin", **words}),
        },
    )
    assert answer.status_code == 201, answer.content
    return str(answer["Location"].partition("//")[2].partition("/")[2])


def sent(world: World, path: str, piece: bytes, offset: int | str, who: str = "analyst"):
    return clients(world)[who].generic(
        "PATCH", f"/{path}", data=piece, content_type=PIECE,
        headers={"Upload-Offset": str(offset), "Tus-Resumable": "1.0.0"},
    )  # fmt: skip


@in_each_store
def test_a_file_in_three_pieces_becomes_the_exhibit_it_is(world: World):
    digest = hashlib.sha256(CONTENT).hexdigest()
    path = began(world, sha256=digest, role="extract", reason="from the provider's portal")
    client = clients(world)["analyst"]
    for begin, end in ((0, 5), (5, 6), (6, 16)):
        assert client.head(f"/{path}")["Upload-Offset"] == str(begin)
        answer = sent(world, path, CONTENT[begin:end], begin)
        assert (answer.status_code, answer["Upload-Offset"]) == (204, str(end))
    body = client.get(f"/{path}").json()
    exhibit = Exhibit.objects.get(pk=body["exhibit"])
    assert (exhibit.blob_id, exhibit.filename, exhibit.role) == (digest, "large.bin", "extract")
    entry = CustodyEvent.objects.get(exhibit=exhibit)
    assert (entry.kind, entry.actor, entry.why) == (
        "received", world.analyst, "from the provider's portal",
    )  # fmt: skip
    shown = client.get(f"/api/v1/evidence/{world.item.key}/exhibits/{exhibit.pk}/file")
    assert b"".join(shown) == CONTENT


def test_json_begins_one_as_well(world: World):
    body = {"filename": "a.bin", "size": 3}
    url = f"/api/v1/evidence/{world.item.key}/uploads"
    answer = clients(world)["analyst"].post(url, body)
    assert answer.status_code == 201
    assert answer.json()["received"] == 0


@pytest.mark.parametrize("cut", range(len(CONTENT)))
def test_cut_at_any_byte_it_goes_on_from_there(cut: int):
    class Cut(io.BytesIO):
        """A connection that ends after ``cut`` bytes."""

        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() == cut:
                raise UnreadablePostError("the connection was cut")
            return super().read(min(size or 0, cut - self.tell()))

    team = TeamFactory()
    ana = member(team, Role.ANALYST)
    item = log_evidence(team, summary="what it says", **BY)
    upload = begin_upload(item, "large.bin", len(CONTENT), actor=ana, reason="a test")
    with pytest.raises(UnreadablePostError):
        add_bytes(upload, Cut(CONTENT), 0, actor=ana)
    assert received(upload) == cut
    assert not Exhibit.objects.exists()
    add_bytes(upload, io.BytesIO(CONTENT[cut:]), cut, actor=ana)
    assert Exhibit.objects.get().blob_id == hashlib.sha256(CONTENT).hexdigest()
    assert not bytes_of(upload).path.exists()


def test_a_piece_sent_twice_is_added_once(world: World):
    path = began(world)
    assert sent(world, path, CONTENT[:5], 0).status_code == 204
    again = sent(world, path, CONTENT[:5], 0)
    assert again.status_code == 409
    assert "5 bytes have arrived" in again.json()["detail"]
    assert sent(world, path, CONTENT[5:], 5).status_code == 204
    last = sent(world, path, CONTENT[5:], 5)
    assert (last.status_code, last["Upload-Offset"]) == (204, "16")
    assert Exhibit.objects.filter(filename="large.bin").count() == 1


def test_more_than_was_announced_is_left_out(world: World):
    path = began(world)
    answer = sent(world, path, CONTENT + b"more", 0)
    assert answer["Upload-Offset"] == "16"
    assert Exhibit.objects.get(filename="large.bin").blob.size == 16


def test_other_bytes_than_were_said_are_refused_and_forgotten(world: World):
    path = began(world, sha256="0" * 64)
    answer = sent(world, path, CONTENT, 0)
    assert answer.status_code == 400
    assert "send the file again" in answer.json()["errors"][0]["detail"]
    assert clients(world)["analyst"].get(f"/{path}").status_code == 404
    assert not Exhibit.objects.filter(filename="large.bin").exists()


@in_each_store
def test_killed_before_it_was_attached_the_sweep_attaches_it(world: World, monkeypatch):
    upload = begin_upload(
        world.item, "large.bin", len(CONTENT), actor=world.analyst, reason="a test"
    )
    bytes_of(upload).append(io.BytesIO(CONTENT), 0, len(CONTENT))
    assert tend_uploads() == 1
    assert tend_uploads() == 0
    upload.refresh_from_db()
    assert upload.exhibit.blob_id == hashlib.sha256(CONTENT).hexdigest()


def test_what_nobody_goes_on_with_is_forgotten_in_time(world: World, monkeypatch):
    path = began(world)
    sent(world, path, CONTENT[:5], 0)
    upload = Upload.objects.get(filename="large.bin", size=16)
    tend_uploads()
    assert bytes_of(upload).received == 5
    monkeypatch.setattr(at_work, "GIVEN_UP_AFTER", -at_work.GIVEN_UP_AFTER)
    tend_uploads()
    assert not Upload.objects.filter(pk=upload.pk).exists()
    assert not bytes_of(upload).path.exists()


def test_one_in_hand_is_left_to_who_has_it(world: World):
    path = began(world)
    upload = Upload.objects.get(filename="large.bin", size=16)
    with bytes_of(upload).in_hand():
        assert sent(world, path, CONTENT, 0).status_code == 423
        assert clients(world)["analyst"].delete(f"/{path}").status_code == 423
    assert sent(world, path, CONTENT, 0).status_code == 204


def test_a_colleague_sees_it_and_may_discard_it_but_not_go_on_with_it(world: World):
    path = began(world)
    sent(world, path, CONTENT[:5], 0)
    counsel = clients(world)["counsel"]
    assert counsel.get(f"/{path}").json()["received"] == 5
    assert sent(world, path, CONTENT[5:], 5, who="counsel").status_code == 409
    assert counsel.delete(f"/{path}").status_code == 204
    assert counsel.get(f"/{path}").status_code == 404


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"Upload-Length": "many"}, "whole number"),
        ({"Upload-Length": "0"}, "greater than or equal to 1"),
        ({"Upload-Length": str(5 * 1024**3)}, "between 1 and"),
        ({"Upload-Length": "4", "Upload-Metadata": "filename !!!"}, "base64"),
        ({"Upload-Length": "4", "Upload-Metadata": told(role="x")}, "filename"),
        ({"Upload-Length": "4", "Upload-Metadata": told(filename="a", sha256="x")}, "64 lower"),
        ({"Upload-Length": "4", "Upload-Metadata": told(filename="..")}, "needs a name"),
    ],
)
def test_what_is_wrong_with_an_announcement_is_said(world: World, headers, said):
    words = {"Upload-Metadata": told(filename="large.bin")} | headers
    before = Upload.objects.count()
    url = f"/api/v1/evidence/{world.item.key}/uploads"
    answer = clients(world)["analyst"].post(url, headers=words)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert Upload.objects.count() == before


def test_another_version_of_the_protocol_is_refused(world: World):
    url = f"/api/v1/evidence/{world.item.key}/uploads"
    answer = clients(world)["analyst"].post(url, headers={"Tus-Resumable": "0.2.2"})
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


def test_a_disk_without_room_is_said_before_anything_is_sent(world: World, monkeypatch):
    monkeypatch.setattr(at_work, "_ROOM_LEFT", 1 << 60)
    url = f"/api/v1/evidence/{world.item.key}/uploads"
    answer = clients(world)["analyst"].post(url, {"filename": "a.bin", "size": 3})
    assert "no room" in answer.json()["errors"][0]["detail"]


def test_nobody_has_more_than_so_many_under_way(world: World, monkeypatch):
    monkeypatch.setattr(at_work, "UNFINISHED_AT_MOST", 1)
    url = f"/api/v1/evidence/{world.item.key}/uploads"
    answer = clients(world)["analyst"].post(url, {"filename": "a.bin", "size": 3})
    assert "finish or discard one" in answer.json()["errors"][0]["detail"]


def test_an_item_of_a_classified_original_takes_none(world: World):
    item = log_evidence(world.team, classified_reference="TF-1", **BY)
    answer = clients(world)["analyst"].post(
        f"/api/v1/evidence/{item.key}/uploads", {"filename": "a.bin", "size": 3}
    )
    assert answer.status_code == 400
    assert "unclassified" in answer.content.decode()
