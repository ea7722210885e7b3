"""`make screenshots`: the main pages of the demonstration docket as pictures in docs/screenshots.

A page is added to PAGES; docs/pages.md shows what is listed here, and a test compares the two.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

from config.environment import PROJECT

FOLDER = PROJECT / "docs" / "screenshots"


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as one role sees it. ``tall`` shows more than the first screen."""

    name: str
    who: str
    address: str
    words: str  # what the picture shows, for its caption
    width: int = 1440
    height: int = 900
    dark: bool = False


CASE = "/cases/DEMO-EL-DEEPSEEK/"
PAGES = (
    Picture("my-work", "counsel", "/", "My work: what needs one today"),
    Picture("docket", "manager", "/cases/", "The docket: what is ready, what is stuck, on whom"),
    Picture("case", "counsel", CASE, "A case: on which elements it would stand today", height=1100),
    Picture(
        *("element", "counsel", f"{CASE}elements/EL-3/"),
        *("An element: the law and the finding at left, the evidence at right",),
        height=1300,
    ),
    Picture("stress", "counsel", f"{CASE}stress/", "Stress: the record without what falls"),
    Picture("evidence", "analyst", "/evidence/", "Evidence: search, and what narrows it"),
    Picture(
        *("evidence-item", "analyst", "/evidence/E-ANTHROPIC-DISCLOSURE/"),
        *("An item: who says so, how they know, what rests on it",),
        height=1300,
    ),
    Picture("library", "counsel", "/library/", "The authority library, version by version"),
    Picture("case-dark", "counsel", CASE, "A case in dark colors", dark=True),
    Picture("case-narrow", "counsel", CASE, "A case at 320 pixels", width=320, height=900),
)


def take(browser: Browser, url: str, password: str, folder: Path) -> None:
    """Write every picture. Raises RuntimeError when a page does not answer 200."""
    folder.mkdir(parents=True, exist_ok=True)
    for who in sorted({picture.who for picture in PAGES}):
        first = browser.new_context(base_url=url)
        page = first.new_page()
        page.goto("/accounts/login/")
        page.get_by_label("Username").fill(who)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{url}/")
        for picture in (each for each in PAGES if each.who == who):
            context = browser.new_context(
                base_url=url,
                storage_state=first.storage_state(),
                viewport={"width": picture.width, "height": picture.height},
                color_scheme="dark" if picture.dark else "light",
                reduced_motion="reduce",
            )
            page = context.new_page()
            answer = page.goto(picture.address)
            if answer is None or not answer.ok:
                raise RuntimeError(f"{picture.address} answered {answer and answer.status}")
            page.screenshot(path=folder / f"{picture.name}.png")
            context.close()
        first.close()


def main() -> int:
    """Run the service on a database of its own and take the pictures."""
    django.setup()
    # Reads the settings, so only now.
    from tests.e2e.conftest import FLAGS, chromium
    from tests.e2e.service import running_service
    from tests.template import make_template

    # Made now: within Playwright's loop Django may not connect.
    make_template(settings.ENVIRONMENT.database)
    with tempfile.TemporaryDirectory(prefix="casemgr-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        with running_service(Path(folder)) as service:
            take(browser, service.url, service.password, FOLDER)
        browser.close()
    print(f"{len(PAGES)} pictures in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
