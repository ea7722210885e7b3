"""OpenID Connect against a provider that speaks real HTTP and signs real tokens."""

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from django.urls import reverse

from access.models import User
from casemgr.ledger.change import Change
from config.settings.accounts import _app
from config.variables import OidcSettings
from tests.access.factories import UserFactory
from tests.accounts.door import is_in, signed_in, with_app
from tests.accounts.provider import CLIENT, CLIENT_SECRET, Provider

pytestmark = pytest.mark.django_db
MAIL = "ada@agency.example.org"


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    running = Provider()
    configure(settings, running)
    yield running
    running.stop()


def configure(settings: Any, provider: Provider, **choices: bool) -> None:
    settings.OIDC = OidcSettings(
        issuer=provider.issuer,
        client_id=CLIENT,
        client_secret=CLIENT_SECRET,
        name="Agency ID",
        sign_in_origin=provider.issuer,
        match_email=choices.get("match_email", False),
        open_accounts=choices.get("open_accounts", False),
    )
    settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APP": _app(settings.OIDC)}}


def through(client: Client, process: str = "login") -> Any:
    """Press the button, sign in over there, come back; the answer to coming back."""
    begun = client.post(f"{reverse('oidc_login')}?process={process}")
    assert begun.status_code == 302, begun.content
    there = urlsplit(begun["Location"])
    connection = HTTPConnection(there.netloc, timeout=5)
    connection.request("GET", f"{there.path}?{there.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    assert back.path == reverse("oidc_callback")
    return client.get(f"{back.path}?{back.query}")


def connected(user: User, sub: str = "subject-1") -> User:
    SocialAccount.objects.create(user=user, provider="oidc", uid=sub)
    return user


def test_a_connected_person_gets_in(provider) -> None:
    user = connected(UserFactory())
    client = Client()
    assert through(client)["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    document = "/.well-known/openid-configuration"
    assert provider.asked == [document, "/authorize", document, "/keys"]


def test_an_unknown_person_does_not_and_no_account_is_opened(provider) -> None:
    provider.subject = {"sub": "stranger", "email": MAIL, "email_verified": True}
    UserFactory(email=MAIL)
    client = Client()
    answer = through(client)
    assert answer.status_code == 403
    assert "No account here is yours yet" in answer.content.decode()
    assert not is_in(client)
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_a_second_factor_kept_here_is_asked_for_all_the_same(provider) -> None:
    with_app(connected(UserFactory()))
    client = Client()
    assert through(client)["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_a_closed_account_stays_closed(provider) -> None:
    connected(UserFactory(is_active=False))
    client = Client()
    assert through(client)["Location"] == reverse("account_inactive")
    assert not is_in(client)


@pytest.mark.parametrize(
    "spoil",
    ["key", "unknown-key", "unsigned", "symmetric", "audience", "token-issuer", "expired"],
)
def test_a_token_that_is_not_the_providers_is_refused(provider, spoil) -> None:
    connected(UserFactory())
    provider.spoil = spoil
    client = Client()
    answer = through(client)
    assert answer.status_code == 401, spoil
    assert "could not be reached, or its answer was not one" in answer.content.decode()
    assert not is_in(client)


def test_the_document_of_another_issuer_is_refused(provider) -> None:
    provider.spoil = "issuer"
    assert Client().post(reverse("oidc_login")).status_code == 401


def test_a_provider_that_is_down_is_said_to_be(provider) -> None:
    provider.stop()
    answer = Client().post(reverse("oidc_login"))
    assert answer.status_code == 401
    assert "sign in with your password" in answer.content.decode()


def test_an_answer_nobody_asked_for_is_refused(provider) -> None:
    connected(UserFactory())
    client = Client()
    answer = client.get(reverse("oidc_callback"), {"code": "planted", "state": "planted"})
    assert answer.status_code == 401
    assert not is_in(client)


def test_turning_back_over_there_leads_to_the_login(provider) -> None:
    provider.spoil = "cancelled"
    client = Client()
    assert through(client)["Location"] == reverse("socialaccount_login_cancelled")
    page = client.get(reverse("socialaccount_login_cancelled"), follow=True).content.decode()
    assert "it was cancelled at the provider" in page


def test_a_person_connects_their_own_account(provider, analyst) -> None:
    client = signed_in(analyst)
    assert through(client, "connect")["Location"] == reverse("account_profile")
    assert SocialAccount.objects.get().user == analyst
    told = Change.objects.get(table="socialaccount_socialaccount")
    assert told.actor == analyst.key
    again = Client()
    through(again)
    assert is_in(again)


def test_connecting_takes_being_signed_in(provider) -> None:
    through(Client(), "connect")
    assert not SocialAccount.objects.exists()


def test_a_subject_is_connected_to_one_account(provider, analyst) -> None:
    owner = connected(UserFactory())
    client = signed_in(analyst)
    through(client, "connect")
    assert SocialAccount.objects.get().user == owner


def test_no_token_and_no_claim_of_the_provider_is_kept(provider, analyst) -> None:
    provider.subject = {"sub": "subject-1", "email": MAIL, "name": "Ada Lovelace"}
    through(signed_in(analyst), "connect")
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()


def test_disconnecting_ends_that_way_in(provider, analyst) -> None:
    connected(analyst)
    signed_in(analyst).post(reverse("oidc_disconnect"))
    assert not SocialAccount.objects.exists()


def test_the_only_way_in_is_not_removed(provider, analyst) -> None:
    connected(analyst)
    client = Client()
    analyst.set_unusable_password()
    analyst.save()
    through(client)
    client.post(reverse("oidc_disconnect"))
    assert SocialAccount.objects.exists()


class TestMatchingByEmail:
    """With OIDC_MATCH_EMAIL, a verified address that an administrator put on file is enough."""

    @pytest.fixture(autouse=True)
    def _matching(self, settings, provider) -> None:
        configure(settings, provider, match_email=True)
        provider.subject = {"sub": "subject-1", "email": MAIL.upper(), "email_verified": True}

    def test_the_one_account_with_it_is_connected(self) -> None:
        user = UserFactory(email=MAIL)
        client = Client()
        through(client)
        assert client.session["_auth_user_id"] == str(user.pk)
        told = Change.objects.get(table="socialaccount_socialaccount")
        assert (told.actor, told.payload["row"]["uid"]) == (user.key, "subject-1")

    @pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
    def test_an_address_that_is_not_verified_counts_for_nothing(self, provider, verified) -> None:
        provider.subject["email_verified"] = verified
        UserFactory(email=MAIL)
        assert through(Client()).status_code == 403

    def test_two_accounts_with_it_are_told_apart_by_a_person(self) -> None:
        UserFactory(email=MAIL)
        UserFactory(email=MAIL)
        assert through(Client()).status_code == 403

    def test_an_address_given_to_a_new_person_does_not_hand_over_the_account(self) -> None:
        connected(UserFactory(email=MAIL), sub="who had it before")
        assert through(Client()).status_code == 403

    def test_an_empty_address_matches_nobody(self, provider) -> None:
        provider.subject["email"] = ""
        UserFactory(email="")
        assert through(Client()).status_code == 403


class TestOpeningAccounts:
    """With OIDC_OPEN_ACCOUNTS, whoever the provider lets in gets an account without any role."""

    @pytest.fixture(autouse=True)
    def _opening(self, settings, provider) -> None:
        configure(settings, provider, open_accounts=True)
        provider.subject = {"sub": "s", "preferred_username": "ada", "given_name": "Ada"}

    def test_it_has_no_role_and_no_password(self) -> None:
        client = Client()
        through(client)
        user = User.objects.get(username="ada")
        assert is_in(client)
        assert user.standings() == frozenset()
        assert not user.has_usable_password()
        opened = Change.objects.get(table="access_user", op="I")
        assert (opened.actor, opened.reason) == (
            "system:oidc",
            "First sign-in by the identity provider",
        )

    def test_a_taken_name_gets_a_number(self) -> None:
        UserFactory(username="Ada")
        through(Client())
        assert User.objects.filter(username="ada-2").exists()

    def test_an_address_on_file_opens_no_second_account(self, provider) -> None:
        provider.subject |= {"email": MAIL, "email_verified": True}
        UserFactory(email=MAIL)
        assert through(Client()).status_code == 403


class TestWithoutProvider:
    """Not configured, there is no trace of it and nothing is asked of the network."""

    def test_the_login_does_not_mention_it(self, client) -> None:
        assert reverse("oidc_login") not in client.get(reverse("account_login")).content.decode()

    @pytest.mark.parametrize("page", ["oidc_login", "oidc_callback"])
    def test_its_addresses_are_not_there(self, client, page) -> None:
        method = client.post if page == "oidc_login" else client.get
        assert method(reverse(page)).status_code == 404


def test_the_login_offers_it(provider, client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "Sign in by Agency ID" in page


def test_a_link_does_not_begin_it(provider, client) -> None:
    assert client.get(reverse("oidc_login")).status_code == 405


def test_a_link_adds_nothing_to_what_is_asked(provider, client) -> None:
    address = f"{reverse('oidc_login')}?scope=offline_access&auth_params=prompt%3Dnone"
    asked = client.post(address)["Location"]
    assert "offline_access" not in asked
    assert "prompt" not in asked
