"""Where a second factor is required, nothing opens before there is one."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from access.accounts.factors import must_have_factor
from tests.access.factories import client_of
from tests.accounts.door import code_for, enter, is_in, signed_in, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required_of_administrators(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED_FOR = frozenset({"administrator"})


@pytest.mark.parametrize("address", ["/people/", "/admin/", "/accounts/tokens/new/", "/library/"])
def test_whoever_lacks_it_is_led_to_the_page_of_factors(administrator, address) -> None:
    client = signed_in(administrator)
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert "must have a second factor" in client.get(reverse("mfa_index")).content.decode()


def test_the_api_by_session_says_so(administrator) -> None:
    answer = signed_in(administrator).get("/api/v1/me")
    assert answer.status_code == 403
    assert "must have a second factor" in answer.json()["detail"]


def test_a_token_is_a_credential_of_its_own(administrator) -> None:
    client: APIClient = client_of(administrator)
    assert client.get("/api/v1/me").status_code == 200


def test_everything_opens_once_it_is_there(administrator) -> None:
    client = signed_in(administrator)
    with_app(administrator)
    assert client.get("/people/").status_code == 200


def test_a_session_opened_with_the_factor_is_believed(
    administrator, django_assert_num_queries
) -> None:
    from access.accounts.middleware import _opened_with_factor

    with_app(administrator)
    client, _ = enter(administrator)
    client.post(reverse("mfa_authenticate"), {"code": code_for()})
    answer = client.get("/people/")
    assert answer.status_code == 200
    with django_assert_num_queries(0):
        assert _opened_with_factor(answer.wsgi_request, administrator)


def test_others_are_not_asked(analyst) -> None:
    assert signed_in(analyst).get("/").status_code == 200


def test_asking_whether_costs_members_nothing(analyst, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert not must_have_factor(analyst)


@pytest.mark.parametrize(
    ("required", "asked"), [({"counsel"}, False), ({"analyst"}, True), ({"auditor"}, False)]
)
def test_a_role_is_asked_of_whoever_holds_it(settings, analyst, required, asked) -> None:
    settings.SECOND_FACTOR_REQUIRED_FOR = frozenset(required)
    assert must_have_factor(analyst) is asked


def test_all_means_everyone(settings, analyst) -> None:
    settings.SECOND_FACTOR_REQUIRED_FOR = frozenset({"all"})
    assert signed_in(analyst).get("/")["Location"] == reverse("mfa_index")


def test_the_last_one_is_not_removed(administrator) -> None:
    client = signed_in(administrator)
    factor = with_app(administrator)
    page = client.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "Add another one first" in page
    factor.refresh_from_db()


def test_leaving_and_changing_the_password_stay_open(administrator) -> None:
    client = signed_in(administrator)
    assert client.get(reverse("account_change_password")).status_code == 200
    client.post(reverse("account_logout"))
    assert not is_in(client)
