"""The page of API tokens: one's own, made once, shown once, revoked."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from access.models import ApiToken
from access.words import Scope
from tests.access.factories import client_with, token_for
from tests.accounts.door import enter, signed_in

pytestmark = pytest.mark.django_db
ASKED = {"name": "nightly report", "scopes": ["read"], "days": "7", "team": ""}


def value_on(page: str) -> str:
    found = re.search(r'<code id="token-value">([^<]+)</code>', page)
    assert found is not None, page
    return found[1]


def test_it_is_made_and_opens_the_api(analyst) -> None:
    answer = signed_in(analyst).post(reverse("account_token_new"), ASKED)
    assert "no-store" in answer["Cache-Control"]
    value = value_on(answer.content.decode())
    assert client_with(value).get("/api/v1/me").json()["username"] == analyst.username
    token = ApiToken.objects.get(user=analyst)
    assert token.scopes == ["read"]
    assert abs(token.expiry - timezone.now() - timedelta(days=7)) < timedelta(minutes=2)


def test_its_value_is_shown_once_and_its_digest_never(analyst) -> None:
    client = signed_in(analyst)
    value = value_on(client.post(reverse("account_token_new"), ASKED).content.decode())
    token = ApiToken.objects.get(user=analyst)
    page = client.get(reverse("account_tokens")).content.decode()
    assert "nightly report" in page
    for secret in (value, token.digest, token.token_key):
        assert secret not in page


@pytest.mark.parametrize(
    ("field", "wrong", "complaint"),
    [
        ("days", "4000", "days at most"),
        ("days", "0", "greater than or equal to 1"),
        ("scopes", ["everything"], "not one of the available choices"),
        ("name", " ", "This field is required"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(analyst, field, wrong, complaint) -> None:
    page = signed_in(analyst).post(reverse("account_token_new"), ASKED | {field: wrong})
    assert complaint in page.content.decode()
    assert not ApiToken.objects.exists()


def test_making_one_takes_confirming_that_it_is_oneself(analyst) -> None:
    client, _ = enter(analyst)
    answer = client.post(reverse("account_token_new"), ASKED)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not ApiToken.objects.exists()


def test_a_team_of_others_cannot_be_named(analyst) -> None:
    from tests.access.factories import TeamFactory

    given = ASKED | {"team": str(TeamFactory().pk)}
    signed_in(analyst).post(reverse("account_token_new"), given)
    assert not ApiToken.objects.exists()


def test_it_is_revoked_at_once(analyst) -> None:
    token, value = token_for(analyst, Scope.READ)
    client = signed_in(analyst)
    client.post(reverse("account_token_end", args=[token.key]))
    assert client_with(value).get("/api/v1/me").status_code == 401
    assert "Tokens that open no door" in client.get(reverse("account_tokens")).content.decode()


def test_those_of_others_are_neither_seen_nor_revoked(analyst, administrator) -> None:
    token, _ = token_for(analyst, Scope.READ)
    client = signed_in(administrator)
    assert token.key not in client.get(reverse("account_tokens")).content.decode()
    assert client.post(reverse("account_token_end", args=[token.key])).status_code == 404
    token.refresh_from_db()
    assert token.revoked_on is None


def test_whoever_has_no_role_has_no_tokens(db) -> None:
    from tests.access.factories import UserFactory

    client = signed_in(UserFactory())
    assert client.get(reverse("account_tokens")).status_code == 403
