"""Keys lead where the page says, and never while one types."""

from playwright.sync_api import expect

from tests.e2e.conftest import PageAs
from tests.e2e.watch import Watch


def test_a_slash_goes_to_the_search(page_as: PageAs) -> None:
    page = page_as("counsel")
    page.keyboard.press("/")
    expect(page.locator("#site-search")).to_be_focused()
    assert page.locator("#site-search").input_value() == ""


def test_g_and_c_open_the_docket(page_as: PageAs) -> None:
    page = page_as("counsel")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/cases/")


def test_what_is_typed_into_a_field_is_no_shortcut(page_as: PageAs) -> None:
    page = page_as("counsel")
    before = page.url
    page.locator("#site-search").focus()
    page.keyboard.type("g c ?/n")
    assert page.locator("#site-search").input_value() == "g c ?/n"
    assert page.url == before
    assert page.locator("dialog[open]").count() == 0


def test_control_and_enter_send_an_entry_while_one_types(page_as: PageAs, watch: Watch) -> None:
    watch.expect("422")  # nothing is logged without what it says
    page = page_as("analyst")
    page.goto("/evidence/new/press-report/")
    page.get_by_label("Title", exact=True).fill("A paper")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Not saved yet")
    page.locator("h1").click()
    page.keyboard.press("?")
    row = page.get_by_role("dialog").locator("tr", has_text="Log it")
    expect(row).to_contain_text("Ctrl + Enter")


def test_help_lists_the_keys_of_this_page_and_closes_by_keyboard(page_as: PageAs) -> None:
    page = page_as("counsel")
    page.keyboard.press("?")
    help_dialog = page.get_by_role("dialog", name="Keys on this page")
    expect(help_dialog).to_be_visible()
    rows = [row.inner_text() for row in help_dialog.locator("tbody tr").all()]
    assert any("g then c" in row and "Docket" in row for row in rows)
    assert any(row.startswith("/") and "Search evidence" in row for row in rows)
    page.keyboard.press("Escape")
    expect(help_dialog).to_be_hidden()
    page.keyboard.press("?")
    help_dialog.get_by_role("button", name="Close").press("Enter")
    expect(help_dialog).to_be_hidden()


def test_single_keys_can_be_turned_off_and_help_stays(page_as: PageAs) -> None:
    page = page_as("counsel")
    page.keyboard.press("?")
    page.get_by_label("Single keys act on pages").press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#site-search")).not_to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_focus_stays_in_a_row_that_is_replaced(page_as: PageAs) -> None:
    page = page_as("analyst")
    page.goto("/tasks/")
    row = page.locator("table.tasks tbody tr").first
    row.get_by_role("button", name="Begin").press("Enter")
    expect(row).to_contain_text("being done")
    expect(row).to_be_focused()
    page.keyboard.press("Tab")
    expect(row.get_by_role("link").first).to_be_focused()
    row.get_by_role("button", name="Put back").click()
    expect(row).to_contain_text("open")


def test_skip_link_comes_first(page_as: PageAs) -> None:
    page = page_as("counsel")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
