"""What does it bear on? Ranked elements, stance, pinpoint, why; one item or many."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.models import Team
from access.words import Role
from casemgr.models import Link
from evidence.models import EvidenceItem
from tests.access.factories import TeamFactory, UserFactory, member
from tests.casemgr.factories import (
    DesigneeFactory,
    ItemFactory,
    a_case,
    element_of,
    law,
    linked,
)
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db: None) -> Team:
    made: Team = TeamFactory()
    return made


@pytest.fixture
def case(team):
    return a_case(team, designee=DesigneeFactory(name="Quiet Harbor"), version=law())


@pytest.fixture
def item(team) -> EvidenceItem:
    made: EvidenceItem = ItemFactory(
        owner_team=team, key="E-1", title="Conduct", summary="Quiet Harbor engaged in the conduct."
    )
    return made


@pytest.fixture
def browser(team):
    return reading(member(team, Role.ANALYST))


def bearing(*elements, **stated):
    return {
        "element": [str(each.pk) for each in elements],
        "stance": "supports",
        "attribution": "designee",
        "why": "It names the conduct.",
        **stated,
    }


def test_elements_are_ranked_and_say_why(browser, case, item) -> None:
    text = page(browser, "/evidence/E-1/bears/").text
    assert "it names the designee" in text
    assert "shared words: conduct, engaged" in text
    assert text.index("L-1") < text.index("L-2")


def test_an_item_is_linked_to_several_elements_at_once(browser, case, item) -> None:
    elements = [element_of(case, "L-1"), element_of(case, "L-2")]
    sent = bearing(*elements, stance="contradicts", locator="p. 4", quote="the conduct")
    assert browser.post("/evidence/E-1/bears/", sent)["Location"] == "/evidence/E-1/"
    links = Link.objects.filter(item=item)
    assert {(link.case_element_id, link.stance, link.why) for link in links} == {
        (each.pk, "contradicts", "It names the conduct.") for each in elements
    }
    assert {pin.locator for link in links for pin in link.pinpoints.all()} == {"p. 4"}
    text = page(browser, "/evidence/E-1/").text
    assert "contradicts L-1" in text
    assert "contradicts L-2" in text


def test_if_one_link_is_refused_none_is_made_and_the_words_stay(browser, case, item) -> None:
    linked(case, "L-2", item)
    sent = bearing(element_of(case, "L-1"), element_of(case, "L-2"))
    answer = browser.post("/evidence/E-1/bears/", sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "already bears on L-2" in shown
    assert "Nothing was linked" in shown
    assert "It names the conduct." in shown
    assert Link.objects.filter(item=item).count() == 1


def test_it_asks_for_an_element_and_for_the_reason(browser, case, item) -> None:
    answer = browser.post("/evidence/E-1/bears/", bearing())
    assert "Choose at least one element" in answer.content.decode()


def test_all_that_is_missing_is_said_at_once(browser, item, case) -> None:
    said = browser.post("/evidence/E-1/bears/", bearing(why="")).content.decode()
    assert "Not saved yet: 2 things are to mend" in said
    assert "Choose at least one element" in said
    assert "Why it bears on the element: This field is required" in said
    sent = bearing(element_of(case, "L-1"), why=" ")
    assert browser.post("/evidence/E-1/bears/", sent).status_code == 422
    assert Link.objects.count() == 0


def test_elements_of_another_case_are_found_by_its_designee(browser, team, case, item) -> None:
    a_case(team, designee=DesigneeFactory(name="Marigold Trading"), version=law())
    text = page(browser, "/evidence/E-1/bears/?q=marigold").text
    assert "Marigold Trading" in text
    assert "Quiet Harbor is" not in text
    assert "No open case you may see fits" in page(browser, "/evidence/E-1/bears/?q=zebra").text


def test_cases_of_other_teams_are_neither_offered_nor_linked_to(browser, item) -> None:
    theirs = a_case(TeamFactory(), designee=DesigneeFactory(name="Quiet Harbor"), version=law())
    assert theirs.key not in page(browser, "/evidence/E-1/bears/").text
    assert theirs.key not in page(browser, "/evidence/E-1/bears/?q=quiet").text
    answer = browser.post("/evidence/E-1/bears/", bearing(element_of(theirs, "L-1")))
    assert answer.status_code == 422
    assert Link.objects.count() == 0


def test_many_items_are_linked_to_one_element(browser, team, case, item) -> None:
    ItemFactory(owner_team=team, key="E-2", summary="The conduct again.")
    assert "Link 2 items" in page(browser, "/evidence/link/?item=E-1&item=E-2").text
    sent = bearing(element_of(case, "L-1")) | {"item": ["E-1", "E-2"]}
    answer = browser.post("/evidence/link/", sent)
    assert answer["Location"] == f"/cases/{case.key}/elements/L-1/"
    assert set(Link.objects.values_list("item__key", flat=True)) == {"E-1", "E-2"}


def test_items_out_of_sight_are_left_out_of_the_many(browser, case, item) -> None:
    ItemFactory(owner_team=TeamFactory(), key="E-HIDDEN")
    shown = page(browser, "/evidence/link/?item=E-1&item=E-HIDDEN").text
    assert "Link 1 item" in shown
    assert "E-HIDDEN" not in shown
    assert browser.get("/evidence/link/?item=E-HIDDEN")["Location"] == "/evidence/"


def test_who_may_not_link_is_refused(team, case, item) -> None:
    for user in (member(team, Role.MANAGER), UserFactory(auditor=True)):
        client = reading(user)
        assert client.get("/evidence/E-1/bears/").status_code == 403
        assert client.post("/evidence/link/", {"item": "E-1"}).status_code == 403
    stranger = reading(member(TeamFactory(), Role.ANALYST))
    assert stranger.get("/evidence/E-1/bears/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_cases_and_links(
    settings, browser, team, case, item
) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    linked(case, "L-1")

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    addresses = ("/evidence/E-1/bears/", "/evidence/E-1/", "/evidence/link/?item=E-1")
    linked(case, "L-2", item)
    few = [queries(address) for address in addresses]
    for number in range(4):
        other = a_case(team, designee=DesigneeFactory(name=f"Harbor {number}"), version=law())
        linked(other, "L-1", item)
        linked(other, "L-2")
    assert [queries(address) for address in addresses] == few


def test_from_an_element_an_item_is_logged_and_comes_back_to_be_attached(
    browser, team, case
) -> None:
    attach = f"/cases/{case.key}/elements/L-1/attach/"
    shown = page(browser, f"{attach}?stance=contradicts").tags
    [log_new] = [
        attrs["href"]
        for tag, attrs in shown
        if tag == "a" and (attrs["href"] or "").startswith("/evidence/new/?")
    ]
    back = parse_qs(urlsplit(log_new).query)["next"][0]
    sent = {"team": team.key, "summary": "It was not so.", "next": back}
    answer = browser.post("/evidence/new/press-report/", sent)
    logged = EvidenceItem.objects.get(summary="It was not so.")
    assert answer["Location"] == f"{attach}?stance=contradicts&item={logged.key}"
    form = page(browser, answer["Location"])
    assert f"Attach {logged.key}" in form.text
    assert ("option", {"value": "contradicts", "selected": None}) in form.tags
