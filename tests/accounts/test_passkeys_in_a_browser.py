"""Passkeys in a real Chromium with an authenticator that the browser itself simulates.

The pages, the script, the content policy and the checks of the service are the real ones; only
the finger on the sensor is simulated.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright

from access.models import User
from access.words import Role
from tests.access.factories import PASSWORD, TeamFactory, member

pytestmark = pytest.mark.django_db(transaction=True)
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium: the one of the system, or the one Playwright brought."""
    # Playwright's loop runs in this thread, and Django takes any loop for an asynchronous caller.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("google-chrome")
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Desk:
    """A browser window of one person, with an authenticator attached to it."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.page: Page = browser.new_context().new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)
        self._devtools: CDPSession = self.page.context.new_cdp_session(self.page)
        self._devtools.send("WebAuthn.enable")
        added = self._devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        self._authenticator = added["authenticatorId"]

    def _heard(self, message) -> None:
        if message.type == "error" and "favicon" not in str(message.location):
            self.complaints.append(message.text)

    def open(self, name: str) -> None:
        """Go to a page by its name."""
        self.page.goto(self.address + reverse(name))

    def give_password(self, user: User) -> None:
        """Sign in as far as a password leads."""
        self.open("account_login")
        self.page.get_by_label("Username").fill(user.username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def add_passkey(self) -> None:
        """Add one, confirming the password on the way."""
        self.open("mfa_add_webauthn")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Confirm").click()
        self.page.get_by_role("button", name="Add the passkey").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Recovery codes")

    def leave(self) -> None:
        """Close the session, not the authenticator."""
        self.page.context.clear_cookies()

    def verify(self, verified: bool) -> None:
        """Whether the authenticator recognizes the finger from now on."""
        self._devtools.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": self._authenticator, "isUserVerified": verified},
        )

    def expect_in(self) -> None:
        """The home page of someone who is signed in."""
        expect(self.page).to_have_url(self.address + "/")


@pytest.fixture
def counsel(transactional_db) -> User:
    return member(TeamFactory(), Role.COUNSEL)


@pytest.fixture
def desk(browser, live_server) -> Iterator[Desk]:
    # A passkey belongs to a name; addresses in numbers have none.
    opened = Desk(browser, live_server.url.replace("127.0.0.1", "localhost"))
    yield opened
    opened.page.context.close()
    assert opened.complaints == []


def test_a_passkey_signs_in_without_a_password(desk, counsel) -> None:
    desk.give_password(counsel)
    desk.expect_in()
    desk.add_passkey()
    desk.leave()
    desk.open("account_login")
    desk.page.get_by_role("button", name="Sign in with a passkey").click()
    desk.expect_in()
    factor = Authenticator.objects.get(user=counsel, type="webauthn")
    assert factor.wrap().is_passwordless
    assert factor.last_used_at is not None


def test_a_passkey_is_the_second_factor_after_a_password(desk, counsel) -> None:
    desk.give_password(counsel)
    desk.add_passkey()
    desk.leave()
    desk.give_password(counsel)
    expect(desk.page).to_have_url(desk.address + reverse("mfa_authenticate"))
    desk.page.goto(desk.address + "/")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Second factor")
    desk.page.get_by_role("button", name="Use a passkey").click()
    desk.expect_in()


def test_a_passkey_confirms_that_it_is_the_person(desk, counsel) -> None:
    desk.give_password(counsel)
    desk.add_passkey()
    desk.leave()
    desk.open("account_login")
    desk.page.get_by_role("button", name="Sign in with a passkey").click()
    desk.expect_in()
    asked = f"{reverse('mfa_reauthenticate_webauthn')}?next={reverse('account_token_new')}"
    desk.page.goto(desk.address + asked)
    desk.page.get_by_role("button", name="Use your passkey").click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("New API token")


def test_a_finger_that_is_not_recognized_opens_nothing_and_is_told(desk, counsel) -> None:
    desk.give_password(counsel)
    desk.add_passkey()
    desk.leave()
    desk.verify(False)
    desk.open("account_login")
    desk.page.get_by_role("button", name="Sign in with a passkey").click()
    told = desk.page.locator("form[data-passkey] [role=alert]")
    expect(told).to_contain_text("Nothing was sent")
    expect(desk.page).to_have_url(desk.address + reverse("account_login"))


def test_without_script_the_password_does_the_work(browser, live_server, counsel) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + reverse("account_login"))
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    page.get_by_label("Username").fill(counsel.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(live_server.url + "/")
    context.close()
