"""Every refusal of the API is RFC 9457 problem+json that says what to mend."""

import pytest
from django.test import Client

from access.actions import create_team
from access.api.problems import EXPLANATIONS, SLUG_OF_STATUS, TITLES
from access.words import Role
from tests.access.factories import client_of, member
from tests.access.notes import Note

pytestmark = pytest.mark.django_db
MEMBERS = {"type", "title", "status", "detail", "instance", "request_id"}


def test_each_wrong_value_has_a_pointer_and_a_detail(team) -> None:
    client = client_of(member(team, Role.ANALYST))
    answer = client.post("/api/v1/notes", {"text": "x" * 41})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == MEMBERS | {"errors"}
    assert problem["type"] == "/problems/validation-failed"
    assert problem["instance"] == "/api/v1/notes"
    assert problem["request_id"] == answer["X-Request-Id"]
    assert {error["pointer"] for error in problem["errors"]} == {"#/team", "#/text"}
    assert all(error["detail"] for error in problem["errors"])


def test_a_value_deep_inside_is_pointed_to() -> None:
    from access.api.problems import FieldError, pointed

    nested = {"names": [{}, {"te/xt": ["Too long."]}], "non_field_errors": ["Contradictory."]}
    assert list(pointed(nested)) == [
        FieldError("#/names/1/te~1xt", "Too long."),
        FieldError("#", "Contradictory."),
    ]


def test_what_an_action_refuses_is_pointed_to_as_well(team) -> None:
    client = client_of(member(team, Role.ANALYST))
    asked = {"name": "n", "scopes": ["read"], "expires": "2001-01-01T00:00:00Z"}
    answer = client.post("/api/v1/tokens", asked)
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"pointer": "#/expires", "detail": "A token must end in the future."}
    ]


def test_json_that_cannot_be_read_says_so(team) -> None:
    client = client_of(member(team, Role.ANALYST))
    answer = client.post("/api/v1/notes", "{", content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/malformed-request"


def test_a_method_that_is_not_offered(team) -> None:
    note = Note.objects.create(team=team, text="here")
    answer = client_of(member(team, Role.MANAGER)).put(f"/api/v1/notes/{note.key}", {})
    assert answer.status_code == 405
    assert answer.json()["type"] == "/problems/method-not-allowed"


def test_an_address_of_the_api_that_does_not_exist(anonymous) -> None:
    answer = anonymous.get("/api/v1/nothing-here")
    assert answer.status_code == 404
    assert answer.json().keys() == MEMBERS


def test_a_failure_nobody_foresaw_keeps_its_secrets(team, monkeypatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("the password is hunter2")

    client = client_of(member(team, Role.ANALYST))
    monkeypatch.setattr("tests.access.notes.NoteQuerySet.visible_to", fail)
    client.raise_request_exception = False
    answer = client.get("/api/v1/notes")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert "hunter2" not in answer.content.decode()


def test_every_kind_of_problem_has_a_page() -> None:
    assert set(TITLES) == set(EXPLANATIONS) >= set(SLUG_OF_STATUS.values())
    for slug, title in TITLES.items():
        assert title in Client().get(f"/problems/{slug}").content.decode()
    assert Client().get("/problems/unheard-of").status_code == 404


def test_a_constraint_of_the_database_answers_in_the_words_of_the_model(team) -> None:
    from django.db import IntegrityError, transaction

    from access.api.errors import _problem
    from access.models import Membership

    user = member(team, Role.ANALYST)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Membership.objects.create(user=user, team=team, role=Role.ANALYST)
    problem = _problem(refusal.value)
    assert problem is not None
    assert (problem.status, problem.detail) == (
        409,
        "This person already holds this role in this team.",
    )


def test_a_taken_name_is_a_wrong_value_not_a_failure(team) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="already exists"):
        create_team(team.name, actor="system:test", reason="test")
