"""The admin site shows the law to administrators, changes nothing, and holds no case content."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from access.actions import create_account
from designations.actions import load_authority, load_library, verify_text
from designations.library.model import Authority
from designations.models import AuthorityVersion, Verification

pytestmark = pytest.mark.django_db

BY: Any = {"actor": "system:test", "reason": "a test"}


@pytest.fixture
def administrator(client: Client) -> Client:
    account = create_account("keeper", "a long password of keeper", standing="administrator", **BY)
    client.force_login(account)
    return client


def test_an_administrator_reads_a_version_and_its_parts(
    administrator: Client, authority: Authority
) -> None:
    version = load_authority(authority).version

    for page in ("", f"{version.pk}/change/"):
        assert administrator.get(f"/admin/designations/authorityversion/{page}").status_code == 200
    text = administrator.get(f"/admin/designations/authorityversion/{version.pk}/change/").content
    assert b"is affiliated with" in text
    assert b'name="_save"' not in text


def test_the_text_cannot_be_changed_there(administrator: Client, authority: Authority) -> None:
    version = load_authority(authority).version
    address = f"/admin/designations/authorityversion/{version.pk}"

    assert administrator.post(f"{address}/change/", {"title": "another"}).status_code == 403
    assert administrator.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert administrator.get("/admin/designations/authorityversion/add/").status_code == 403
    assert AuthorityVersion.objects.get().title == "An example list"


def test_only_counsel_vouches_for_a_text_so_the_admin_does_not(
    administrator: Client, authority: Authority
) -> None:
    version = load_authority(authority).version
    row = verify_text(version, "element", "X-2", "differs", source="the code", **BY)
    address = f"/admin/designations/verification/{row.pk}/change/"

    assert administrator.get(address).status_code == 200
    assert administrator.post(address, {"status": "verified"}).status_code == 403
    assert Verification.objects.get(pk=row.pk).status == "differs"


def test_others_see_nothing_there(client: Client, authority: Authority) -> None:
    account = create_account("staff", "a long password of staff", **BY)
    account.is_staff = True
    account.save()
    client.force_login(account)

    assert client.get("/admin/designations/authorityversion/").status_code == 403


def test_the_page_of_a_version_asks_as_often_for_ten_elements_as_for_two(
    administrator: Client, authority: Authority
) -> None:
    load_library()
    small = load_authority(authority).version
    large = max(AuthorityVersion.objects.all(), key=lambda version: version.elements.count())
    assert large.elements.count() >= 10

    def page(version: AuthorityVersion) -> str:
        return f"/admin/designations/authorityversion/{version.pk}/change/"

    administrator.get(page(small))  # what is looked up once for everybody is looked up here
    counts = []
    for version in (small, large):
        with CaptureQueriesContext(connection) as queries:
            administrator.get(page(version))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_no_designee_and_no_evidence_is_registered() -> None:
    registered = {model._meta.label for model in admin.site._registry}

    assert not {label for label in registered if label.startswith("evidence.")}
    assert {label for label in registered if label.startswith("designations.")} == {
        "designations.Authority",
        "designations.AuthorityVersion",
        "designations.Verification",
    }
