"""Counsel has a certificate made from the page of the item; others are not offered one."""

import pytest
from django.test import Client

from access.words import Role
from tests.access.factories import member
from tests.evidence.integrity.damage import alter, restore
from tests.web.desk import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def counsel(team) -> Client:
    client = Client()
    client.force_login(member(team, Role.COUNSEL))
    return client


@pytest.fixture
def exhibit(report):
    return report.exhibits.get()


@pytest.fixture
def address(exhibit) -> str:
    return f"/evidence/E-REPORT/exhibits/{exhibit.pk}/certificate/"


def test_counsel_says_what_for_and_gets_a_pdf(counsel, address) -> None:
    assert f'href="{address}"' in page(counsel, "/evidence/E-REPORT/").html
    shown = page(counsel, address)
    assert "It is unsigned, and no legal advice." in shown.text
    assert "Make the certificate" in shown.text
    assert counsel.post(address, {"reason": ""}).status_code == 422
    answer = counsel.post(address, {"reason": "For the hearing"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer.content.startswith(b"%PDF-")
    assert "certificate of custody made" in page(counsel, "/evidence/E-REPORT/").text


def test_an_analyst_is_not_offered_one_and_is_refused(browser, exhibit, address) -> None:
    assert address not in page(browser, "/evidence/E-REPORT/").html
    assert browser.get(address).status_code == 403
    assert browser.post(address, {"reason": "Mine"}).status_code == 403
    assert not exhibit.custody.filter(kind="certified").exists()


def test_of_altered_bytes_it_is_refused_and_says_why(counsel, exhibit, address) -> None:
    alter(exhibit)
    answer = counsel.post(address, {"reason": "For the hearing"})
    assert answer.status_code == 422
    assert "nothing can be certified of them" in answer.content.decode()
    assert address not in page(counsel, "/evidence/E-REPORT/").html
    restore(exhibit, b"account,day\n1,2026-02-01\n")
