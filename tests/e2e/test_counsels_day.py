"""One day of counsel: answers what cuts the other way, writes, signs; the sign-off goes stale."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageAs
from tests.e2e.watch import Watch

CASE = "/cases/DEMO-EO13694-DEEPSEEK/"
ELEMENT = f"{CASE}elements/CY-7/"
PATIENCE = 120  # seconds until a worker on a busy machine has assessed a case anew


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Read the page again until what an assessment in the background brings is there."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "the case was not assessed anew"
        time.sleep(1)
        page.reload()


def test_answers_writes_signs_and_sees_the_sign_off_go_stale(page_as: PageAs) -> None:
    page = page_as("counsel")
    page.goto(CASE)
    page.locator(".matrix").get_by_role("link", name="CY-7", exact=True).click()
    page.wait_for_url(f"**{ELEMENT}")

    # Answer what cuts the other way, where it stands.
    against = page.locator("section", has=page.get_by_role("heading", name="Evidence against"))
    expect(against.get_by_text("Nobody has answered it.").first).to_be_visible()
    for _ in range(against.get_by_text("Nobody has answered it.").count()):
        open_one = against.locator("article.unanswered").first
        open_one.get_by_label("The answer").fill("It speaks of another matter and another year.")
        open_one.get_by_role("button", name=re.compile("Keep the answer to")).click()
        expect(page.get_by_text(re.compile("is answered"))).to_be_visible()
    expect(against.get_by_text("Nobody has answered it.")).to_have_count(0)
    until(page, lambda: not page.locator(".weakness", has_text="contrary unaddressed").count())

    # Write beside the evidence; a pause in typing keeps a draft and shows how it will read.
    page.get_by_role("link", name="Write the finding").first.click()
    field = page.get_by_label("The finding", exact=False).and_(
        page.locator("#write textarea[name=text]")
    )
    field.fill("The reports show the conduct:")
    cite = page.locator("button[data-cite]").first
    key = cite.get_attribute("data-cite") or ""
    cite.click()
    expect(field).to_have_value(f"The reports show the conduct: {key}")
    field.press_sequentially(", and E-NOWHERE does not.")
    expect(page.locator("#draft")).to_contain_text("Draft kept", timeout=30_000)
    expect(page.locator("#draft a.citation")).to_have_text(key)
    expect(page.locator("#draft")).to_contain_text("Not linked to this case: E-NOWHERE")
    page.goto(ELEMENT)
    page.get_by_role("link", name="Write the finding").first.click()
    expect(field).to_have_value(f"The reports show the conduct: {key}, and E-NOWHERE does not.")
    field.fill(f"The reports show the conduct: {key}. It meets the words of the order.")
    page.get_by_role("button", name="Save the finding").click()
    expect(page.locator(".finding a.citation")).to_have_text(key)
    expect(page.get_by_text("cannot be its only signer")).to_be_visible()

    # Another counsel signs the wording that was read.
    other = page_as("counsel2")
    other.goto(ELEMENT)
    sign = other.get_by_role("button", name="Sign revision 1")
    until(other, lambda: sign.count() == 1)
    sign.click()
    expect(other.get_by_text("Signed on the record as it is.")).to_be_visible()

    # An analyst attaches an item that the finding did not know of.
    analyst = page_as("analyst")
    analyst.goto(ELEMENT)
    analyst.get_by_role("link", name="Attach evidence for it").click()
    already = analyst.locator("ul.lines li", has_text="already on it")
    fresh = (
        analyst.locator("ul.lines li").filter(has_not=already).filter(has_not_text="already on it")
    )
    added = fresh.first.locator("a.key").inner_text()
    fresh.first.locator("a.key").click()
    analyst.get_by_label("Why it bears on the element").fill("It names the same accounts.")
    analyst.get_by_role("button", name=f"Attach {added}").click()
    expect(analyst.get_by_text(f"{added} is attached to CY-7.")).to_be_visible()

    # The sign-off goes stale, and says why.
    changed = other.get_by_text("the record beneath it has changed since")
    until(other, lambda: changed.count() == 1)
    expect(other.get_by_text(f"{added} was linked for it.")).to_be_visible()
    other.goto(CASE)
    expect(other.locator(".matrix tr", has_text="CY-7")).to_contain_text("stale")


def test_two_writers_lose_nothing(page_as: PageAs, watch: Watch) -> None:
    watch.expect("409")  # the second saving is answered so; the browser says it too
    address = f"{CASE}elements/CY-1/finding/"
    first, second = page_as("counsel"), page_as("counsel2")
    first.goto(address)
    second.goto(address)
    second.locator("#write textarea[name=text]").fill("What the second wrote.")
    second.get_by_role("button", name="Save the finding").click()
    expect(second.get_by_text("What the second wrote.").first).to_be_visible()
    first.locator("#write textarea[name=text]").fill("What the first wrote.")
    expect(first.locator("#draft")).to_contain_text("saved revision 1 while you wrote")
    first.get_by_role("button", name="Save the finding").click()
    conflict = first.locator(".conflict")
    expect(conflict).to_contain_text("Nothing is lost")
    expect(conflict).to_contain_text("What the second wrote.")
    expect(conflict).to_contain_text("What the first wrote.")
    first.locator("#write textarea[name=text]").fill("What both wrote.")
    first.get_by_role("button", name="Save the finding").click()
    expect(first.locator(".finding").first).to_contain_text("What both wrote.")


def test_every_page_of_a_case_is_sound(page_as: PageAs) -> None:
    page = page_as("counsel")
    for tab in ("", "decision/", "stress/", "compare/", "gap/", "chronology/", "changes/"):
        answer = page.goto(f"{CASE}{tab}")
        assert answer and answer.ok, tab
    page.goto(f"{CASE}what-if/")
    page.locator("summary", has_text="Without a source").click()
    page.get_by_role("button", name=re.compile("Suppose it.*Without a source")).click()
    expect(page.get_by_text("The case:")).to_be_visible()
