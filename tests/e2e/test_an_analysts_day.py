"""One day of an analyst: a flag, the report that answers it with its file, and the flag clears."""

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import PageAs
from tests.e2e.test_counsels_day import until

ELEMENT = "/cases/DEMO-IEEPA-PROXY/elements/ID-4/"


def test_logs_what_is_missing_and_sees_the_flag_clear(page_as: PageAs, tmp_path: Path) -> None:
    page = page_as("analyst")
    page.goto(ELEMENT)
    flag = page.locator(".weakness", has_text="no evidence")
    expect(flag).to_have_count(1)
    flag.get_by_role("link", name="Attach evidence").first.click()
    page.get_by_role("link", name="Log it as new evidence").click()
    page.get_by_role("link", name="fraudulent account report", exact=True).click()

    page.get_by_label("Title", exact=True).fill("The operator's seat")
    page.get_by_label("What it says").first.fill("The operator is a foreign person, seated abroad.")
    page.get_by_label("Accounts", exact=True).fill("900")
    rows = tmp_path / "accounts.csv"
    rows.write_text("account,day\n1,2026-11-01\n")
    page.locator("#file").set_input_files(rows)
    expect(page.locator("#dropped")).to_contain_text("accounts.csv")
    page.get_by_role("button", name="Log it").click()

    # Back at the element, with the new item in hand.
    page.wait_for_url("**/elements/ID-4/attach/?*")
    expect(page.get_by_text("The operator is a foreign person")).to_be_visible()
    page.get_by_label("Why it bears on the element").fill("It names the seat.")
    page.get_by_role("button", name="Attach E-").click()
    page.wait_for_url(f"**{ELEMENT}**")

    # A worker assesses the case anew; nobody asked it to.
    until(page, lambda: flag.count() == 0)
    support = page.locator("section", has=page.get_by_role("heading", name="Evidence for"))
    expect(support.get_by_text("The operator is a foreign person")).to_be_visible()
