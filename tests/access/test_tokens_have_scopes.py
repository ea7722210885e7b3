"""A token does what its scopes name and never more than its owner may."""

from datetime import timedelta

import pytest
from django.utils import timezone

from access.words import Role, Scope
from tests.access.factories import TeamFactory, client_of, member, token_for
from tests.access.notes import Note

pytestmark = pytest.mark.django_db


def test_a_reading_token_does_not_write(team) -> None:
    client = client_of(member(team, Role.MANAGER), Scope.READ)
    assert client.get("/api/v1/notes").status_code == 200
    answer = client.post("/api/v1/notes", {"team": team.key, "text": "no"})
    assert answer.status_code == 403
    assert not Note.objects.exists()


def test_a_writing_token_does_not_read(team) -> None:
    client = client_of(member(team, Role.MANAGER), Scope.WRITE)
    assert client.get("/api/v1/notes").status_code == 403
    answer = client.post("/api/v1/notes", {"team": team.key, "text": "yes"})
    assert answer.status_code == 201


def test_what_binds_someone_needs_submit(team) -> None:
    note = Note.objects.create(team=team, text="here")
    manager = member(team, Role.MANAGER)
    address = f"/api/v1/notes/{note.key}/decision"
    refused = client_of(manager, Scope.READ, Scope.WRITE).post(address)
    assert refused.status_code == 403
    assert "submit" in refused.json()["detail"]
    assert client_of(manager, Scope.SUBMIT).post(address).status_code == 200


def test_a_scope_gives_no_role(team) -> None:
    note = Note.objects.create(team=team, text="here")
    answer = client_of(member(team, Role.ANALYST)).post(f"/api/v1/notes/{note.key}/decision")
    assert answer.status_code == 403
    assert "manager" in answer.json()["detail"]


def test_a_token_bound_to_a_team_sees_only_that_team(team) -> None:
    other = TeamFactory()
    user = member(team, Role.ANALYST)
    user.memberships.create(team=other, role=Role.ANALYST)
    user.forget_memberships()
    Note.objects.create(team=team, text="ours")
    hidden = Note.objects.create(team=other, text="theirs")
    client = client_of(user, team=team)
    assert [row["text"] for row in client.get("/api/v1/notes").json()["results"]] == ["ours"]
    assert client.get(f"/api/v1/notes/{hidden.key}").status_code == 404
    assert client.post("/api/v1/notes", {"team": other.key, "text": "no"}).status_code == 403
    assert [one["key"] for one in client.get("/api/v1/me").json()["teams"]] == [team.key]


def test_a_token_passes_on_no_more_than_it_has(team) -> None:
    user = member(team, Role.ANALYST)
    client = client_of(user, Scope.READ, Scope.WRITE, team=team)
    soon, late = (timezone.now() + timedelta(hours=h) for h in (1, 48))
    within = {"name": "child", "scopes": ["read"], "expires": soon, "team": team.key}
    for excess, pointer in (
        ({"scopes": ["read", "submit"]}, "#/scopes"),
        ({"expires": late}, "#/expires"),
        ({"team": None}, "#/team"),
    ):
        answer = client.post("/api/v1/tokens", within | excess)
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert client.post("/api/v1/tokens", within).status_code == 201


def test_a_team_outside_ones_sight_does_not_exist(team) -> None:
    client = client_of(member(team, Role.ANALYST))
    expires = timezone.now() + timedelta(hours=1)
    asked = {"name": "n", "scopes": ["read"], "expires": expires}
    foreign, missing = (
        client.post("/api/v1/tokens", asked | {"team": key}).json()["errors"][0]["detail"]
        for key in (TeamFactory(key="T-FOREIGN").key, "T-MISSING")
    )
    assert foreign.replace("T-FOREIGN", "") == missing.replace("T-MISSING", "")


def test_last_use_is_written_once_a_minute(team, django_assert_num_queries) -> None:
    token, value = token_for(member(team, Role.ANALYST))
    from tests.access.factories import client_with

    client = client_with(value)
    assert token.last_used_on is None
    client.get("/api/v1/me")
    token.refresh_from_db()
    first = token.last_used_on
    client.get("/api/v1/me")
    token.refresh_from_db()
    assert token.last_used_on == first is not None
    token.last_used_on = first - timedelta(seconds=61)
    token.save(update_fields=["last_used_on"])
    client.get("/api/v1/me")
    token.refresh_from_db()
    assert token.last_used_on > first
