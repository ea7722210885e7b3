"""The key of a provider's portal delivers evidence, reads its receipts, and does nothing else."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from access.actions import add_member, issue_setup_code, issue_token, revoke_token, set_password
from access.models import ApiToken, Marking, SetupCode, User
from access.words import Role, Scope
from evidence.actions import add_source, attach_exhibit, withdraw
from evidence.actions import deliveries as at_work
from evidence.actions.deliveries import accept
from evidence.actions.portals import issue_portal_key, open_portal
from evidence.models import CustodyEvent, Delivery, EvidenceItem, Exhibit, Portal, Upload
from tests.access.factories import client_with
from tests.api.world import BY, CUI, World, clients
from tests.casemgr.factories import linked
from tests.evidence.intake.working import taken_in
from tests.evidence.portals import key_of
from tests.evidence.streams import of_bytes

pytestmark = pytest.mark.django_db

URL = "/api/v1/portal/deliveries"
REPORT: dict[str, Any] = {
    "kind": "fraudulent-account-report",
    "title": "Accounts opened under false identity",
    "summary": "One hundred accounts were opened with forged papers.",
    "dated_on": "2026-02",
    "citation": "Report 2026-17",
    "fraudulent_accounts": {"accounts": 100, "evasion": ["proxies"]},
    "claims": [{"metric": "accounts", "comparator": "at-least", "value": "100"}],
}


@pytest.fixture
def portal(world: World) -> Portal:
    """The portal of the team."""
    found: Portal = Portal.objects.get(team=world.team)
    return found


@pytest.fixture
def provider(world: World) -> Any:
    """A program of the provider, with the key of its portal."""
    return clients(world)["depositor"]


def delivered(client: Any, **changes: Any) -> Any:
    return client.post(URL, REPORT | changes)


def test_a_report_arrives_from_the_source_of_the_portal_and_ungraded(portal, provider) -> None:
    answer = delivered(provider)
    assert answer.status_code == 201, answer.content
    item = EvidenceItem.objects.get(key=answer.json()["key"])
    assert (item.source, item.owner_team, item.access) == (
        portal.source, portal.team, "proprietary",
    )  # fmt: skip
    assert (item.reliability, item.credibility, item.graded, item.hand) == ("", None, None, "")
    assert item.fraudulent_accounts.accounts == 100
    assert [(claim.metric, claim.check_state) for claim in item.claims.all()] == [("accounts", "")]


def test_the_receipt_has_key_time_digest_and_plain_words_and_nothing_else(provider) -> None:
    body = json.dumps(REPORT).encode()
    receipt = provider.generic("POST", URL, body, content_type="application/json").json()
    assert set(receipt) == {"key", "received_at", "sha256", "state", "files"}
    assert receipt["sha256"] == hashlib.sha256(body).hexdigest()
    assert receipt["state"] == "received; not accepted yet"
    taken_in()
    again = provider.get(f"{URL}/{receipt['key']}").json()
    assert [(each["filename"], each["sha256"], each["state"]) for each in again["files"]] == [
        ("delivery.json", receipt["sha256"], "received, inspected and kept")
    ]
    exhibit = Exhibit.objects.get(item__key=receipt["key"])
    assert exhibit.blob_id == receipt["sha256"]


def test_custody_and_history_name_the_account_of_the_portal_and_its_key(portal, provider) -> None:
    key = delivered(provider).json()["key"]
    entry = CustodyEvent.objects.filter(item__key=key).order_by("pk")[0]
    token = ApiToken.objects.get(
        user=portal.account, pk=Delivery.objects.get(item__key=key).token_id
    )
    assert (entry.kind, entry.actor) == ("logged", portal.account)
    assert entry.why == f"received from portal key a program of theirs ({token.key})"
    refused = provider.post(URL, REPORT, headers={"X-Change-Reason": "verified by counsel"})
    whys = CustodyEvent.objects.filter(item__key=refused.json()["key"]).values_list(
        "why", flat=True
    )
    assert set(whys) == {entry.why}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", "S-OTHER"), ("markings", []), ("team", "T-1"), ("key", "E-MINE"),
        ("reliability", "A"), ("graded", True), ("hand", "first"), ("privilege", "none"),
        ("entered_on", "2020-01-01"), ("supersedes", "E-1"), ("access", "public"),
        ("classified_reference", "X"), ("integrity", "intact"),
    ],
)  # fmt: skip
def test_what_is_the_offices_to_say_is_refused_by_name(provider, field, value) -> None:
    before = EvidenceItem.objects.count()
    answer = delivered(provider, **{field: value})
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"#/{field}"]
    assert EvidenceItem.objects.count() == before


def test_a_claim_cannot_come_verified_already(provider) -> None:
    claim = {"metric": "accounts", "value": "1", "check": "verified"}
    answer = delivered(provider, claims=[claim])
    assert answer.json()["errors"][0]["pointer"] == "#/claims/0/check"


@pytest.mark.parametrize("kind", ["government-finding", "legal-memorandum", "court-filing", "x"])
def test_only_kinds_of_a_providers_own_knowledge_are_taken(provider, kind) -> None:
    assert delivered(provider, kind=kind).json()["errors"][0]["pointer"] == "#/kind"


def test_no_answer_tells_whether_something_of_others_exists(world: World, provider) -> None:
    theirs = clients(world)["depositor elsewhere"]
    key = delivered(theirs).json()["key"]
    said = {
        (answer.status_code, answer.json()["detail"])
        for answer in (
            provider.get(f"{URL}/{key}"),
            provider.get(f"{URL}/{world.item.key}"),
            provider.get(f"{URL}/E-NEVER-WAS"),
        )
    }
    assert len(said) == 1
    assert said.pop()[0] == 404
    elsewhere = {
        (answer.status_code, answer.json()["detail"])
        for answer in (
            provider.get(f"/api/v1/evidence/{world.item.key}"),
            provider.get("/api/v1/evidence/E-NEVER-WAS"),
            provider.get(f"/api/v1/cases/{world.case.key}"),
            provider.get("/api/v1/me"),
            provider.delete("/api/v1/tokens/K-NEVER-WAS"),
        )
    }
    assert elsewhere == {(403, "This key delivers evidence and does nothing else.")}


def test_the_same_bytes_held_by_the_office_are_not_told(world: World, provider) -> None:
    attach_exhibit(world.item, of_bytes(b"known here"), "known.txt", **BY)
    key = delivered(provider).json()["key"]
    known, new = (
        provider.post(
            f"{URL}/{key}/files", {"file": SimpleUploadedFile("a.txt", content)}, format="multipart"
        )
        for content in (b"known here", b"never seen")
    )
    assert (known.status_code, new.status_code) == (201, 201)
    assert set(known.json()) == set(new.json())
    assert known.json()["state"] == new.json()["state"] == "received and stored; being inspected"


def test_a_hostile_file_is_set_aside_and_why_is_not_told(provider) -> None:
    key = delivered(provider).json()["key"]
    file = SimpleUploadedFile("invoice.pdf", b"\x7fELF" + b"\0" * 100)
    provider.post(f"{URL}/{key}/files", {"file": file}, format="multipart")
    taken_in()
    told = provider.get(f"{URL}/{key}").json()["files"][1]["state"]
    assert told == "set aside by the inspection; the office may ask for it in another form"


def test_other_bytes_than_said_are_refused(provider) -> None:
    key = delivered(provider).json()["key"]
    sent = {"file": SimpleUploadedFile("a.txt", b"abc"), "sha256": "0" * 64}
    answer = provider.post(f"{URL}/{key}/files", sent, format="multipart")
    assert answer.json()["errors"][0]["pointer"] == "#/sha256"


def test_a_large_file_arrives_in_pieces_also_by_the_next_key(portal, provider) -> None:
    key = delivered(provider).json()["key"]
    begun = provider.post(f"{URL}/{key}/uploads", {"filename": "log.csv", "size": 8})
    assert begun.status_code == 201, begun.content
    assert set(begun.json()) == {
        "key", "filename", "size", "received", "sha256", "begun_at", "last_at", "whole",
    }  # fmt: skip
    at = begun["Location"]
    for client, offset in ((provider, 0), (client_with(key_of(portal.account)[1]), 4)):
        assert client.head(at)["Upload-Offset"] == str(offset)
        piece = client.generic(
            "PATCH", at, b"a,b\n", content_type="application/offset+octet-stream",
            headers={"Upload-Offset": str(offset)},
        )  # fmt: skip
        assert piece.status_code == 204, piece.content
    assert provider.get(at).json()["whole"] is True
    assert Exhibit.objects.filter(item__key=key, filename="log.csv").count() == 1


def test_the_same_delivery_sent_twice_is_logged_once(provider) -> None:
    first, second = (
        provider.post(URL, REPORT, headers={"Idempotency-Key": "report-17"}) for _ in range(2)
    )
    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"
    assert Delivery.objects.filter(item__key=first.json()["key"]).count() == 1


def test_nothing_is_added_to_what_the_team_has_taken_up(world: World, provider) -> None:
    keys = [delivered(provider).json()["key"] for _ in range(3)]
    accepted, at_work_in_a_case, withdrawn = (EvidenceItem.objects.get(key=key) for key in keys)
    under_way = provider.post(f"{URL}/{keys[0]}/uploads", {"filename": "a.txt", "size": 3})
    accept(accepted.delivery, actor=world.analyst)
    linked(world.case, "L-1", at_work_in_a_case)
    withdraw(withdrawn, withdrawn.revision, **BY)
    for key in keys:
        sent = {"file": SimpleUploadedFile("a.txt", b"late")}
        answer = provider.post(f"{URL}/{key}/files", sent, format="multipart")
        assert answer.status_code == 409
        assert "taken this delivery up" in answer.json()["detail"]
    late = provider.generic(
        "PATCH", under_way["Location"], b"abc", content_type="application/offset+octet-stream",
        headers={"Upload-Offset": "0"},
    )  # fmt: skip
    assert late.status_code == 409
    states = [provider.get(f"{URL}/{key}").json()["state"] for key in keys]
    assert states == ["received and accepted", *["received; not accepted yet"] * 2]


def test_markings_of_the_portal_are_on_what_it_delivers(world: World) -> None:
    Marking.objects.get_or_create(code=CUI, defaults={"title": CUI})
    source = add_source(name="Another provider", owner_team=world.team, **BY)
    marked = open_portal("Marked", world.team, source, markings=[CUI], **BY)
    client = client_with(key_of(marked.account)[1])
    key = delivered(client).json()["key"]
    assert EvidenceItem.objects.get(key=key).markings == [CUI]
    # An administrator takes the clearance of the account away: the office's mistake, not theirs.
    User.objects.filter(pk=marked.account.pk).update(cleared_markings=[])
    answer = delivered(client)
    assert (answer.status_code, CUI in answer.content.decode()) == (409, False)


def test_whoever_is_not_cleared_opens_no_portal_under_a_marking(world: World) -> None:
    Marking.objects.create(code="SECRETIVE", title="x")
    source = add_source(name="Another provider", owner_team=world.team, **BY)
    with pytest.raises(ValidationError, match="not cleared for SECRETIVE"):
        open_portal(
            "M", world.team, source, markings=["SECRETIVE"], actor=world.counsel, reason="x"
        )
    assert not User.objects.filter(is_depositor=True, portal=None).exists()


def test_a_key_ends_by_its_day_and_when_it_is_revoked(portal) -> None:
    token, value = key_of(portal.account)
    client = client_with(value)
    assert delivered(client).status_code == 201
    token.refresh_from_db()
    assert token.last_used_on is not None
    revoke_token(token, **BY)
    assert delivered(client).status_code == 401
    late, value = key_of(portal.account)
    ApiToken.objects.filter(pk=late.pk).update(
        created=timezone.now() - timedelta(days=2), expiry=timezone.now() - timedelta(days=1)
    )
    assert delivered(client_with(value)).status_code == 401


@pytest.mark.parametrize("size", [at_work.DELIVERIES_A_DAY])
def test_a_portal_delivers_no_more_than_its_day_allows(monkeypatch, provider, size) -> None:
    monkeypatch.setattr(at_work, "DELIVERIES_A_DAY", 2)  # the world made one
    assert delivered(provider).status_code == 201
    answer = delivered(provider)
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert answer["Retry-After"] == "3600"


def test_files_have_a_daily_limit_in_bytes_and_one_in_number(monkeypatch, provider) -> None:
    key = delivered(provider).json()["key"]
    monkeypatch.setattr(at_work, "BYTES_A_DAY", 1000)
    answer = provider.post(f"{URL}/{key}/uploads", {"filename": "a.bin", "size": 900})
    assert answer.status_code == 429
    monkeypatch.undo()
    monkeypatch.setattr(at_work, "FILES_OF_ONE", 1)
    sent = {"file": SimpleUploadedFile("a.txt", b"abc")}
    assert provider.post(f"{URL}/{key}/files", sent, format="multipart").status_code == 429


def test_a_statement_too_large_is_refused_as_a_problem(provider) -> None:
    answer = delivered(provider, text="x" * 1024**2)
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")


def test_nobody_signs_in_as_a_portal_or_gives_it_a_role(world: World, portal) -> None:
    account = portal.account
    with pytest.raises(ValidationError, match="nobody signs in"):
        set_password(account, "a long password of a portal", **BY)
    with pytest.raises(ValidationError, match="nobody signs in"):
        issue_setup_code(account, SetupCode.Purpose.RECOVERY, **BY)
    with pytest.raises(ValidationError, match="portal"):
        add_member(world.team, account, Role.ANALYST, **BY)
    account.set_password("a long password of a portal")
    for changes in ({"password": account.password}, {"is_auditor": True}, {"is_staff": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=account.pk).update(**changes)


def test_a_membership_slipped_in_shows_a_portal_nothing(world: World, portal, provider) -> None:
    portal.account.memberships.create(team=world.team, role=Role.MANAGER)
    account = User.objects.get(pk=portal.account.pk)
    assert {str(each) for each in account.standings()} == {"depositor"}
    assert not EvidenceItem.objects.visible_to(account).exists()
    assert provider.get("/api/v1/evidence").status_code == 403


def test_nobody_makes_a_delivering_key_as_a_token_of_their_own(world: World, portal) -> None:
    answer = clients(world)["counsel"].post(
        "/api/v1/tokens",
        {"name": "n", "scopes": ["deposit"], "expires": timezone.now() + timedelta(hours=1)},
    )
    assert answer.json()["errors"][0]["pointer"].startswith("#/scopes")
    ends = timezone.now() + timedelta(hours=1)
    for user, scopes in ((world.counsel, [Scope.DEPOSIT]), (portal.account, [Scope.READ])):
        with pytest.raises(ValidationError, match="page of its portal"):
            issue_token(user, "n", scopes, ends, actor=user, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.filter(user=world.counsel).update(scopes=["read", "deposit"])


def test_a_session_cannot_stand_in_for_a_key(portal) -> None:
    from rest_framework.test import APIClient

    client = APIClient()
    client.force_login(portal.account, backend="django.contrib.auth.backends.ModelBackend")
    assert delivered(client).status_code == 403


def test_no_key_is_made_for_an_account_that_is_closed(portal) -> None:
    User.objects.filter(pk=portal.account.pk).update(is_active=False)
    portal.account.refresh_from_db()
    with pytest.raises(ValidationError, match="closed"):
        issue_portal_key(portal, "n", timezone.now() + timedelta(days=1), **BY)


def test_unfinished_uploads_are_the_portals_own(world: World, provider) -> None:
    theirs = Upload.objects.exclude(pk=world.portal_upload.pk)[0]
    key = world.delivery.item.key
    assert provider.get(f"{URL}/{key}/uploads/{world.portal_upload.key}").status_code == 200
    assert provider.get(f"{URL}/{key}/uploads/{theirs.key}").status_code == 404
