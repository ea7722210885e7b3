"""Someone of the team enters a hand-over on the page of the item."""

import pytest

from tests.web.desk import page

pytestmark = pytest.mark.django_db


def test_it_is_entered_and_shown(browser, report) -> None:
    address = "/evidence/E-REPORT/custody/"
    assert f'href="{address}"' in page(browser, "/evidence/E-REPORT/").html
    assert "the item as a whole" in page(browser, address).text
    said = {
        "kind": "sealed", "exhibit": report.exhibits.get().pk, "what": "The drive, bag 4711",
        "on": "2026-03-04", "reason": "It came by courier",
    }  # fmt: skip
    for name in ("kind", "what", "on", "reason"):
        assert browser.post(address, said | {name: ""}).status_code == 422, name
    assert browser.post(address, said | {"on": "2999"}).status_code == 422
    assert browser.post(address, said).status_code == 302
    shown = page(browser, "/evidence/E-REPORT/").text
    assert "sealed (accounts.csv): The drive, bag 4711, on 2026-03-04" in shown
    assert "It came by courier" in shown
