"""An analyst has the rows of a file read; the worker computes, and the page shows what came out."""

from playwright.sync_api import expect

from tests.e2e.conftest import PageAs
from tests.e2e.watch import barriers, sideways

ROWS = (
    "shipment_id,origin,destination,consignee,quantity,value_usd,shipped_at\n"
    "S-1,US,MY,Harbor Trading,64,2400000,2026-01-05 08:00:00\n"
    "S-2,US,MY,Harbor Trading,32,1200000,2026-02-11 08:00:00\n"
    "S-3,US,SG,Quiet Logistics,8,310000,2026-02-20 08:00:00\n"
)


def test_rows_become_figures_that_anyone_can_compute_again(page_as: PageAs) -> None:
    page = page_as("analyst")
    page.goto("/evidence/")
    page.locator(".evidence-rows th a").first.click()
    page.wait_for_url("**/evidence/E-*/")
    address = page.url
    page.get_by_text("Attach a file", exact=True).click()
    file = {"name": "shipments.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Attach", exact=True).click()
    taken = page.locator(".files li", has_text="shipments.csv")
    expect(taken.get_by_role("link", name="Look at it")).to_be_visible(timeout=60_000)

    page.get_by_role("link", name="Read a file as data").click()
    page.get_by_label("File").select_option(label="shipments.csv")
    page.get_by_label("Its rows are").select_option("shipments")
    assert barriers(page) == []
    page.get_by_role("button", name="Match its columns").click()
    expect(page.get_by_label("shipment id")).to_have_value("shipment_id")
    expect(page.get_by_text("7 of 13 columns were found")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Read and compute").click()

    page.wait_for_url("**/evidence/E-*/#data")
    page.get_by_role("link", name="Show what came out").click(timeout=60_000)
    data = page.locator("section", has=page.locator("#data"))
    expect(data).to_contain_text("every row can be read")
    data.locator("summary", has_text="How much went which way?").click()
    expect(data.get_by_role("region", name="shipments-by-route")).to_contain_text("3,600,000")
    expect(data.get_by_role("img", name="How much went which way?")).to_be_visible()
    assert barriers(page) == []

    data.locator("summary", has_text="What went through transshipment hubs").click()
    data.get_by_text("Compute it with other parameters").last.click()
    data.get_by_label("Countries taken as hubs").fill("MY")
    assert barriers(page) == []
    data.get_by_role("button", name="Compute", exact=True).last.click()
    page.get_by_role("link", name="Show what came out").click(timeout=60_000)
    expect(data).to_contain_text("1 new")
    expect(data).to_contain_text("with hubs = MY")
    assert barriers(page) == []

    narrow = page_as("counsel", width=320, dark=True)
    narrow.goto(address)
    narrow.locator("summary", has_text="How much went which way?").click()
    assert sideways(narrow) == 0
    assert barriers(narrow) == []
