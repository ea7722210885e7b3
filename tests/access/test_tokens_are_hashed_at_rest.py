"""A token's value is shown once, when it is issued, and stored nowhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from access.words import Role
from tests.access.factories import PASSWORD, client_of, client_with, member

pytestmark = pytest.mark.django_db


def issue(client: APIClient, **headers: str) -> dict:
    expires = (timezone.now() + timedelta(hours=2)).isoformat()
    asked = {"name": "script", "scopes": ["read", "write"], "expires": expires}
    answer = client.post("/api/v1/tokens", asked, **headers)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_the_value_opens_the_door_and_is_in_no_table(team) -> None:
    value = issue(client_of(member(team, Role.ANALYST)))["token"]
    assert client_with(value).get("/api/v1/me").status_code == 200
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT count(*) FROM {name} AS whole WHERE whole::text LIKE %s",  # noqa: S608
                [f"%{value}%"],
            )
            assert cursor.fetchone() == (0,), table


def test_the_answer_must_not_be_kept_by_caches(team) -> None:
    client = client_of(member(team, Role.ANALYST))
    expires = (timezone.now() + timedelta(hours=2)).isoformat()
    answer = client.post("/api/v1/tokens", {"name": "x", "scopes": ["read"], "expires": expires})
    assert answer["Cache-Control"] == "no-store"


def test_lists_never_show_a_value(team) -> None:
    client = client_of(member(team, Role.ANALYST))
    issued = issue(client)
    listed = client.get("/api/v1/tokens")
    assert issued["key"] in listed.content.decode()
    assert issued["token"] not in listed.content.decode()
    assert "digest" not in listed.content.decode()


def test_a_replayed_create_does_not_show_the_value_again(team) -> None:
    client = client_of(member(team, Role.ANALYST))
    expires = (timezone.now() + timedelta(hours=2)).isoformat()
    asked = {"name": "script", "scopes": ["read"], "expires": expires}
    first = client.post("/api/v1/tokens", asked, HTTP_IDEMPOTENCY_KEY="k1").json()
    again = client.post("/api/v1/tokens", asked, HTTP_IDEMPOTENCY_KEY="k1").json()
    assert again == {**first, "token": None}


def test_a_session_issues_tokens_too_and_needs_its_csrf_token(team) -> None:
    user = member(team, Role.ANALYST)
    client = APIClient(enforce_csrf_checks=True)
    assert client.login(username=user.username, password=PASSWORD)
    asked = {"name": "x", "scopes": ["read"], "expires": timezone.now() + timedelta(hours=1)}
    assert client.post("/api/v1/tokens", asked).status_code == 403
    client.get("/accounts/password/")
    answer = client.post(
        "/api/v1/tokens", asked, HTTP_X_CSRFTOKEN=client.cookies["csrftoken"].value
    )
    assert answer.status_code == 201
