"""The page of an item says which of its files is not what was received, and lets one look again."""

import pytest

from evidence.actions.integrity import go_on_reading
from tests.evidence.integrity.damage import alter, restore
from tests.web.desk import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def exhibit(report):
    return report.exhibits.get()


def test_it_says_when_it_was_last_found_whole(browser, exhibit) -> None:
    assert "not read again since they were received" in page(browser, "/evidence/E-REPORT/").text
    go_on_reading()
    assert "Stored bytes last read and found whole on" in page(browser, "/evidence/E-REPORT/").text


def test_a_file_that_differs_is_named_at_the_top_and_is_not_offered(browser, exhibit) -> None:
    alter(exhibit)
    go_on_reading()
    shown = page(browser, "/evidence/E-REPORT/")
    assert "Not whole as stored: other bytes than were received" in shown.text
    assert "nobody can show today that this is what was received" in shown.text
    assert f"/exhibits/{exhibit.pk}/file" not in shown.html
    listed = page(browser, "/evidence/?exhibit=not-whole")
    assert "a file not whole as stored" in listed.text
    assert "E-REPORT" in listed.text
    assert "E-LETTER" not in listed.text


def test_one_asks_with_a_reason_and_it_clears_when_restored(browser, exhibit) -> None:
    address = f"/evidence/E-REPORT/exhibits/{exhibit.pk}/check/"
    assert address in page(browser, "/evidence/E-REPORT/").html
    alter(exhibit)
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "It looks odd"}).status_code == 302
    shown = page(browser, "/evidence/E-REPORT/").text
    assert "Not whole as stored" in shown
    assert "bytes do not match" in shown
    assert "It looks odd" in shown
    restore(exhibit, b"account,day\n1,2026-02-01\n")
    assert browser.post(address, {"reason": "Restored from the backup"}).status_code == 302
    assert "Not whole as stored" not in page(browser, "/evidence/E-REPORT/").text
