"""Nobody's change is overwritten unseen: ETag, If-Match, and an UPDATE that checks again."""

import threading

import pytest
from django.db import connections

from access.revision import StaleRevisionError, revise
from access.words import Role
from tests.access.factories import client_of, client_with, member, token_for
from tests.access.notes import Note


@pytest.mark.django_db
def test_the_etag_of_the_read_allows_one_change(team) -> None:
    note = Note.objects.create(team=team, text="first")
    client = client_of(member(team, Role.ANALYST))
    address = f"/api/v1/notes/{note.key}"
    tag = client.get(address)["ETag"]
    changed = client.patch(address, {"text": "second"}, HTTP_IF_MATCH=tag)
    assert (changed.status_code, changed.json()["text"]) == (200, "second")
    assert changed["ETag"] == '"2"' != tag
    again = client.patch(address, {"text": "third"}, HTTP_IF_MATCH=tag)
    assert again.status_code == 412
    assert again["ETag"] == '"2"'
    note.refresh_from_db()
    assert note.text == "second"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 428),
        ("", 428),
        ("*", 428),
        ('"1", "2"', 400),
        ("1", 400),
        ('W/"1"', 400),
        ('"x"', 412),
    ],
)
def test_a_change_that_names_no_single_revision_is_refused(team, header, status) -> None:
    note = Note.objects.create(team=team, text="first")
    client = client_of(member(team, Role.ANALYST))
    headers = {} if header is None else {"HTTP_IF_MATCH": header}
    answer = client.patch(f"/api/v1/notes/{note.key}", {"text": "second"}, **headers)
    assert answer.status_code == status
    note.refresh_from_db()
    assert (note.text, note.revision) == ("first", 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_authors_at_the_same_moment_one_is_told(team) -> None:
    note = Note.objects.create(team=team, text="first")
    clients = [client_with(token_for(member(team, Role.ANALYST))[1]) for _ in range(2)]
    for client in clients:
        client.get("/api/v1/me")
    together = threading.Barrier(2)
    statuses = []

    def patch(number: int) -> None:
        try:
            together.wait(10)
            answer = clients[number].patch(
                f"/api/v1/notes/{note.key}", {"text": f"author {number}"}, HTTP_IF_MATCH='"1"'
            )
            statuses.append(answer.status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=patch, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(statuses) == [200, 412]
    note.refresh_from_db()
    assert note.revision == 2
    Note.objects.all().delete()


@pytest.mark.django_db
def test_the_update_itself_refuses_a_revision_that_passed(team) -> None:
    note = Note.objects.create(team=team, text="first")
    behind = Note.objects.get(pk=note.pk)
    revise(note, 1, text="second")
    with pytest.raises(StaleRevisionError, match="since revision 1 was read"):
        revise(behind, 1, text="lost")
    note.refresh_from_db()
    assert (note.text, note.revision) == ("second", 2)
