"""A person sees where they are signed in and ends the other sessions; little is kept of each."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from access.tasks import forget_ended_sessions
from tests.accounts.door import enter, is_in, signed_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def test_the_list_names_browser_and_network_only(analyst) -> None:
    client, _ = enter(analyst, headers={"user-agent": FIREFOX}, REMOTE_ADDR="203.0.113.77")
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Firefox 128 on Linux" in page
    assert "203.0.113.0" in page
    kept = UserSession.objects.get(user=analyst)
    assert (kept.ip, kept.user_agent) == ("203.0.113.0", "Firefox 128 on Linux")


def test_the_others_are_signed_out_and_this_one_stays(analyst) -> None:
    here, elsewhere = signed_in(analyst), signed_in(analyst)
    assert here.post(reverse("usersessions_list")).status_code == 302
    assert is_in(here)
    assert elsewhere.get(reverse("account_profile")).status_code == 302
    assert UserSession.objects.filter(user=analyst).count() == 1


def test_nobody_sees_the_sessions_of_others(analyst, administrator) -> None:
    enter(analyst, headers={"user-agent": FIREFOX})
    page = signed_in(administrator).get(reverse("usersessions_list")).content.decode()
    assert "Firefox" not in page


def test_a_new_password_ends_the_other_sessions(analyst) -> None:
    here, elsewhere = signed_in(analyst), signed_in(analyst)
    strong = "a much longer one"
    given = {"oldpassword": "correct horse battery staple", "password1": strong}
    answer = here.post(reverse("account_change_password"), given | {"password2": strong})
    assert answer.status_code == 302
    assert here.get(reverse("account_profile")).status_code == 200
    assert elsewhere.get(reverse("account_profile")).status_code == 302


def test_visitors_behind_one_proxy_are_told_apart(settings, analyst) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(11):
        wrong = {"login": "nobody", "password": "wrong"}
        from django.test import Client

        Client(headers={"x-forwarded-for": "198.51.100.9"}).post(reverse("account_login"), wrong)
    client, _ = enter(analyst, headers={"x-forwarded-for": "203.0.113.5"})
    assert is_in(client)


def test_nothing_is_kept_of_a_session_that_ended(analyst) -> None:
    ended, open_still = signed_in(analyst), signed_in(analyst)
    Session.objects.filter(session_key=ended.session.session_key).update(
        expire_date=timezone.now() - timedelta(minutes=1)
    )
    assert forget_ended_sessions() == 1
    kept = UserSession.objects.values_list("session_key", flat=True)
    assert list(kept) == [open_still.session.session_key]
    assert Session.objects.filter(expire_date__lt=timezone.now()).count() == 0
