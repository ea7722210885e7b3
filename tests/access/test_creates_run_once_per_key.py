"""A create under an Idempotency-Key acts once, however often and however fast it is sent."""

import threading

import pytest
from django.db import connections

from access.models import IdempotencyKey
from access.words import Role
from tests.access import notes
from tests.access.factories import client_of, client_with, member, token_for
from tests.access.notes import Note

REPLAYED = "Idempotency-Replayed"


@pytest.mark.django_db
def test_the_same_request_again_is_answered_from_memory(team) -> None:
    client = client_of(member(team, Role.ANALYST))
    asked = {"team": team.key, "text": "once"}
    first = client.post("/api/v1/notes", asked, HTTP_IDEMPOTENCY_KEY="k-1")
    again = client.post("/api/v1/notes", asked, HTTP_IDEMPOTENCY_KEY="k-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Location"] == first["Location"]
    assert again["ETag"] == first["ETag"]
    assert (first.has_header(REPLAYED), again[REPLAYED]) == (False, "true")
    assert Note.objects.count() == 1


@pytest.mark.django_db
def test_the_order_of_keys_and_the_spaces_do_not_matter(team) -> None:
    client = client_of(member(team, Role.ANALYST))
    for body in (
        f'{{"team": "{team.key}", "text": "once"}}',
        f'{{ "text":"once", "team":"{team.key}" }}',
    ):
        answer = client.post(
            "/api/v1/notes", body, content_type="application/json", HTTP_IDEMPOTENCY_KEY="k-1"
        )
        assert answer.status_code == 201
    assert Note.objects.count() == 1


@pytest.mark.django_db
def test_another_body_under_the_same_key_is_refused(team) -> None:
    client = client_of(member(team, Role.ANALYST))
    asked = {"team": team.key, "text": "once"}
    client.post("/api/v1/notes", asked, HTTP_IDEMPOTENCY_KEY="k-1")
    other = client.post("/api/v1/notes", asked | {"text": "twice"}, HTTP_IDEMPOTENCY_KEY="k-1")
    assert other.status_code == 422
    assert other.json()["type"] == "/problems/idempotency-key-reused"
    assert Note.objects.count() == 1


@pytest.mark.django_db
def test_a_key_belongs_to_one_person(team) -> None:
    asked = {"team": team.key, "text": "once"}
    for _ in range(2):
        client = client_of(member(team, Role.ANALYST))
        answer = client.post("/api/v1/notes", asked, HTTP_IDEMPOTENCY_KEY="k-1")
        assert not answer.has_header(REPLAYED)
    assert Note.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_create_is_mended_under_the_same_key(team) -> None:
    client = client_of(member(team, Role.ANALYST))
    wrong = client.post("/api/v1/notes", {"team": team.key}, HTTP_IDEMPOTENCY_KEY="k-1")
    assert wrong.status_code == 400
    assert not IdempotencyKey.objects.exists()
    right = {"team": team.key, "text": "mended"}
    assert client.post("/api/v1/notes", right, HTTP_IDEMPOTENCY_KEY="k-1").status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "with space", "x" * 256, "ümlaut"])
def test_a_malformed_key_is_refused(team, key) -> None:
    client = client_of(member(team, Role.ANALYST))
    asked = {"team": team.key, "text": "once"}
    answer = client.post("/api/v1/notes", asked, HTTP_IDEMPOTENCY_KEY=key)
    assert answer.status_code == 400
    assert not Note.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_acts_and_the_other_is_told_to_wait(
    team, monkeypatch
) -> None:
    _, value = token_for(member(team, Role.ANALYST))
    # Holds the first request open inside its transaction, with the real action around it.
    inside, leave = threading.Event(), threading.Event()
    write = notes.write_note

    def slow(*args, **kwargs):
        note = write(*args, **kwargs)
        inside.set()
        assert leave.wait(10)
        return note

    monkeypatch.setattr(notes, "write_note", slow)
    asked = {"team": team.key, "text": "once"}
    answers = {}

    def post(name: str) -> None:
        try:
            answers[name] = client_with(value).post(
                "/api/v1/notes", asked, HTTP_IDEMPOTENCY_KEY="k-1"
            )
        finally:
            connections.close_all()

    first = threading.Thread(target=post, args=("first",))
    first.start()
    assert inside.wait(10)
    second = threading.Thread(target=post, args=("second",))
    second.start()
    second.join(10)
    leave.set()
    first.join(10)
    assert answers["first"].status_code == 201
    assert answers["second"].status_code == 409
    assert answers["second"].json()["type"] == "/problems/request-in-flight"
    assert answers["second"]["Retry-After"] == "1"
    assert Note.objects.filter(team=team).count() == 1
    Note.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_crash_leaves_neither_the_act_nor_its_memory(team, monkeypatch) -> None:
    _, value = token_for(member(team, Role.ANALYST))
    write = notes.write_note

    def crash(*args, **kwargs):
        write(*args, **kwargs)
        raise RuntimeError("power cut")

    monkeypatch.setattr(notes, "write_note", crash)
    client = client_with(value)
    with pytest.raises(RuntimeError):
        client.post("/api/v1/notes", {"team": team.key, "text": "x"}, HTTP_IDEMPOTENCY_KEY="k-1")
    assert not Note.objects.exists()
    assert not IdempotencyKey.objects.exists()
