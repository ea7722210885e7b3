"""People sign in with a username and a password, not too often, and can leave again."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
DISCLAIMER = "This product assists counsel. It gives no legal advice"


def sign_in(client: Client, username: str, password: str):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_a_right_password_opens_a_session(client) -> None:
    user = UserFactory()
    answer = sign_in(client, user.username, PASSWORD)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_says_the_same_as_an_unknown_name(client) -> None:
    user = UserFactory()
    wrong, unknown = (
        re.findall(r'role="alert">(.*?)</div>', sign_in(client, *pair).content.decode(), re.S)
        for pair in ((user.username, "wrong"), ("nobody", "wrong"))
    )
    assert wrong == unknown != []
    assert "_auth_user_id" not in client.session


def test_too_many_wrong_passwords_close_the_door_even_to_the_right_one(client) -> None:
    user = UserFactory()
    for _ in range(5):
        sign_in(client, user.username, "wrong")
    answer = sign_in(client, user.username, PASSWORD)
    assert "_auth_user_id" not in client.session
    assert "Too many failed login attempts" in answer.content.decode()


def test_too_many_attempts_from_one_address_get_a_page_that_says_what_to_do(client) -> None:
    for _ in range(31):
        answer = sign_in(client, "nobody", "wrong")
    assert answer.status_code == 429
    assert "Wait a few minutes" in answer.content.decode()


def test_a_closed_account_is_told_so(client) -> None:
    user = UserFactory(is_active=False)
    sign_in(client, user.username, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_leaving_takes_a_post(client) -> None:
    user = UserFactory()
    client.force_login(user)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_a_new_password_must_be_a_strong_one(client) -> None:
    user = UserFactory()
    client.force_login(user)
    address = reverse("account_change_password")
    weak = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    assert "at least 12 characters" in client.post(address, weak).content.decode()
    strong = {
        "oldpassword": PASSWORD,
        "password1": "a much longer one",
        "password2": "a much longer one",
    }
    assert client.post(address, strong).status_code == 302
    user.refresh_from_db()
    assert user.check_password("a much longer one")


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_what_needs_mail_or_opens_accounts_is_not_offered(name) -> None:
    from django.urls import NoReverseMatch

    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "name", ["account_login", "account_logout", "account_inactive", "account_change_password"]
)
def test_the_pages_are_plain_and_load_nothing_from_elsewhere(client, name) -> None:
    if name not in ("account_login", "account_inactive"):
        client.force_login(UserFactory())
    page = client.get(reverse(name)).content.decode()
    assert '<html lang="en-US">' in page
    assert '<a class="skip" href="#main">' in page
    assert DISCLAIMER in page
    scripts = re.findall(r"<script[^>]*>[^<]*", page)
    assert all(re.fullmatch(r'<script [^>]*src="/static/[^>]*>', each) for each in scripts)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_every_field_has_a_label(client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    fields = set(re.findall(r'<input[^>]*\bid="([^"]+)"', page))
    assert fields
    assert fields <= set(re.findall(r'<label[^>]* for="([^"]+)"', page))


def test_signing_in_leads_nowhere_else(client) -> None:
    user = UserFactory()
    answer = client.post(
        reverse("account_login"),
        {"login": user.username, "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert "elsewhere" not in answer["Location"]
