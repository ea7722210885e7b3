"""Counsel or a manager opens a portal and makes its keys; the team accepts what comes in."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from access.models import ApiToken, Marking, Team, User
from access.words import Role
from evidence.actions import add_source
from evidence.actions.deliveries import deliver
from evidence.actions.portals import issue_portal_key, open_portal
from evidence.models import Delivery, EvidenceItem, Portal
from tests.access.factories import PASSWORD, client_with, member
from tests.accounts.door import signed_in
from tests.evidence.conftest import BY
from tests.evidence.portals import key_of
from tests.web.desk import page as page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def counsel(team: Team) -> User:
    return member(team, Role.COUNSEL)


@pytest.fixture
def portal(team: Team) -> Portal:
    source = add_source(name="A provider", role="affected-party", owner_team=team, **BY)
    return open_portal("Provider one", team, source, **BY)


@pytest.fixture
def delivery(portal: Portal) -> Delivery:
    token, _ = key_of(portal.account)
    return deliver(portal, token, b"{}", kind="other", title="What they say", summary="It is so.")


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_portal_is_opened_its_key_is_shown_once_and_delivers(team, counsel) -> None:
    add_source(name="A provider", owner_team=team, **BY)
    client = signed_in(counsel)
    opened = client.post(
        reverse("portal-new"),
        {"name": "Provider one", "source_name": "a provider", "team": team.key,
         "access": "proprietary"},
    )  # fmt: skip
    portal = Portal.objects.get(name="Provider one")
    assert opened["Location"] == reverse("portal-key-new", args=[portal.key])
    made = client.post(opened["Location"], {"name": "their uploader", "days": "30"})
    assert "no-store" in made["Cache-Control"]
    value = re.search(r'<code id="token-value">([^<]+)</code>', made.content.decode())[1]
    sent = {"kind": "other", "title": "T", "summary": "It is so."}
    assert client_with(value).post("/api/v1/portal/deliveries", sent).status_code == 201
    page = text(client.get(reverse("portal-page", args=[portal.key])))
    token = ApiToken.objects.get(user=portal.account)
    assert "their uploader" in page
    for secret in (value, token.digest, token.token_key):
        assert secret not in page
    assert token.team == team


def test_making_a_key_takes_confirming_that_it_is_oneself(portal, counsel) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": counsel.username, "password": PASSWORD})
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    address = reverse("portal-key-new", args=[portal.key])
    answer = client.post(address, {"name": "n", "days": "1"})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not ApiToken.objects.filter(user=portal.account).exists()


@pytest.mark.parametrize(
    ("field", "wrong", "complaint"),
    [
        ("source_name", "Nobody known", "enter it first"),
        ("name", "Provider one", "has a portal of this name"),
        ("name", " ", "required"),
        ("markings", "SECRETIVE", "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_opened(
    portal, team, counsel, field, wrong, complaint
) -> None:
    Marking.objects.create(code="CUI", title="CUI")
    counsel.cleared_markings = ["CUI"]
    counsel.save()
    given = {"name": "Another", "source_name": "A provider", "team": team.key, field: wrong}
    answer = signed_in(counsel).post(reverse("portal-new"), given)
    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert Portal.objects.count() == 1
    assert User.objects.filter(is_depositor=True).count() == 1


def test_a_key_is_revoked_at_once(portal, counsel) -> None:
    token, value = key_of(portal.account)
    client = signed_in(counsel)
    client.post(reverse("portal-key-end", args=[portal.key, token.key]))
    assert client_with(value).get("/api/v1/portal/deliveries/x").status_code == 401
    assert "open no door" in text(client.get(reverse("portal-page", args=[portal.key])))


def test_analysts_see_portals_and_make_no_keys(portal, browser) -> None:
    page = text(browser.get(reverse("portal-page", args=[portal.key])))
    assert "New key" not in page
    assert browser.get(reverse("portal-new")).status_code == 403
    token, _ = key_of(portal.account)
    ended = browser.post(reverse("portal-key-end", args=[portal.key, token.key]))
    assert ended.status_code == 403


def test_counsel_of_another_team_finds_no_portal_of_this_one(portal, other_team) -> None:
    client = signed_in(member(other_team, Role.COUNSEL))
    token, _ = key_of(portal.account)
    assert "Provider one" not in text(client.get(reverse("portal-list")))
    for address in (
        reverse("portal-page", args=[portal.key]),
        reverse("portal-key-new", args=[portal.key]),
    ):
        assert client.get(address).status_code == 404
    ended = client.post(reverse("portal-key-end", args=[portal.key, token.key]))
    assert ended.status_code == 404
    token.refresh_from_db()
    assert token.is_live()


def test_an_administrator_of_accounts_sees_no_portal(portal) -> None:
    from tests.access.factories import UserFactory

    client = signed_in(UserFactory(administrator=True))
    assert client.get(reverse("portal-list")).status_code == 403
    assert "Provider one" not in text(client.get(reverse("people")))


def test_what_was_delivered_waits_until_the_team_accepts_it(delivery, browser, desk) -> None:
    item = delivery.item
    waiting = reverse("evidence-list") + "?delivery=waiting"
    assert "What they say" in text(browser.get(waiting))
    page = text(browser.get(reverse("evidence-item", args=[item.key])))
    assert "Delivered, not accepted yet" in page
    assert "Not graded" in page
    browser.post(reverse("evidence-accept", args=[item.key]))
    delivery.refresh_from_db()
    assert delivery.accepted_by == desk
    assert "What they say" not in text(browser.get(waiting))
    assert "accepted by" in text(browser.get(reverse("evidence-item", args=[item.key])))


def test_another_team_cannot_accept_it(delivery, other_team) -> None:
    client = signed_in(member(other_team, Role.COUNSEL))
    assert client.post(reverse("evidence-accept", args=[delivery.item.key])).status_code == 404
    delivery.refresh_from_db()
    assert delivery.accepted_at is None


def test_an_item_that_nobody_delivered_is_not_accepted(item, browser) -> None:
    assert browser.post(reverse("evidence-accept", args=[item.key])).status_code == 404


def test_the_pages_are_plain(portal, delivery, counsel) -> None:
    client = signed_in(counsel)
    for name, given in (
        ("portal-list", ()), ("portal-new", ()), ("portal-page", (portal.key,)),
        ("portal-key-new", (portal.key,)),
    ):  # fmt: skip
        shown = page_of(client, reverse(name, args=given))
        assert shown.unclosed == []
        assert shown.headings[0] == 1
        assert all("style" not in attributes for _, attributes in shown.tags)
        ids = [attributes["id"] for _, attributes in shown.tags if attributes.get("id")]
        assert len(ids) == len(set(ids))
        labeled = {attributes.get("for") for tag, attributes in shown.tags if tag == "label"}
        for tag, attributes in shown.tags:
            if tag in ("select", "input") and attributes.get("type") != "hidden":
                assert attributes.get("aria-label") or attributes["id"] in labeled


def test_items_keep_their_key_and_source_whoever_made_the_key(portal, delivery) -> None:
    first = delivery.token
    token, _ = issue_portal_key(portal, "the next one", first.expiry, **BY)
    second = deliver(portal, token, b"{}", kind="other", title="More", summary="More.")
    found = EvidenceItem.objects.filter(delivery__portal=portal)
    assert {item.source for item in found} == {portal.source}
    assert second.portal == delivery.portal
