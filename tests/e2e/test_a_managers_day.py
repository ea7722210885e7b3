"""A manager narrows the docket, keeps the list, takes it away, follows a number to its cases."""

import csv
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import PageAs


def test_filter_keep_take_away_and_follow_a_number(page_as: PageAs, tmp_path: Path) -> None:
    page = page_as("manager")
    page.goto("/cases/?view=all")
    page.locator("main select#grade").select_option("weak")
    page.get_by_role("button", name="Filter", exact=True).click()
    page.wait_for_url("**grade=weak**")
    listed = page.locator("table.docket tbody tr")
    number = listed.count()
    assert number > 0
    region = page.get_by_role("region", name="Cases")
    assert region.evaluate("it => it.scrollWidth <= it.clientWidth"), "it scrolls sideways"

    page.get_by_text("Keep this list").click()
    page.locator("#id_view-name").fill("Weak ones")
    page.get_by_role("button", name="Keep it").click()
    page.goto("/cases/?view=all")
    page.get_by_role("navigation", name="Saved views").get_by_role("link", name="Weak ones").click()
    page.wait_for_url("**grade=weak**")
    expect(listed).to_have_count(number)

    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    file = tmp_path / "docket.csv"
    taken.value.save_as(file)
    rows = list(csv.reader(file.read_text().splitlines()))
    assert len(rows) == number + 2  # the handling and the names of the columns

    page.goto("/status/")
    figure = page.get_by_role("link", name="open cases")
    stated = int(figure.inner_text().split()[0])
    figure.click()
    page.wait_for_url("**stage=open**")
    expect(listed).to_have_count(stated)
    page.goto("/board/")
    expect(page.get_by_role("heading", name="Docket by stage")).to_be_visible()


def test_who_leads_and_what_is_due_are_in_sight_at_1280(page_as: PageAs) -> None:
    page = page_as("manager", width=1280)
    page.goto("/cases/")
    table = page.locator("table.docket")
    assert table.evaluate("each => each.scrollWidth <= each.parentElement.clientWidth")
