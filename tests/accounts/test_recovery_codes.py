"""Recovery codes stand in once each for a lost factor, and are shown once."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.accounts.door import enter, is_in, signed_in, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def codes(analyst) -> list[str]:
    client = signed_in(analyst)
    with_app(analyst)
    client.post(reverse("mfa_generate_recovery_codes"))
    return shown(client)


def shown(client) -> list[str]:
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    return re.findall(r"<li><code>(\d{8})</code></li>", page)


def test_there_are_ten(codes) -> None:
    assert len(set(codes)) == 10


def test_they_are_shown_once(analyst) -> None:
    client = signed_in(analyst)
    with_app(analyst)
    client.post(reverse("mfa_generate_recovery_codes"))
    assert len(shown(client)) == 10
    assert shown(client) == []


def test_the_database_does_not_hold_them(analyst, codes) -> None:
    stored = str(Authenticator.objects.get(user=analyst, type="recovery_codes").data)
    assert not [code for code in codes if code in stored]


def test_each_opens_the_door_once(analyst, codes) -> None:
    for code, expected in ((codes[0], True), (codes[0], False), (codes[1], True)):
        client, _ = enter(analyst)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_in(client) is expected


def test_new_ones_end_the_old_ones(analyst, codes) -> None:
    client, _ = enter(analyst)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    client.post(reverse("mfa_reauthenticate"), {"code": codes[1]})
    client.post(reverse("mfa_generate_recovery_codes"))
    assert not set(shown(client)) & set(codes)
    again, _ = enter(analyst)
    again.post(reverse("mfa_authenticate"), {"code": codes[2]})
    assert not is_in(again)


def test_they_go_with_the_last_factor(analyst, codes) -> None:
    client, _ = enter(analyst)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    client.post(reverse("mfa_reauthenticate"), {"code": codes[1]})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=analyst).exists()
