"""Keys lead where the page says, and never while one types."""

from playwright.sync_api import expect

from tests.e2e.conftest import PageAs


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


def test_skip_link_comes_first(page_as: PageAs) -> None:
    page = page_as("counsel")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
