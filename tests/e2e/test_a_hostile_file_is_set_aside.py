"""A file that would harm is attached, set aside by the worker, and released by counsel."""

from playwright.sync_api import expect

from tests.e2e.conftest import PageAs
from tests.e2e.watch import Watch, barriers, sideways
from tests.evidence.intake import corpus


def test_set_aside_with_its_reason_and_released_with_another(page_as: PageAs, watch: Watch) -> None:
    # What counsel visited is visited again as the analyst, who may not release.
    watch.expect("403")
    page = page_as("analyst")
    page.goto("/evidence/")
    page.locator(".evidence-rows th a").first.click()
    page.wait_for_url("**/evidence/E-*/")
    address = page.url
    page.get_by_text("Attach a file", exact=True).click()
    hostile = {
        "name": "invoices.zip",
        "mimeType": "application/zip",
        "buffer": corpus.zipped(("../../etc/cron.d/job", b"x")),
    }
    page.locator("input[type=file]").set_input_files(hostile)
    page.get_by_role("button", name="Attach", exact=True).click()
    file = page.locator(".files li", has_text="invoices.zip")
    expect(file).to_contain_text("would write outside its folder", timeout=60_000)
    expect(file).to_contain_text("Counsel or a manager")
    expect(file.get_by_role("link", name="Download")).to_have_count(0)
    assert barriers(page) == []
    page.goto("/evidence/?exhibit=quarantined")
    expect(page.locator(".evidence-rows")).to_contain_text("a file in quarantine")
    assert barriers(page) == []

    narrow = page_as("counsel", width=320, dark=True)
    narrow.goto(address)
    assert sideways(narrow) == 0
    assert barriers(narrow) == []
    narrow.get_by_role("link", name="Release it, with a reason").click()
    narrow.get_by_label("Reason").fill("Examined on a machine apart: a backup's own layout")
    assert barriers(narrow) == []
    narrow.get_by_role("button", name="Save").click()
    released = narrow.locator(".files li", has_text="invoices.zip")
    expect(released).to_contain_text("a backup's own layout")
    expect(released.get_by_role("link", name="Download")).to_be_visible()
