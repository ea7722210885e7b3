"""Every page of accounts: nothing inline, headings in order, labels, and no way around them."""

from itertools import pairwise

import pytest
from django.urls import reverse

from tests.access.factories import token_for
from tests.accounts.door import enter, signed_in, with_app
from tests.web.desk import Page, page

pytestmark = pytest.mark.django_db
OWN = (
    "account_profile",
    "account_change_password",
    "account_tokens",
    "account_token_new",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_deactivate_totp",
    "usersessions_list",
    "account_logout",
)
KEEPING = ("people", "people_invite")
OPEN = ("account_login", "account_setup", "account_inactive")


def assert_plain(shown: Page) -> None:
    assert shown.headings[0] == 1
    assert shown.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(shown.headings))
    ids = [attributes["id"] for _, attributes in shown.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    labeled = {attributes.get("for") for tag, attributes in shown.tags if tag == "label"}
    for tag, attributes in shown.tags:
        assert tag != "style"
        assert "style" not in attributes, (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        if tag == "script":
            assert attributes.get("src") or attributes.get("type") == "application/json"
        # A set of boxes is labeled by its legend, and each box by its own label.
        if tag in ("input", "select") and attributes.get("type") not in ("hidden",):
            assert attributes["id"] in labeled, attributes
        for name in ("href", "src", "action"):
            assert not (attributes.get(name) or "").startswith(("http:", "https:", "//"))


@pytest.mark.parametrize("name", OWN)
def test_ones_own(analyst, name) -> None:
    client = signed_in(analyst)
    token_for(analyst)
    if name in ("mfa_view_recovery_codes", "mfa_deactivate_totp"):
        with_app(analyst)
        client.post(reverse("mfa_generate_recovery_codes"))
    assert_plain(page(client, reverse(name)))


@pytest.mark.parametrize("name", KEEPING)
def test_those_of_people(administrator, name) -> None:
    assert_plain(page(signed_in(administrator), reverse(name)))


def test_that_of_a_person(administrator, analyst) -> None:
    with_app(analyst)
    assert_plain(page(signed_in(administrator), reverse("person", args=[analyst.key])))


@pytest.mark.parametrize("name", OPEN)
def test_those_before_signing_in(client, name) -> None:
    assert_plain(page(client, reverse(name)))


@pytest.mark.parametrize(
    "name", ["account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"]
)
def test_those_that_ask_again(analyst, name) -> None:
    client = signed_in(analyst)
    with_app(analyst)
    answer = client.get(reverse(name))
    if answer.status_code == 200:
        assert_plain(Page(answer.content.decode()))
    else:
        # Without a passkey, the way by passkey leads to one the person has.
        assert answer["Location"] == reverse("account_reauthenticate")


def test_that_which_asks_for_the_factor(analyst) -> None:
    with_app(analyst)
    client, _ = enter(analyst)
    assert_plain(page(client, reverse("mfa_authenticate")))


@pytest.mark.parametrize("name", [*OWN, *KEEPING])
def test_a_visitor_is_sent_to_the_login(client, name) -> None:
    if name == "account_logout":
        return
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
