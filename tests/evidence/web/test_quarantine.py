"""A file in quarantine is named on the page with its reason, and neither shown nor handed out."""

import pytest
from django.test import Client

from access.words import Role
from evidence.actions import attach_exhibit
from evidence.models import Intake, IntakeState
from tests.access.factories import member
from tests.evidence.conftest import BY
from tests.evidence.intake import corpus
from tests.evidence.intake.working import taken_in
from tests.evidence.streams import of_bytes
from tests.web.desk import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def counsel(team) -> Client:
    client = Client()
    client.force_login(member(team, Role.COUNSEL))
    return client


@pytest.fixture
def exhibit(report):
    """A PDF that is an archive as well, in quarantine."""
    content = corpus.PDF + corpus.zipped(("a", b"x"))
    exhibit = attach_exhibit(report, of_bytes(content), "scan.pdf", **BY)
    taken_in()
    return exhibit


def test_the_page_says_why_and_whom_to_ask(browser, exhibit) -> None:
    shown = page(browser, "/evidence/E-REPORT/").text
    assert "In quarantine" in shown
    assert "begins as a PDF and ends as a ZIP archive" in shown
    assert "Counsel or a manager of Desk one may release it" in shown
    assert f"/exhibits/{exhibit.pk}/release/" not in page(browser, "/evidence/E-REPORT/").html


@pytest.mark.parametrize(("way", "status"), [("", 200), ("file", 409), ("shown", 409)])
def test_nothing_of_it_is_shown_or_handed_out(browser, exhibit, way, status) -> None:
    answer = browser.get(f"/evidence/E-REPORT/exhibits/{exhibit.pk}/{way}")
    assert answer.status_code == status
    assert b"The file is in quarantine and is not handed out." in answer.content
    assert b"%PDF" not in answer.content
    assert b"<iframe" not in answer.content
    assert not exhibit.custody.filter(kind="viewed").exists()


def test_counsel_releases_it_with_a_reason(counsel, exhibit) -> None:
    address = f"/evidence/E-REPORT/exhibits/{exhibit.pk}/release/"
    assert f'href="{address}"' in page(counsel, "/evidence/E-REPORT/").html
    assert "begins as a PDF and ends as a ZIP archive" in page(counsel, address).text
    assert counsel.post(address, {"reason": ""}).status_code == 422
    assert counsel.post(address, {"reason": "Looked at on a machine apart"}).status_code == 302
    assert counsel.post(address, {"reason": "Once more"}).status_code == 422
    taken_in()
    shown = page(counsel, "/evidence/E-REPORT/").text
    assert "Looked at on a machine apart" in shown
    assert counsel.get(f"/evidence/E-REPORT/exhibits/{exhibit.pk}/file").status_code == 200


def test_an_analyst_may_not_release(browser, exhibit) -> None:
    address = f"/evidence/E-REPORT/exhibits/{exhibit.pk}/release/"
    assert browser.get(address).status_code == 403
    assert browser.post(address, {"reason": "I want it"}).status_code == 403
    assert Intake.objects.get(exhibit=exhibit).state == IntakeState.QUARANTINED


def test_until_it_is_inspected_it_says_so_and_asks_again(browser, report) -> None:
    exhibit = attach_exhibit(report, of_bytes(corpus.PDF), "scan.pdf", **BY)
    address = f"/evidence/E-REPORT/exhibits/{exhibit.pk}"
    shown = page(browser, "/evidence/E-REPORT/")
    assert "Being taken in: inspection is waiting for a worker." in shown.text
    assert f'hx-get="{address}/intake"' in shown.html
    assert "not been inspected yet" in page(browser, f"{address}/").text
    assert browser.get(f"{address}/shown").status_code == 409
    taken_in()
    part = browser.get(f"{address}/intake").content.decode()
    assert "Being taken in" not in part
    assert f'hx-get="{address}/"' in part
    assert f"{address}/intake" not in part
