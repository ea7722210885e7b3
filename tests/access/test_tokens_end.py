"""A token ends when its time is over, when it is revoked, or when its owner's account closes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from access.actions import issue_token, longest_token_life
from access.models import ApiToken
from access.words import Role, Scope
from tests.access.factories import UserFactory, client_of, client_with, member, token_for

pytestmark = pytest.mark.django_db


def test_an_expired_token_is_refused_and_its_row_stays(team) -> None:
    token, value = token_for(member(team, Role.ANALYST))
    past = timezone.now() - timedelta(days=3)
    ApiToken.objects.filter(pk=token.pk).update(created=past, expiry=past + timedelta(days=1))
    assert client_with(value).get("/api/v1/me").status_code == 401
    assert ApiToken.objects.filter(pk=token.pk).exists()


def test_a_revoked_token_is_refused(team) -> None:
    user = member(team, Role.ANALYST)
    token, value = token_for(user)
    assert client_of(user).delete(f"/api/v1/tokens/{token.key}").status_code == 204
    assert client_with(value).get("/api/v1/me").status_code == 401


def test_revoking_twice_keeps_the_first_date(team) -> None:
    user = member(team, Role.ANALYST)
    token, _ = token_for(user)
    client = client_of(user)
    client.delete(f"/api/v1/tokens/{token.key}")
    token.refresh_from_db()
    first = token.revoked_on
    assert client.delete(f"/api/v1/tokens/{token.key}").status_code == 204
    token.refresh_from_db()
    assert token.revoked_on == first is not None


def test_nobody_revokes_a_colleagues_token_except_an_administrator(team) -> None:
    token, value = token_for(member(team, Role.ANALYST))
    colleague = client_of(member(team, Role.MANAGER))
    assert colleague.delete(f"/api/v1/tokens/{token.key}").status_code == 404
    assert client_with(value).get("/api/v1/me").status_code == 200
    administrator = client_of(UserFactory(administrator=True))
    assert administrator.delete(f"/api/v1/tokens/{token.key}").status_code == 204
    assert client_with(value).get("/api/v1/me").status_code == 401


def test_a_closed_account_takes_its_tokens_along(team) -> None:
    user = member(team, Role.ANALYST)
    _, value = token_for(user)
    user.is_active = False
    user.save()
    assert client_with(value).get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("value", ["", "x", "ÿ" * 8, "0" * 64, "a b"])
def test_a_value_that_is_no_token_is_refused(value) -> None:
    assert client_with(value).get("/api/v1/me").status_code == 401


def test_an_end_is_required(team) -> None:
    client = client_of(member(team, Role.ANALYST))
    answer = client.post("/api/v1/tokens", {"name": "endless", "scopes": ["read"]})
    assert [error["pointer"] for error in answer.json()["errors"]] == ["#/expires"]


def test_no_token_outlives_the_longest_life(team) -> None:
    user = member(team, Role.ANALYST)
    too_late = timezone.now() + longest_token_life() + timedelta(hours=1)
    with pytest.raises(ValidationError, match="days at most"):
        issue_token(user, "n", [Scope.READ], too_late, actor=user, reason="test")


def test_nobody_issues_a_token_for_someone_else(team) -> None:
    user, other = member(team, Role.ANALYST), UserFactory(administrator=True)
    with pytest.raises(ValidationError, match="by the person who will use it"):
        issue_token(
            user,
            "n",
            [Scope.READ],
            timezone.now() + timedelta(days=1),
            actor=other,
            reason="test",
        )


def test_there_is_a_limit_to_live_tokens(team, settings) -> None:
    settings.REST_KNOX = settings.REST_KNOX | {"TOKEN_LIMIT_PER_USER": 2}
    user = member(team, Role.ANALYST)
    token_for(user)
    token_for(user)
    with pytest.raises(ValidationError, match="already has 2 live tokens"):
        token_for(user)


def test_the_database_refuses_a_token_without_scopes_or_with_an_end_before_its_beginning(
    team,
) -> None:
    token, _ = token_for(member(team, Role.ANALYST))
    for wrong in ({"scopes": []}, {"scopes": ["root"]}, {"expiry": token.created}, {"name": " "}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiToken.objects.filter(pk=token.pk).update(**wrong)
