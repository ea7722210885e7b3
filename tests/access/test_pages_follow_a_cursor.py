"""Lists come in pages that stay stable while rows are added."""

import pytest

from access.words import Role
from tests.access.factories import client_of, member
from tests.access.notes import Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(team):
    Note.objects.bulk_create(Note(team=team, key=f"N-{n:03}", text=str(n)) for n in range(60))
    return client_of(member(team, Role.ANALYST))


def keys(answer) -> list[str]:
    return [row["key"] for row in answer.json()["results"]]


def test_a_page_holds_fifty_rows_in_the_order_of_their_keys(client) -> None:
    first = client.get("/api/v1/notes")
    assert keys(first) == [f"N-{n:03}" for n in range(50)]
    second = client.get(first.json()["next"])
    assert keys(second) == [f"N-{n:03}" for n in range(50, 60)]
    assert second.json()["next"] is None


def test_a_row_added_before_the_cursor_shifts_nothing(client, team) -> None:
    first = client.get("/api/v1/notes", {"limit": 10})
    Note.objects.create(team=team, key="N-000-A", text="late")
    assert keys(client.get(first.json()["next"]))[0] == "N-010"


def test_the_reader_chooses_up_to_two_hundred(client) -> None:
    assert len(keys(client.get("/api/v1/notes", {"limit": 200}))) == 60


@pytest.mark.parametrize("limit", ["0", "201", "-1", "ten", "", "1e2", "٣", "1" * 5000])
def test_another_limit_is_refused(client, limit) -> None:
    answer = client.get("/api/v1/notes", {"limit": limit})
    assert answer.status_code == 400
    assert "from 1 to 200" in answer.json()["errors"][0]["detail"]


def test_a_cursor_that_was_not_ours_is_a_problem(client) -> None:
    answer = client.get("/api/v1/notes", {"cursor": "nonsense"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/cursor"


def test_a_page_needs_a_constant_number_of_queries(client, django_assert_num_queries) -> None:
    client.get("/api/v1/notes")
    # The token with its owner and team, the memberships, the page.
    for limit in (1, 50):
        with django_assert_num_queries(3):
            client.get("/api/v1/notes", {"limit": limit})
