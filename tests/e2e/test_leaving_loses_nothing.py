"""Words not yet saved are asked about before one leaves; a file that does not arrive says so."""

from pathlib import Path

from playwright.sync_api import Dialog, expect

from tests.e2e.conftest import PageAs
from tests.e2e.watch import Watch

ATTACH = "/cases/DEMO-EL-DEEPSEEK/elements/EL-5/attach/?item=E-NSTM-4&stance=supports"


def test_one_is_asked_before_words_are_left_behind(page_as: PageAs) -> None:
    page = page_as("counsel")
    page.goto(ATTACH)
    why = page.get_by_label("Why it bears on the element")
    why.press_sequentially("It names the campaigns.")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator("#places").get_by_role("link", name="Docket").click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(why).to_have_value("It names the campaigns.")
    page.remove_listener("dialog", stay)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#places").get_by_role("link", name="Docket").click()
    page.wait_for_url("**/cases/")


def test_a_file_that_does_not_arrive_says_so_and_the_words_stay(
    page_as: PageAs, watch: Watch, tmp_path: Path
) -> None:
    watch.expect("ERR_FAILED")
    watch.expect("htmx:")
    file = tmp_path / "accounts.csv"
    file.write_text("account,day\n1,2026-11-01\n")
    page = page_as("analyst")
    page.goto("/evidence/new/other/")
    says = page.get_by_label("What it says").first
    says.fill("Accounts were opened.")
    page.route("**/evidence/new/other/file/", lambda route: route.abort())
    page.locator("#file").set_input_files(file)
    expect(page.locator(".failures")).to_contain_text("could not be reached")
    expect(says).to_have_value("Accounts were opened.")
    expect(page.locator("#file")).to_have_value("")

    page.unroute("**/evidence/new/other/file/")
    page.locator("#file").set_input_files(file)
    expect(page.locator("#dropped")).to_contain_text("accounts.csv", timeout=15_000)
    expect(says).to_have_value("Accounts were opened.")
