"""A list of very many items: the page comes at once, its counts when they are ready."""

import pytest

from access.words import Role
from evidence.search import counted
from tests.access.factories import TeamFactory, member
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def long(monkeypatch, logged) -> None:
    """Sixty items are too many to be counted at once."""
    monkeypatch.setattr(counted, "FEW", 20)
    for number in range(60):
        logged(f"E-{number:02}", kind="press-report" if number % 2 else "court-filing")


def choices_with_numbers(shown) -> int:
    return sum(attributes.get("class") == "count" for _, attributes in shown.tags)


def later(browser, address: str) -> str:
    """What the page asks for by itself once it is there."""
    return browser.get(address, headers={"HX-Request": "true", "HX-Target": "facets"})


def test_the_rows_are_there_and_the_counts_are_asked_for(browser) -> None:
    shown = page(browser, "/evidence/?sort=key")
    assert "E-00" in shown.text
    assert "E-49" in shown.text
    assert "E-50" not in shown.text
    assert "Counting all items you may see" in shown.text
    assert choices_with_numbers(shown) == 0
    asking = [attributes for _, attributes in shown.tags if attributes.get("hx-trigger") == "load"]
    assert [attributes["hx-get"] for attributes in asking] == ["/evidence/?sort=key"]


def test_what_is_known_to_exist_can_be_chosen_before_it_is_counted(browser) -> None:
    shown = page(browser, "/evidence/?kind=press-report&year=1999")
    boxes = {
        (attributes.get("name"), attributes.get("value")): "checked" in attributes
        for tag, attributes in shown.tags
        if tag == "input" and attributes.get("type") == "checkbox"
    }
    assert boxes["kind", "press-report"]
    assert not boxes["kind", "court-filing"]
    assert boxes["year", "1999"]


def test_the_counts_come_with_the_length_of_the_list(browser) -> None:
    body = later(browser, "/evidence/?kind=press-report").content.decode()
    assert "30 items" in body
    assert "Counting" not in body
    assert 'court filing <span class="count">30</span>' in body


def test_without_scripts_a_link_shows_them(browser) -> None:
    shown = page(browser, "/evidence/?sort=key")
    hrefs = [attributes.get("href") for tag, attributes in shown.tags if tag == "a"]
    assert "?counted=1&sort=key" in hrefs
    assert "60 items" in page(browser, "/evidence/?counted=1&sort=key").text


def test_one_goes_on_and_back_without_knowing_how_far(browser) -> None:
    first = page(browser, "/evidence/?sort=key")
    second = page(browser, "/evidence/?sort=key&page=2")
    assert ("next" in rels(first), "prev" in rels(first)) == (True, False)
    assert ("next" in rels(second), "prev" in rels(second)) == (False, True)
    assert "E-59" in second.text


def rels(shown) -> list[str | None]:
    return [attributes.get("rel") for tag, attributes in shown.tags if tag == "a"]


def test_a_page_beyond_the_last_is_counted_to_show_the_last(browser) -> None:
    shown = page(browser, "/evidence/?sort=key&page=9")
    assert "E-59" in shown.text
    assert "60 items" in shown.text


def test_what_was_counted_is_there_at_once_until_something_changes(browser, logged) -> None:
    later(browser, "/evidence/")
    assert "60 items" in page(browser, "/evidence/").text
    assert "Counting" in page(browser, "/evidence/?kind=press-report").text

    logged("E-60", kind="press-report")
    assert "Counting" in page(browser, "/evidence/").text
    assert "61 items" in later(browser, "/evidence/").content.decode()


def test_what_one_reader_had_counted_is_not_told_to_another(browser) -> None:
    later(browser, "/evidence/")
    assert "60 items" not in page(reading(member(TeamFactory(), Role.ANALYST)), "/evidence/").text


def test_a_search_by_words_is_counted_anew_each_time(browser, logged) -> None:
    for number in range(30):
        logged(f"E-WORD-{number}", summary="a distilled model")
    assert "30 items" in later(browser, "/evidence/?q=distilled").content.decode()
    assert "Counting" in page(browser, "/evidence/?q=distilled").text
