"""An analyst attaches a large file; the connection goes; what has arrived is gone on from."""

import hashlib
import os
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import PageAs
from tests.e2e.watch import Watch, barriers

PIECE = 8 * 1024 * 1024


def chosen(page: Page, file: Path) -> None:
    page.get_by_text("Attach a file", exact=True).click()
    page.locator("#attach input[type=file]").set_input_files(file)
    page.get_by_label("Where it came from").fill("the provider's portal")
    page.get_by_role("button", name="Attach", exact=True).click()


def test_cut_in_the_middle_it_goes_on_where_it_was(
    page_as: PageAs, watch: Watch, tmp_path: Path
) -> None:
    file = tmp_path / "exchanges.bin"
    file.write_bytes(os.urandom(20_000_000))
    watch.expect("ERR_INTERNET_DISCONNECTED")
    watch.expect("ERR_FAILED")
    page = page_as("analyst")
    page.goto("/evidence/")
    page.locator(".evidence-rows th a").nth(1).click()
    page.wait_for_url("**/evidence/E-*/")
    begun_at: list[int] = []

    def cut_after_the_first(route: Route) -> None:
        if route.request.method == "PATCH":
            begun_at.append(int(route.request.headers["upload-offset"]))
            if begun_at[-1]:
                page.context.set_offline(True)
                return route.abort()
        return route.fallback()

    page.route("**/uploads/*", cut_after_the_first)
    chosen(page, file)
    now = page.locator("#attach-now")
    expect(now.get_by_role("status")).to_contain_text("What has arrived is kept", timeout=30_000)
    assert begun_at == [0, PIECE]
    assert barriers(page) == []

    page.unroute("**/uploads/*")
    page.context.set_offline(False)
    page.reload()
    waiting = page.locator(".files li", has_text="exchanges.bin")
    expect(waiting).to_contain_text("8.0 MB of 19.1 MB")
    expect(waiting).to_contain_text("choose the same file below")
    assert barriers(page) == []

    again: list[int] = []
    page.on(
        "request",
        lambda request: (
            request.method == "PATCH" and again.append(int(request.headers["upload-offset"]))
        ),
    )
    chosen(page, file)
    page.wait_for_url("**/evidence/E-*/?attached=*")
    assert again == [PIECE, 2 * PIECE]
    whole = page.locator(".files li", has_text="exchanges.bin")
    expect(whole).to_have_count(1)
    expect(whole).to_contain_text(hashlib.sha256(file.read_bytes()).hexdigest())
    expect(page.locator("section", has=page.locator("#custody"))).to_contain_text(
        "the provider's portal"
    )


def test_one_who_changes_their_mind_discards_it(page_as: PageAs, tmp_path: Path) -> None:
    file = tmp_path / "slow.bin"
    file.write_bytes(os.urandom(20_000_000))
    page = page_as("analyst")
    page.goto("/evidence/")
    page.locator(".evidence-rows th a").nth(1).click()
    page.wait_for_url("**/evidence/E-*/")
    held: list[Route] = []

    def hold_after_the_first(route: Route) -> None:
        if int(route.request.headers.get("upload-offset", 0)):
            held.append(route)
        else:
            route.fallback()

    page.route("**/uploads/*", hold_after_the_first)
    chosen(page, file)
    now = page.locator("#attach-now")
    expect(now.get_by_role("status")).to_contain_text("8.0 MB of 19.1 MB", timeout=30_000)
    now.get_by_role("button", name="Pause").click()
    expect(now.get_by_role("status")).to_contain_text("Paused")
    page.unroute("**/uploads/*")
    page.reload()
    waiting = page.locator(".files li", has_text="slow.bin")
    waiting.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("The upload of slow.bin is discarded")).to_be_visible()
    expect(page.locator(".files li", has_text="slow.bin")).to_have_count(0)
