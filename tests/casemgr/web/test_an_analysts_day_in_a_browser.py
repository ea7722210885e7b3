"""A report of fraudulent accounts is logged with its file and linked; the flag clears.

In a real Chromium: the form, its script, the checks while one types and the content policy are
the real ones.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright

from access.words import Role
from casemgr.models import TrackedFlag
from casemgr.reassess.assess import assess_case
from evidence.models import CustodyKind, EntryDraft, EvidenceItem
from tests.access.factories import TeamFactory, member
from tests.casemgr.factories import DesigneeFactory, a_case
from tests.evidence.intake.working import taken_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(live_server) -> Iterator[Page]:
    """A window of Chromium; what it complains of fails the test."""
    # Playwright's loop runs in this thread, and Django takes any loop for an asynchronous caller.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    complaints: list[str] = []
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        window = browser.new_context(base_url=live_server.url).new_page()
        window.set_default_timeout(30_000)
        window.on("pageerror", lambda error: complaints.append(str(error)))
        window.on(
            "console",
            lambda said: complaints.append(said.text) if said.type == "error" else None,
        )
        yield window
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    assert complaints == []


def test_log_a_report_with_a_file_link_it_and_see_the_flag_clear(page, live_server, tmp_path):
    team = TeamFactory()
    analyst = member(team, Role.ANALYST)
    case = a_case(team, designee=DesigneeFactory(name="Quiet Harbor"), actor=analyst)
    assess_case(case.key)
    flag = TrackedFlag.objects.get(case=case, element_code="L-1", doctrine="no-evidence")
    assert flag.cleared_on is None
    client = Client()
    client.force_login(analyst)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    page.goto("/evidence/")
    page.keyboard.press("n")
    page.wait_for_url("**/evidence/new/")
    page.get_by_role("link", name="fraudulent account report", exact=True).click()
    page.get_by_label("Address or citation").fill(
        "https://news.example.org/2026/11/20/quiet-harbor-accounts"
    )
    page.get_by_label("Accounts", exact=True).fill("many")
    expect(page.locator("#checks")).to_contain_text("Write a whole number")
    expect(page.get_by_label("Title", exact=True)).to_have_value("Quiet harbor accounts")
    page.get_by_label("Accounts", exact=True).fill("900")
    expect(page.locator("#checks")).not_to_contain_text("Write a whole number")
    page.get_by_label("What it says", exact=False).first.fill(
        "Quiet Harbor is engaged in the conduct."
    )
    rows = tmp_path / "accounts.csv"
    rows.write_text("account,day\n1,2026-11-01\n")
    page.locator("#file").set_input_files(rows)
    expect(page.locator("#dropped")).to_contain_text("accounts.csv")
    page.reload()  # nothing typed is lost
    expect(page.get_by_label("Accounts", exact=True)).to_have_value("900")
    page.get_by_role("button", name="Log it").click()

    page.wait_for_url("**/bears/**")
    item = EvidenceItem.objects.get()
    assert item.fraudulent_accounts.accounts == 900
    assert [exhibit.filename for exhibit in item.exhibits.all()] == ["accounts.csv"]
    assert EntryDraft.objects.count() == 0
    first = page.locator(".offer").first
    expect(first).to_contain_text("L-1")
    expect(first).to_contain_text("it names the designee")
    first.get_by_role("checkbox").check()
    page.get_by_label("Why it bears on the element", exact=False).fill("It shows the conduct.")
    page.get_by_role("button", name="Link it").click()

    page.wait_for_url(f"**/evidence/{item.key}/")
    expect(page.locator(".files")).to_contain_text("inspection is waiting for a worker")
    taken_in()
    page.get_by_role("link", name="Look at it").click()  # the page has asked anew by itself
    expect(page.locator(".preview")).to_contain_text("2026-11-01")
    assert item.custody.filter(kind=CustodyKind.VIEWED).count() == 1
    assess_case(case.key)  # what the worker does within seconds
    flag.refresh_from_db()
    assert flag.cleared_on is not None
