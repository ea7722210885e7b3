"""What fails says so and loses nothing; what is printed says on each sheet what it is."""

from playwright.sync_api import expect

from tests.e2e.conftest import PageAs
from tests.e2e.watch import Watch


def test_a_part_that_fails_to_load_says_that_nothing_was_lost(
    page_as: PageAs, watch: Watch
) -> None:
    watch.expect("404")
    page = page_as("counsel")
    page.evaluate("() => { htmx.ajax('GET', '/nowhere/', '#main') }")
    alert = page.locator(".failures")
    expect(alert).to_contain_text("Not done, and nothing was lost")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    alert.get_by_role("button", name="Close").click()
    expect(alert).to_be_hidden()


def test_the_service_out_of_reach_says_so(page_as: PageAs, watch: Watch) -> None:
    watch.expect("ERR_FAILED")
    watch.expect("htmx:")
    page = page_as("counsel")
    page.route("**/library/", lambda route: route.abort())
    page.evaluate("() => { htmx.ajax('GET', '/library/', '#main').catch(() => null) }")
    expect(page.locator(".failures")).to_contain_text("could not be reached")


def test_the_handling_of_a_page_heads_every_printed_sheet(page_as: PageAs) -> None:
    page = page_as("counsel")
    page.goto("/cases/DEMO-EL-DEEPSEEK/")
    expect(page.locator(".handling")).to_contain_text("Attorney work product")
    page.emulate_media(media="print")
    # A browser repeats the head of a table on each sheet.
    display = "element => getComputedStyle(element).display"
    assert page.locator(".handling").evaluate(display) == "table-header-group"
    for hidden in (".masthead", ".places", ".breadcrumbs"):
        expect(page.locator(hidden)).to_be_hidden()
    page.emulate_media(media="screen")


def test_the_page_keeps_within_the_screen_at_twice_the_size(page_as: PageAs) -> None:
    # 200 % zoom of a 1280 px window leaves 640 px.
    page = page_as("counsel", width=640)
    for place in ("/", "/cases/", "/cases/DEMO-EL-DEEPSEEK/", "/evidence/"):
        page.goto(place)
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(f"() => {overflow}") <= 0, place


def test_paper_shows_every_item_and_none_of_the_links_to_act(page_as: PageAs) -> None:
    page = page_as("counsel")
    page.goto("/cases/DEMO-EL-DEEPSEEK/elements/EL-3/")
    folded = page.locator("details.copies .card").first
    to_act = page.get_by_text("Assign as task").first
    expect(folded).to_be_hidden()
    expect(to_act).to_be_visible()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()
    expect(to_act).to_be_hidden()
    page.emulate_media(media="screen")
