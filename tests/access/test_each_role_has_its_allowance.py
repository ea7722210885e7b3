"""How often one may ask follows from what one is, and each person has an allowance of their own."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from rest_framework.settings import api_settings

from access.words import Role
from tests.access.factories import UserFactory, client_of, member

pytestmark = pytest.mark.django_db
RATES = {"anonymous": "2/hour", "member": "3/hour", "auditor": "4/hour", "administrator": "5/hour"}


@pytest.fixture(autouse=True)
def _rates(settings) -> None:
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": RATES}
    assert api_settings.DEFAULT_THROTTLE_RATES == RATES


def allowed(client) -> int:
    for count in range(10):
        if (answer := client.get("/api/v1/me")).status_code == 429:
            assert 0 < int(answer["Retry-After"]) <= 3600
            assert answer.json()["type"] == "/problems/too-many-requests"
            return count
    return 10


@pytest.mark.parametrize("role", list(Role))
def test_a_member_of_a_team(team, role) -> None:
    assert allowed(client_of(member(team, role))) == 3


def test_an_auditor_and_an_administrator() -> None:
    assert allowed(client_of(UserFactory(auditor=True))) == 4
    assert allowed(client_of(UserFactory(administrator=True))) == 5


def test_a_role_may_have_a_rate_of_its_own_and_the_most_generous_counts(team, settings) -> None:
    rates = RATES | {"manager": "6/hour"}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": rates}
    assert allowed(client_of(member(team, Role.ANALYST, Role.MANAGER))) == 6
    assert allowed(client_of(member(team, Role.ANALYST))) == 3


def test_two_people_do_not_share_and_two_tokens_of_one_do(team) -> None:
    one, other = member(team, Role.ANALYST), member(team, Role.ANALYST)
    assert allowed(client_of(one)) == 3
    assert allowed(client_of(one)) == 0
    assert allowed(client_of(other)) == 3


def test_a_rate_that_was_forgotten_is_named(team, settings) -> None:
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": {}}
    with pytest.raises(ImproperlyConfigured, match="no rate for 'member'"):
        client_of(member(team, Role.ANALYST)).get("/api/v1/me")
