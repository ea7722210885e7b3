"""A stored file is altered on the disk: item, element and counsel learn of it, and it heals."""

import hashlib

import pypdfium2
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageAs
from tests.e2e.service import Service
from tests.e2e.watch import Watch, barriers, sideways

CONTENT = b"What the registry answered, on paper.\n"
ELEMENT = "/cases/DEMO-EL-DEEPSEEK/elements/EL-3/"
SAID = "its bytes do not match the recorded hash"


def attach(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_text("Attach a file", exact=True).click()
    file = {"name": "registry answer.txt", "mimeType": "text/plain", "buffer": CONTENT}
    page.locator("#attach input[type=file]").set_input_files(file)
    page.get_by_label("Where it came from").fill("the registry, by courier")
    page.get_by_role("button", name="Attach", exact=True).click()
    expect(page.locator(".files li", has_text="registry answer.txt")).to_be_visible()


def test_followed_to_the_element_and_back(page_as: PageAs, service: Service, watch: Watch) -> None:
    # What counsel visited is visited again as the analyst, who has no certificates made.
    watch.expect("403")
    analyst, counsel = page_as("analyst"), page_as("counsel")
    analyst.goto(ELEMENT)
    address = analyst.locator("a[href^='/evidence/E-']").first.get_attribute("href") or ""
    attach(analyst, address)
    file = analyst.locator(".files li", has_text="registry answer.txt")
    expect(file).to_contain_text("Stored bytes not read again since they were received.")

    sha256 = hashlib.sha256(CONTENT).hexdigest()
    stored = service.logs.parent / "data" / "exhibits" / sha256[:2] / sha256[2:4] / sha256
    stored.chmod(0o600)
    stored.write_bytes(CONTENT.replace(b"paper", b"vapor"))
    file.get_by_role("link", name="Check them now").click()
    analyst.get_by_label("Reason").fill("The hearing is tomorrow")
    assert barriers(analyst) == []
    analyst.get_by_role("button", name="Save").click()
    expect(analyst.locator(".item-head")).to_contain_text("Not whole as stored")
    expect(file).to_contain_text("other bytes than were received")
    expect(file.get_by_role("link", name="Download")).to_have_count(0)
    assert barriers(analyst) == []

    narrow = page_as("counsel", width=320, dark=True)
    narrow.goto(address)
    assert sideways(narrow) == 0
    assert barriers(narrow) == []
    until_said(counsel, ELEMENT, SAID)
    counsel.goto("/notifications/")
    notice = counsel.get_by_role("link", name="The service found a stored file not whole").first
    notice.click()
    counsel.wait_for_url(f"**{address}#files")

    attach(analyst, address)
    expect(analyst.locator(".item-head")).not_to_contain_text("Not whole as stored")
    until_said(counsel, ELEMENT, SAID, gone=True)

    counsel.goto(address)
    counsel.get_by_role("link", name="Certificate of custody for registry answer.txt").click()
    counsel.get_by_label("Reason").fill("For the hearing")
    with counsel.expect_download() as download:
        counsel.get_by_role("button", name="Make the certificate").click()
    pages = pypdfium2.PdfDocument(download.value.path())
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
    assert "The stored bytes were not always found whole: 1 entry shows otherwise" in text
    assert "the registry, by courier" in text


def until_said(page: Page, address: str, words: str, *, gone: bool = False) -> None:
    """Look again until a worker has assessed what changed."""
    for _ in range(60):
        page.goto(address)
        if (words in page.locator("main").inner_text()) != gone:
            return
        page.wait_for_timeout(1_000)
    raise AssertionError(f"a minute passed and {address} still {'says' if gone else 'lacks'} it")
