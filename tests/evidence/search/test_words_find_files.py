"""Words in files find their items, with the file, the place and the words marked."""

import pytest

from evidence.actions import attach_exhibit, release
from evidence.models import EvidenceItem, Passage
from evidence.search.words import hits, matching, ranked
from tests.access.factories import UserFactory
from tests.evidence.conftest import BY
from tests.evidence.intake import corpus
from tests.evidence.intake.working import taken_in
from tests.evidence.streams import of_bytes

pytestmark = pytest.mark.django_db


def found(words: str) -> set[str]:
    return {item.key for item in matching(EvidenceItem.objects.all(), words)}


def filed(item, content: bytes, name: str):
    exhibit = attach_exhibit(item, of_bytes(content), name, **BY)
    taken_in()
    return exhibit


def test_by_the_words_in_a_file(logged) -> None:
    item = logged("E-FILE", summary="a letter")
    logged("E-OTHER", summary="something else")
    filed(item, corpus.docx(corpus.paragraphs("Racks were distilled at Quiet Harbor")), "a.docx")
    assert found("quiet harbor") == found("distillation") == found("harb") == {"E-FILE"}
    assert found("letter") == {"E-FILE"}


def test_the_hit_names_file_and_place_and_lets_no_markup_through(logged) -> None:
    item = logged("E-FILE", summary="a letter")
    filed(item, b"paid <img src=x> and Marigold & <b onclick=x> sons", "note.txt")
    hit = hits([item.pk], "marigold")[item.pk]
    assert hit.file is not None
    assert (hit.file.filename, hit.file.place) == ("note.txt", "")
    assert "<mark>Marigold</mark> &amp; " in hit.file.passage
    assert hit.file.passage.replace("<mark>", "").replace("</mark>", "").count("<") == 0
    assert hits([item.pk], "letter")[item.pk].file is None


def test_an_item_that_says_it_itself_comes_first(logged) -> None:
    says, holds = logged("E-SAYS", summary="marigold"), logged("E-HOLDS", summary="a letter")
    filed(holds, b"marigold marigold marigold", "a.txt")
    items = ranked(matching(EvidenceItem.objects.all(), "marigold"), "marigold")
    assert [item.pk for item in items] == [says.pk, holds.pk]


def test_a_file_in_quarantine_is_not_searched_until_it_is_released(logged) -> None:
    item = logged("E-FILE")
    exhibit = filed(item, b"marigold", "a.png")
    assert found("marigold") == set()
    release(exhibit, actor=UserFactory(), reason="A text that was named wrongly")
    taken_in()
    assert found("marigold") == {"E-FILE"}


def test_read_again_it_is_found_once(logged) -> None:
    exhibit = filed(logged("E-FILE"), b"marigold", "a.txt")
    exhibit.intake.state, exhibit.intake.step = "waiting", "read"
    exhibit.intake.save()
    taken_in()
    assert Passage.objects.filter(exhibit=exhibit).count() == 1


def test_the_page_shows_the_words_in_the_file(client, analyst, logged) -> None:
    filed(logged("E-FILE", summary="a letter"), b"paid by Marigold Trading", "ledger.txt")
    client.force_login(analyst)
    shown = client.get("/evidence/?q=marigold").content.decode()
    assert "In <strong>ledger.txt</strong>: paid by <mark>Marigold</mark> Trading" in shown
