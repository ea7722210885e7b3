"""The library shows each text as it is, and whether anybody has checked it."""

import pytest

from designations.models import Element
from tests.access.factories import UserFactory
from tests.web.desk import Page, page, reading

pytestmark = pytest.mark.django_db
ADDRESS = "/library/shelf-list/2021/"


@pytest.fixture
def reader(db):
    return reading(UserFactory())


@pytest.fixture
def shown(version, reader) -> Page:
    return page(reader, ADDRESS)


def part(shown: Page, code: str) -> Page:
    """The element's piece of the page."""
    start = shown.html.index(f'id="{code}"')
    start = shown.html.rindex("<article", 0, start)
    return Page(shown.html[start : shown.html.index("</article>", start) + len("</article>")])


def styles(piece: Page) -> set[str]:
    return {
        name for _, attributes in piece.tags for name in (attributes.get("class") or "").split()
    }


def test_a_verified_text_is_marked_in_words_and_by_shape_with_its_source(shown) -> None:
    piece = part(shown, "S-1")
    assert "● verified : the code as published" in piece.text
    assert "operative words" in piece.text
    assert {"law", "verified", "mark-verified"} <= styles(piece)
    assert "blockquote" in {tag for tag, _ in piece.tags}


def test_an_unverified_text_is_marked_in_words_and_by_shape(shown) -> None:
    piece = part(shown, "S-2")
    assert "○ not verified" in piece.text
    assert "in our words" in piece.text
    assert {"law", "unverified", "mark-unverified"} <= styles(piece)
    assert "●" not in piece.text


def test_a_group_without_words_has_nothing_to_verify(shown) -> None:
    assert "verified" not in part(shown, "S-0").text


def test_a_text_that_changed_since_it_was_checked_is_not_verified(version, reader) -> None:
    Element.objects.filter(version=version, code="S-1").update(text="is connected with")
    assert "○ not verified" in part(page(reader, ADDRESS), "S-1").text


def test_the_law_is_shown_as_text_even_where_it_looks_like_a_tag(shown) -> None:
    assert "was seen <script>alert(1)</script>" in shown.text
    assert "script" not in {tag for tag, _ in part(shown, "S-2").tags}


@pytest.mark.parametrize(
    "words",
    [
        "1 of 2 element texts were compared",
        "1 Shelf Code § 1(a)",
        "Legal theory: contested.",
        "Not defined by the authority: “affiliated with”.",
        "C-1 the main vulnerability on S-1",
        "P-1 other",
        "At least 1 of those marked choice must be imposed",
        "Q-1 choice F",
        "D-1 · definition",
        "stayed 1 Jan 2021 9 Nov 2099 a notice ○ not verified",
        "2021 (this page) — stayed",
        "a note",
    ],
)
def test_the_page_of_a_version_states(shown, words) -> None:
    assert words in shown.text


def test_the_list_says_which_version_has_effect_today(version, reader) -> None:
    assert (
        "A shelf list shelf-list 2021 stayed reasonable cause APA § 706"
        in page(reader, "/library/").text
    )


def test_an_empty_library_says_how_to_fill_it(reader) -> None:
    assert "load_library" in page(reader, "/library/").text


def test_what_a_docket_file_brought_along_is_not_in_the_library(case, reader) -> None:
    assert reader.get("/library/page-list/2021/").status_code == 404
    assert "page-list" not in page(reader, "/library/").text
