"""A real browser on the real service. `page_as("counsel")` is a page in which counsel is signed in.

After each test every page it visited must have been silent (no error in the console, nothing the
policy refused, nothing asked of another host) and free of serious barriers as axe finds them.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from config.environment import PROJECT
from tests.e2e.service import Service, running_service
from tests.e2e.watch import AXE, Watch, barriers

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = Path(__file__).parent
PageAs = Callable[..., Page]


def pytest_itemcollected(item: pytest.Item) -> None:
    """They need a database and a queue, whatever fixtures they name."""
    if HERE in item.path.parents:
        item.add_marker(pytest.mark.integration)


def chromium() -> str:
    """The browser's program; empty where there is none."""
    named = os.environ.get("CASEMGR_CHROMIUM") or shutil.which("chromium") or ""
    return named if Path(named).is_file() else ""


def _missing(what: str) -> None:
    """A machine that promises browser tests must not pass without them."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} The variable CI is set, so this is a failure.", pytrace=False)
    pytest.skip(f"NO BROWSER TEST WAS RUN: {what}")


# The package's scope, not the session's: Playwright's loop must be gone before other tests ask the
# database in the same process.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium of the machine, or the one CASEMGR_CHROMIUM names."""
    executable = chromium()
    if not executable:
        _missing("Chromium is not installed. apt-get install chromium, or set CASEMGR_CHROMIUM.")
    if not AXE.exists() or not (PROJECT / ".assets").is_dir():
        _missing("Style sheets and axe are not there. Run: make .assets/.built")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def service(
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings: None,  # makes the template that its database is copied from
) -> Iterator[Service]:
    """gunicorn, a Celery worker and its clock on the demonstration docket, every case assessed."""
    with running_service(tmp_path_factory.mktemp("e2e")) as running:
        yield running


@pytest.fixture(scope="package")
def sessions() -> dict[str, StorageState]:
    """Cookies of those who signed in before: signing in is limited to thirty a minute."""
    return {}


@pytest.fixture(scope="package")
def examined() -> set[tuple[str, int, str]]:
    """(who, width, address) that axe has seen; it need not look twice at the same page."""
    return set()


@pytest.fixture
def watch(service: Service) -> Watch:
    """What the browser said during this test."""
    return Watch(service.url)


@pytest.fixture
def page_as(
    browser: Browser,
    service: Service,
    sessions: dict[str, StorageState],
    examined: set[tuple[str, int, str]],
    watch: Watch,
) -> Iterator[PageAs]:
    """A function that opens a page for a demonstration account, or for a stranger (``""``).

    ``page_as("manager", width=320)``; every call is a browser of its own.
    """
    opened: list[tuple[str, int, BrowserContext, Page]] = []

    def open_page(who: str = "", *, width: int = 1440, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=service.url,
            viewport={"width": width, "height": 900 if width > 500 else 720},
            color_scheme="dark" if dark else "light",
            storage_state=sessions.get(who),
        )
        context.set_default_timeout(15_000)
        watch.listen_to(context)
        page = context.new_page()
        opened.append((who, width, context, page))
        if who:
            page.goto("/")
            if "/accounts/login/" in page.url:
                sign_in(page, who, service.password)
                sessions[who] = context.storage_state()
        return page

    yield open_page

    found: list[str] = []
    visited = list(watch.visited)
    for who, width, context, page in opened:
        if page.url.startswith(service.url):
            found += barriers(page)
        again = context.new_page()
        for address in visited:
            if (who, width, address) in examined or "/accounts/log" in address:
                continue
            examined.add((who, width, address))
            answer = again.goto(address, wait_until="load")
            kind = (answer.headers.get("content-type") or "") if answer else ""
            if answer and answer.ok and kind.startswith("text/html"):
                found += barriers(again)
        context.close()
    assert watch.complaints() == [], service.said()[-3000:]
    assert found == []


def sign_in(page: Page, who: str, password: str) -> None:
    """Sign in on the login page, where one is."""
    page.get_by_label("Username").fill(who)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
