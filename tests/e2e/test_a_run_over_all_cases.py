"""A manager has all cases assessed anew by the real worker, and watches without touching it."""

from playwright.sync_api import expect

from tests.e2e.conftest import PageAs


def test_a_run_is_started_and_watched_to_its_end(page_as: PageAs) -> None:
    page = page_as("manager")
    page.get_by_role("navigation", name="Places").get_by_text("Assessment runs").click()
    page.get_by_label("Why").fill("The review engine was updated")
    page.get_by_role("button", name="Start the run").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Assessment run over the cases of")
    here = page.url
    expect(page.get_by_role("heading", name="Finished")).to_be_visible(timeout=60_000)
    assert page.url == here
    bar = page.get_by_role("progressbar", name="Cases assessed")
    assert bar.get_attribute("value") == bar.get_attribute("max")
    expect(page.locator("#run-said")).to_contain_text("The run is finished")
    expect(page.get_by_text("No case changed grade.")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel the run")).to_have_count(0)
    page.set_viewport_size({"width": 320, "height": 800})
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(f"() => {overflow}") <= 0
