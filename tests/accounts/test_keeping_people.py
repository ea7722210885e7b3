"""What an administrator does for someone who is locked out or leaves; always with a reason."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from access.actions import confirm_factor_reset, request_factor_reset
from access.models import FactorReset
from access.models.recovery import RESET_LIFE
from casemgr.ledger.change import Change
from tests.access.factories import UserFactory, client_with, token_for
from tests.accounts.door import enter, is_in, signed_in, with_app

pytestmark = pytest.mark.django_db
BY = {"actor": "system:test", "reason": "test"}
WHY = "Called me from her desk telephone"


@pytest.fixture
def second(db):
    return UserFactory(administrator=True)


def done(client, subject, act: str, reason: str = WHY):
    address = reverse("person_act", args=[subject.key, act])
    return client.post(address, {f"{act}-reason": reason})


def test_a_lost_authenticator_takes_two_administrators(analyst, administrator, second) -> None:
    with_app(analyst)
    assert done(signed_in(administrator), analyst, "reset").status_code == 302
    assert Authenticator.objects.filter(user=analyst).exists()
    assert done(signed_in(second), analyst, "confirm").status_code == 302
    assert not Authenticator.objects.filter(user=analyst).exists()
    assert is_in(enter(analyst)[0])


def test_the_history_names_both_with_their_reasons(analyst, administrator, second) -> None:
    with_app(analyst)
    done(signed_in(administrator), analyst, "reset", "First reason")
    done(signed_in(second), analyst, "confirm", "Second reason")
    told = Change.objects.filter(table="access_factorreset").order_by("seq")
    assert [(change.actor, change.reason) for change in told] == [
        (administrator.key, "First reason"),
        (second.key, "Second reason"),
    ]
    removed = Change.objects.get(table="mfa_authenticator", op="D")
    assert (removed.actor, removed.reason) == (second.key, "Second reason")


def test_the_one_who_asked_does_not_confirm(analyst, administrator) -> None:
    with_app(analyst)
    client = signed_in(administrator)
    done(client, analyst, "reset")
    page = done(client, analyst, "confirm")
    assert page.status_code == 422
    assert "Another administrator than the one who asked" in page.content.decode()
    assert Authenticator.objects.filter(user=analyst).exists()


def test_nobody_resets_or_confirms_their_own(administrator, second) -> None:
    with_app(administrator)
    with pytest.raises(ValidationError, match="Nobody resets their own"):
        request_factor_reset(administrator, actor=administrator, reason=WHY)
    reset = request_factor_reset(administrator, actor=second, reason=WHY)
    with pytest.raises(ValidationError, match="Nobody resets their own"):
        confirm_factor_reset(reset, actor=administrator, reason=WHY)


def test_a_request_is_confirmed_within_a_day(analyst, administrator, second) -> None:
    with_app(analyst)
    reset = request_factor_reset(analyst, actor=administrator, reason=WHY)
    FactorReset.objects.update(requested_on=timezone.now() - RESET_LIFE)
    with pytest.raises(ValidationError, match="settled or has ended"):
        confirm_factor_reset(reset, actor=second, reason=WHY)
    request_factor_reset(analyst, actor=administrator, reason="Again")
    assert FactorReset.objects.waiting().get().reason == "Again"


def test_a_withdrawn_request_removes_nothing(analyst, administrator, second) -> None:
    with_app(analyst)
    reset = request_factor_reset(analyst, actor=administrator, reason=WHY)
    assert done(signed_in(administrator), analyst, "withdraw").status_code == 302
    with pytest.raises(ValidationError, match="settled"):
        confirm_factor_reset(reset, actor=second, reason=WHY)


def test_a_reset_ends_the_sessions(analyst, administrator, second) -> None:
    client = signed_in(analyst)
    with_app(analyst)
    reset = request_factor_reset(analyst, actor=administrator, reason=WHY)
    confirm_factor_reset(reset, actor=second, reason=WHY)
    assert client.get(reverse("account_profile")).status_code == 302


def test_the_terminal_does_both_steps_and_is_named(analyst) -> None:
    with_app(analyst)
    call_command("reset_factors", analyst.username, reason=WHY, stdout=None)
    assert not Authenticator.objects.filter(user=analyst).exists()
    actors = Change.objects.filter(table="access_factorreset").values_list("actor", flat=True)
    assert set(actors) == {"system:terminal"}
    with pytest.raises(CommandError, match="no second factor"):
        call_command("reset_factors", analyst.username, reason=WHY)
    with pytest.raises(CommandError, match="No account"):
        call_command("reset_factors", "nobody", reason=WHY)


def test_closing_an_account_ends_sessions_and_tokens(analyst, administrator) -> None:
    client = signed_in(analyst)
    _, value = token_for(analyst)
    assert done(signed_in(administrator), analyst, "close").status_code == 302
    assert client.get(reverse("account_profile")).status_code == 302
    assert client_with(value).get("/api/v1/me").status_code == 401
    assert not is_in(enter(analyst)[0])


def test_opened_again_the_tokens_stay_revoked(analyst, administrator) -> None:
    _, value = token_for(analyst)
    client = signed_in(administrator)
    done(client, analyst, "close")
    done(client, analyst, "reopen")
    assert is_in(enter(analyst)[0])
    assert client_with(value).get("/api/v1/me").status_code == 401


def test_nobody_closes_their_own_account(administrator) -> None:
    assert done(signed_in(administrator), administrator, "close").status_code == 422
    administrator.refresh_from_db()
    assert administrator.is_active


@pytest.mark.parametrize("act", ["code", "close", "reset"])
def test_every_act_needs_a_reason(analyst, administrator, act) -> None:
    with_app(analyst)
    page = done(signed_in(administrator), analyst, act, " ")
    assert page.status_code == 422
    assert "This field is required" in page.content.decode()


def test_acts_take_confirming_that_it_is_oneself(analyst, administrator) -> None:
    client, _ = enter(administrator)
    answer = done(client, analyst, "close")
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    analyst.refresh_from_db()
    assert analyst.is_active


def test_a_confirmed_person_goes_on_with_what_they_asked(analyst, administrator) -> None:
    client, _ = enter(administrator)
    answer = done(client, analyst, "close")
    client.post(answer["Location"], {"password": "correct horse battery staple"})
    analyst.refresh_from_db()
    assert not analyst.is_active


@pytest.mark.parametrize("page", ["people", "people_invite"])
def test_only_administrators_keep_people(analyst, page) -> None:
    client = signed_in(analyst)
    assert client.get(reverse(page)).status_code == 403
    assert client.get(reverse("person", args=[analyst.key])).status_code == 403
    assert done(client, analyst, "close").status_code == 403


def test_an_act_that_does_not_exist_is_not_found(analyst, administrator) -> None:
    assert done(signed_in(administrator), analyst, "promote").status_code == 404


def test_the_list_costs_the_same_for_many(administrator, django_assert_max_num_queries) -> None:
    client = signed_in(administrator)
    client.get(reverse("people"))
    for _ in range(20):
        with_app(UserFactory())
    with django_assert_max_num_queries(9):
        page = client.get(reverse("people")).content.decode()
    assert "21 accounts" in page


def test_people_are_found_by_name(analyst, administrator) -> None:
    page = signed_in(administrator).get(reverse("people"), {"q": analyst.username})
    text = page.content.decode()
    assert reverse("person", args=[analyst.key]) in text
    assert reverse("person", args=[administrator.key]) not in text
