"""Every place of the sidebar opens for whom it is offered to, on a wide and a narrow screen."""

import re

import pytest

from tests.e2e.conftest import PageAs
from tests.e2e.watch import NOT_OURS, Watch, barriers, sideways

ROLES = ("analyst", "counsel", "manager", "auditor", "administrator")


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("role", ROLES)
def test_every_place_opens_and_stays_within_the_screen(
    page_as: PageAs, examined, role, width
) -> None:
    page = page_as(role, width=width)
    places = [each.get_attribute("href") for each in page.locator("#places a").all()]
    assert "/" in places
    for place in places:
        answer = page.goto(place)
        assert answer.ok, place
        if not place.startswith(NOT_OURS):
            assert sideways(page) == 0, place
            assert barriers(page) == []
            examined.add((role, width, place))


@pytest.mark.parametrize("width", [1440, 320])
def test_the_login_page_is_open_to_a_stranger(page_as: PageAs, width) -> None:
    page = page_as(width=width)
    page.goto("/accounts/login/")
    assert sideways(page) == 0
    assert barriers(page) == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_pages_of_a_case_are_free_of_barriers(page_as: PageAs, examined, dark) -> None:
    page = page_as("counsel", dark=dark)
    page.goto("/cases/DEMO-EL-DEEPSEEK/")
    tabs = [each.get_attribute("href") for each in page.locator(".tabs a").all()]
    for place in ["/", "/cases/", "/evidence/", "/cases/DEMO-EL-DEEPSEEK/elements/EL-3/", *tabs]:
        page.goto(place)
        assert barriers(page) == []
        examined.add(("counsel", 1440, place))


def test_on_a_narrow_screen_the_menu_opens_and_leads_on(page_as: PageAs) -> None:
    page = page_as("counsel", width=320)
    places = page.locator("#places")
    assert not places.is_visible()
    page.get_by_role("button", name="Menu").click()
    places.get_by_role("link", name="Docket").click()
    page.wait_for_url("**/cases/")


def test_an_unknown_address_gets_a_page_that_says_so(page_as: PageAs, watch: Watch) -> None:
    watch.expect("404")
    page = page_as("counsel")
    answer = page.goto("/cases/NEVER-WAS/")
    assert answer.status == 404
    assert page.get_by_role("heading", level=1).inner_text() == (
        "There is nothing here that you can see"
    )
    assert page.locator("#places a").count() > 2
    assert sideways(page) == 0


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (
            "analyst",
            (
                "/evidence/E-ANTHROPIC-DISCLOSURE/",
                "/evidence/E-ANTHROPIC-DISCLOSURE/bears/",
                "/evidence/E-ANTHROPIC-DISCLOSURE/grading/",
                "/evidence/E-ANTHROPIC-DISCLOSURE/corroboration/",
                "/cases/DEMO-EL-DEEPSEEK/elements/EL-3/origins/",
                "/cases/DEMO-EL-DEEPSEEK/elements/EL-1/origins/",
                "/evidence/new/",
                "/evidence/many/",
                "/designees/ftm/",
                "/evidence/stix/",
                "/evidence/new/fraudulent-account-report/",
                "/evidence/new/chip-diversion-report/",
                "/sources/",
                "/sources/new/",
            ),
        ),
        (
            "counsel",
            (
                "/cases/DEMO-EL-DEEPSEEK/tasks/new?element=EL-3",
                "/cases/DEMO-EL-DEEPSEEK/treatment/",
                "/cases/DEMO-EL-DEEPSEEK/treatment/comparators/new/",
                "/cases/DEMO-EL-DEEPSEEK/treatment/positions/new/",
                "/cases/DEMO-EL-DEEPSEEK/treatment/gaps/new/",
                "/cases/DEMO-EL-DEEPSEEK/law/",
                "/cases/DEMO-EL-DEEPSEEK/elements/EL-3/assignment/",
                "/new-case/",
                "/portals/new/",
                "/notifications/",
                "/accounts/profile/",
                "/accounts/password/",
                "/accounts/factors/",
                "/accounts/tokens/",
                "/accounts/tokens/new/",
                "/accounts/sessions/",
                "/library/",
            ),
        ),
        ("manager", ("/board/", "/status/", "/tasks/", "/portfolio-runs/", "/cases/?stage=open")),
        ("administrator", ("/people/", "/people/invite/")),
    ],
)
@pytest.mark.parametrize("width", [1440, 320])
def test_pages_that_no_sidebar_names_are_free_of_barriers_too(
    page_as: PageAs, examined, role, places, width
) -> None:
    page = page_as(role, width=width)
    for place in places:
        answer = page.goto(place)
        assert answer.ok, place
        assert sideways(page) == 0, place
        assert barriers(page) == [], place
        examined.add((role, width, place))


@pytest.mark.parametrize("width", [1440, 320])
def test_the_pages_that_state_a_fact_anew_are_free_of_barriers(
    page_as: PageAs, examined, width
) -> None:
    page = page_as("counsel", width=width)
    page.goto("/cases/DEMO-EL-DEEPSEEK/treatment/")
    links = page.get_by_role("link", name=re.compile("(Explain, change or withdraw|resolve)"))
    places = [each.get_attribute("href") for each in links.all()]
    assert {place.split("/")[4] for place in places} >= {"comparators", "positions"}
    for place in places:
        answer = page.goto(place)
        assert answer.ok, place
        assert sideways(page) == 0, place
        assert barriers(page) == [], place
        examined.add(("counsel", width, place))


def test_the_figures_behind_the_charts_fit_beside_each_other(page_as: PageAs) -> None:
    page = page_as("manager")
    page.goto("/status/")
    for folded in page.locator(".charts summary").all():
        folded.click()
    tables = page.locator(".charts .scroll")
    assert tables.count() > 4
    for table in tables.all():
        assert table.evaluate("box => box.scrollWidth - box.clientWidth") <= 0
