"""A person changes their name and clock, and nothing an administrator keeps."""

import pytest
from django.urls import reverse

from casemgr.ledger.change import Change
from tests.accounts.door import signed_in

pytestmark = pytest.mark.django_db
ASKED = {"first_name": "Ada", "last_name": "Lovelace", "time_zone": "Europe/Paris"}


def test_name_and_clock_are_saved_and_recorded(analyst) -> None:
    assert signed_in(analyst).post(reverse("account_profile"), ASKED).status_code == 302
    analyst.refresh_from_db()
    assert (analyst.get_full_name(), analyst.time_zone) == ("Ada Lovelace", "Europe/Paris")
    change = Change.objects.filter(table="access_user", op="U").latest("seq")
    assert (change.actor, change.reason) == (analyst.key, "Changed their own profile")


def test_a_zone_that_does_not_exist_is_refused(analyst) -> None:
    asked = ASKED | {"time_zone": "Mars/Olympus"}
    page = signed_in(analyst).post(reverse("account_profile"), asked).content.decode()
    assert "not one of the available choices" in page


def test_moments_are_shown_on_the_chosen_clock(analyst) -> None:
    client = signed_in(analyst)
    client.post(reverse("account_profile"), ASKED)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert " CET" in page or " CEST" in page


@pytest.mark.parametrize("field", ["username", "email", "is_administrator", "cleared_markings"])
def test_what_an_administrator_keeps_stays(analyst, field) -> None:
    before = getattr(analyst, field)
    signed_in(analyst).post(reverse("account_profile"), ASKED | {field: "on@example.org"})
    analyst.refresh_from_db()
    assert getattr(analyst, field) == before


def test_an_account_without_password_is_told_how_it_signs_in(client, analyst) -> None:
    analyst.set_unusable_password()
    analyst.save()
    client.force_login(analyst)
    page = client.get(reverse("account_change_password")).content.decode()
    assert "has no password here" in page
