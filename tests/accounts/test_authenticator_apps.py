"""An authenticator app is added, asked for at the door, and removed; its secret is encrypted."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from casemgr.ledger.change import Change
from tests.accounts.door import SECRET, code_for, enter, is_in, secret_of, signed_in, with_app

pytestmark = pytest.mark.django_db


def added(client) -> None:
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret is not None
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret[1])})
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == reverse("mfa_view_recovery_codes")


def test_it_is_added_with_a_code_it_shows(analyst) -> None:
    added(signed_in(analyst))
    assert Authenticator.objects.filter(user=analyst, type="totp").exists()


def test_it_is_not_added_with_a_wrong_code(analyst) -> None:
    client = signed_in(analyst)
    client.get(reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "This code is not right" in page
    assert not Authenticator.objects.filter(user=analyst).exists()


def test_the_history_names_who_added_it_and_holds_no_secret(analyst) -> None:
    added(signed_in(analyst))
    changes = Change.objects.filter(table="mfa_authenticator", op="I")
    assert {change.actor for change in changes} == {analyst.key}
    assert {change.reason for change in changes} == {"Added an authenticator app"}
    assert {change.payload["row"]["type"] for change in changes} == {"totp", "recovery_codes"}
    assert all("data" not in change.payload["row"] for change in changes)


def test_the_database_holds_the_secret_encrypted(analyst) -> None:
    with_app(analyst)
    stored = Authenticator.objects.get(user=analyst).data["secret"]
    assert SECRET not in stored
    assert secret_of(analyst) == SECRET


def test_a_changed_secret_key_still_opens_what_the_former_one_encrypted(settings, analyst) -> None:
    with_app(analyst)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another key" * 6
    assert secret_of(analyst) != SECRET
    settings.SECRET_KEY_FALLBACKS = [former]
    assert secret_of(analyst) == SECRET


def test_an_unreadable_secret_is_a_wrong_code_and_not_an_error(settings, analyst) -> None:
    with_app(analyst)
    client, _ = enter(analyst)
    Authenticator.objects.update(data={"secret": "gAAAAAB-not-ours"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_for()})
    assert answer.status_code == 200
    assert not is_in(client)


def test_the_password_alone_no_longer_opens_the_door(analyst) -> None:
    with_app(analyst)
    client, answer = enter(analyst)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    assert client.get("/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_for()})
    assert is_in(client)


def test_a_passkey_is_asked_for_only_of_who_has_one(analyst) -> None:
    with_app(analyst)
    client, _ = enter(analyst)
    shown = client.get(reverse("mfa_authenticate")).content.decode()
    assert "Use a passkey" not in shown


def test_one_types_the_code_at_once_and_a_wrong_one_is_no_failed_saving(analyst) -> None:
    with_app(analyst)
    client, _ = enter(analyst)
    assert "autofocus" in client.get(reverse("mfa_authenticate")).content.decode()
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Not signed in: one thing is to mend" in wrong
    assert "Not saved" not in wrong


def test_a_code_works_once(analyst) -> None:
    with_app(analyst)
    code = code_for()
    for expected in (True, False):
        client, _ = enter(analyst)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_in(client) is expected


def test_a_code_of_another_minute_does_not_work(analyst) -> None:
    with_app(analyst)
    client, _ = enter(analyst)
    client.post(reverse("mfa_authenticate"), {"code": code_for(steps=-3)})
    assert not is_in(client)


def test_guessing_codes_is_stopped(analyst) -> None:
    with_app(analyst)
    client, _ = enter(analyst)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    page = client.post(reverse("mfa_authenticate"), {"code": code_for()}).content.decode()
    assert not is_in(client)
    assert "Too many failed" in page


def test_another_browser_does_not_lift_the_limit(analyst) -> None:
    with_app(analyst)
    for _ in range(5):
        client, _ = enter(analyst)
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client, _ = enter(analyst)
    client.post(reverse("mfa_authenticate"), {"code": code_for()})
    assert not is_in(client)


def test_it_is_removed(analyst) -> None:
    client = signed_in(analyst)
    with_app(analyst)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user=analyst).exists()
    removed = Change.objects.get(table="mfa_authenticator", op="D")
    assert (removed.actor, removed.reason) == (analyst.key, "Removed an authenticator app")


@pytest.mark.parametrize(
    "page", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]
)
def test_factors_change_only_after_confirming_that_it_is_oneself(analyst, page) -> None:
    client, _ = enter(analyst)
    answer = client.get(reverse(page))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_the_session_gets_a_new_key_at_the_password_and_at_the_factor(analyst) -> None:
    with_app(analyst)
    from django.test import Client

    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    enter(analyst, client)
    client.post(reverse("mfa_authenticate"), {"code": code_for()})
    assert is_in(client)
    assert client.session.session_key != planted
