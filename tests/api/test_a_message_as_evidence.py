"""A client has a message read, and then logged: with its attachments, or not at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evidence.actions import add_source
from evidence.models import Derivation, EvidenceItem, Exhibit
from tests.api.world import BY, World, clients
from tests.evidence.intake import letters
from tests.evidence.intake.letters import letter
from tests.evidence.intake.working import taken_in

pytestmark = pytest.mark.django_db
URL = "/api/v1/evidence/mail"


def send(client, world: World, content: bytes, name: str = "a.eml", **more):
    sent = {"file": SimpleUploadedFile(name, content), "team": world.team.key, **more}
    return client.post(URL, sent, format="multipart")


def test_a_message_is_read_unless_it_is_to_be_logged(world: World):
    before = EvidenceItem.objects.count()
    answer = send(clients(world)["analyst"], world, letters.with_files())
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert (body["title"], body["dated_on"], body["citation"], body["stated_from"]) == (
        "Accounts we closed", "2026-02-03", "Message-ID: <one@example.org>",
        "Ana Li <ana@example.org>",
    )  # fmt: skip
    assert [each["header"] for each in body["stated_of_its_way"]][:2] == [
        "Received", "DKIM-Signature",
    ]  # fmt: skip
    assert body["entered"] is None
    assert EvidenceItem.objects.count() == before


def test_it_is_logged_as_the_original_with_its_attachments(world: World):
    client = clients(world)["analyst"]
    answer = send(client, world, letters.with_files(), enter=True)
    assert answer.status_code == 201, answer.content
    item = EvidenceItem.objects.get(key=answer.json()["entered"])
    assert (item.kind, item.language, str(item.dated), item.source) == (
        "correspondence", "", "2026-02-03", None,
    )  # fmt: skip
    assert "From: Ana Li <ana@example.org>" in item.summary
    assert "-0500" in item.summary
    assert "We closed one hundred accounts." in item.summary
    original, *parts = item.exhibits.order_by("position")
    assert (original.filename, original.role) == ("a.eml", "original")
    assert [(part.filename, part.role, part.of_exhibit) for part in parts] == [
        (name, "extract", original) for name in ("accounts.csv", "invoice.pdf", "part-4.eml")
    ]
    assert original.blob_id in parts[0].custody.get().why


def test_a_hostile_attachment_is_set_aside_and_the_others_are_not(world: World):
    key = send(clients(world)["analyst"], world, letters.with_files(), enter=True).json()["entered"]
    taken_in()
    states = Exhibit.objects.filter(item__key=key).order_by("position")
    assert [(each.filename, each.intake.state) for each in states] == [
        ("a.eml", "whole"), ("accounts.csv", "whole"), ("invoice.pdf", "quarantined"),
        ("part-4.eml", "whole"),
    ]  # fmt: skip


def test_the_same_message_is_told_and_so_is_what_it_answers(world: World):
    client = clients(world)["analyst"]
    first = send(client, world, letter().as_bytes(), enter=True).json()["entered"]
    again = send(client, world, letter(Subject="Copied").as_bytes()).json()["perhaps_known"]
    assert [(each["key"], each["why"], each["same"]) for each in again] == [
        (first, "has the same Message-ID", True)
    ]
    reply = letter(Message_ID="<two@example.org>", In_Reply_To="<one@example.org>")
    assert send(client, world, reply.as_bytes()).json()["related"] == [
        {"key": first, "why": "is what it answers"}
    ]
    forward = letter(Message_ID="<three@example.org>")
    forward.add_attachment(letter())
    told = send(client, world, forward.as_bytes()).json()["related"]
    assert told == [{"key": first, "why": "is attached to it: it forwards that message"}]
    assert not Derivation.objects.filter(parent_item__key=first).exists()
    entered = send(
        client, world, forward.as_bytes(), enter=True, derived_from=first, derivation="relays"
    ).json()["entered"]
    row = Derivation.objects.get(child__key=entered)
    assert (row.parent_item.key, row.kind) == (first, "relays")


def test_what_one_may_not_see_is_neither_told_nor_proposed(world: World):
    send(clients(world)["analyst"], world, letter().as_bytes(), enter=True)
    add_source(name="Ana Li", owner_team=world.team, **BY)
    stranger = clients(world)["analyst elsewhere"]
    reply = letter(In_Reply_To="<one@example.org>")
    sent = {"file": SimpleUploadedFile("a.eml", reply.as_bytes()), "team": world.elsewhere.key}
    body = stranger.post(URL, sent, format="multipart").json()
    assert (body["perhaps_known"], body["related"], body["proposed_sources"]) == ([], [], [])


def test_a_known_source_is_proposed_and_not_taken(world: World):
    by_name = add_source(name="ana li", owner_team=world.team, **BY)
    by_address = add_source(name="Desk of ana@example.org", owner_team=world.team, **BY)
    client = clients(world)["analyst"]
    answer = send(client, world, letter().as_bytes(), enter=True).json()
    assert {each["key"] for each in answer["proposed_sources"]} == {by_name.key, by_address.key}
    assert EvidenceItem.objects.get(key=answer["entered"]).source is None
    other = letter(Message_ID="<two@example.org>")
    chosen = send(client, world, other.as_bytes(), enter=True, source=by_name.key).json()
    assert EvidenceItem.objects.get(key=chosen["entered"]).source == by_name


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.eml", b"%PDF-1.7"), ("a.eml", b"nothing"), ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")],
)
def test_what_is_no_message_is_refused_and_nothing_is_logged(world: World, name, content):
    before = EvidenceItem.objects.count()
    answer = send(clients(world)["analyst"], world, content, name, enter=True)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/file"
    assert EvidenceItem.objects.count() == before


def test_the_same_request_sent_twice_logs_once(world: World):
    client, before = clients(world)["analyst"], EvidenceItem.objects.count()
    for _ in range(2):
        sent = {
            "file": SimpleUploadedFile("a.eml", letter().as_bytes()), "team": world.team.key,
            "enter": True,
        }  # fmt: skip
        answer = client.post(URL, sent, format="multipart", HTTP_IDEMPOTENCY_KEY="once")
        assert answer.status_code == 201
    assert EvidenceItem.objects.count() == before + 1


def test_nobody_logs_for_a_team_not_theirs(world: World):
    answer = send(clients(world)["analyst"], world, letter().as_bytes(), team=world.elsewhere.key)
    assert answer.json()["errors"][0]["pointer"] == "#/team"
