"""Files whose text is much the same are named to whoever may see both; an analyst decides."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.words import Role
from evidence.actions import attach_exhibit, derive
from evidence.actions.intake import take_in_again
from evidence.intake.likeness import print_of
from evidence.models import Intake, IntakeStep, Passage, TextPrint
from evidence.search.same_text import much_the_same
from evidence.words import DerivationKind
from tests.access.factories import TeamFactory, member
from tests.api.world import client_of
from tests.evidence.conftest import BY
from tests.evidence.intake import clamd
from tests.evidence.intake.test_texts_that_are_much_the_same import written
from tests.evidence.intake.working import taken_in
from tests.evidence.streams import of_bytes
from tests.web.desk import page

pytestmark = pytest.mark.django_db

WORDS = written(7)


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "exhibits"


def filed(item, words: list[str], name: str = "text.txt"):
    exhibit = attach_exhibit(item, of_bytes(" ".join(words).encode()), name, **BY)
    taken_in()
    return exhibit


def changed(words: list[str], number: int) -> list[str]:
    """The same with so many words replaced."""
    others = list(words)
    for at in random.Random(3).sample(range(len(words)), k=number):  # noqa: S311 - no secret
        others[at] = "otherwise"
    return others


@pytest.fixture
def pair(logged):
    """The same release, as two papers printed it."""
    one, other = logged("E-ONE", title="One paper"), logged("E-OTHER", title="Another paper")
    return filed(one, WORDS, "one.txt"), filed(other, changed(WORDS, 5), "other.txt")


def test_each_names_the_other_with_how_much(pair, desk) -> None:
    for mine, theirs in (pair, reversed(pair)):
        [found] = much_the_same(mine.item, [mine], desk)[mine.pk]
        assert found.exhibit == theirs
        assert 80 <= found.percent <= 99
        assert (found.places, found.derived) == ("", False)


def test_what_is_unlike_is_not_named(logged, desk, pair) -> None:
    apart = filed(logged("E-APART"), written(8))
    half = filed(logged("E-HALF"), WORDS[:200] + written(9)[:200])
    assert much_the_same(apart.item, [apart], desk) == {}
    assert much_the_same(half.item, [half], desk) == {}


def test_an_item_out_of_sight_is_not_spoken_of(logged, pair, desk, browser) -> None:
    hidden = logged("E-HIDDEN", title="Hidden title", owner_team=TeamFactory())
    filed(hidden, WORDS, "hidden.txt")
    shown = page(browser, "/evidence/E-ONE/")
    assert "Another paper" in shown.text
    assert "E-HIDDEN" not in shown.html
    assert "Hidden title" not in shown.html
    stranger = member(hidden.owner_team, Role.ANALYST)
    mine = hidden.exhibits.get()
    assert much_the_same(hidden, [mine], stranger) == {}


def test_the_page_leads_to_where_an_analyst_says_what_follows(pair, browser) -> None:
    shown = page(browser, "/evidence/E-ONE/")
    assert "Much the same text as Another paper E-OTHER" in shown.text
    assert "other.txt: about 9" in shown.text
    address = "/evidence/E-ONE/derivation/?parent=E-OTHER"
    assert address in [attributes.get("href") for tag, attributes in shown.tags if tag == "a"]
    form = page(browser, address)
    [parent] = [at for tag, at in form.tags if tag == "input" and at.get("name") == "parent"]
    assert parent["value"] == "E-OTHER"
    assert "Much the same text as" in page(browser, f"/evidence/E-ONE/exhibits/{pair[0].pk}/").text


def test_once_it_is_said_it_is_not_asked_again(pair, browser) -> None:
    derive(pair[0].item, DerivationKind.SAME_TEXT, parent_item=pair[1].item, **BY)
    shown = page(browser, "/evidence/E-ONE/")
    assert "One is said to come from the other." in shown.text
    assert "derivation/?parent=" not in shown.html


def test_the_pages_in_common_are_named(logged, desk) -> None:
    slides = [(f"page {number}", " ".join(written(number, 90))) for number in range(1, 9)]
    exhibits = []
    for key, passages in (("E-A", slides), ("E-B", slides[:7])):
        exhibit = filed(logged(key), [key])
        made = print_of(passages)
        assert made is not None
        TextPrint.objects.create(
            exhibit=exhibit, signature=made.signature, bands=made.bands,
            places=made.places, sketches=made.sketches,
        )  # fmt: skip
        exhibits.append(exhibit)
    mine = exhibits[0]
    [found] = much_the_same(mine.item, [mine], desk)[mine.pk]
    assert found.places == "pages 1–7"


def test_the_api_says_the_same(pair, desk) -> None:
    answer = client_of(desk).get(f"/api/v1/evidence/E-ONE/exhibits/{pair[0].pk}/alike")
    assert answer.status_code == 200
    [found] = answer.json()
    assert found == {
        "item": "E-OTHER", "exhibit": pair[1].pk, "filename": "other.txt",
        "percent": found["percent"], "places": "", "derived": False,
    }  # fmt: skip


def test_as_many_queries_for_many_files(logged, pair, desk) -> None:
    def queries() -> int:
        item = pair[0].item
        with CaptureQueriesContext(connection) as asked:
            much_the_same(item, list(item.exhibits.all()), desk)
        return len(asked)

    queries()  # the teams of the reader are asked for once
    few = queries()
    for number in range(4):
        filed(logged(f"E-{number}"), changed(WORDS, number), f"{number}.txt")
        filed(pair[0].item, changed(WORDS, number), f"again-{number}.txt")
    assert queries() == few
    assert few <= 6


def test_it_is_found_by_an_index(pair) -> None:
    made = TextPrint.objects.get(exhibit=pair[0])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = TextPrint.objects.filter(bands__overlap=made.bands).explain()
    assert "evidence_textprint_bands" in plan


def test_of_a_file_that_is_set_aside_later_nothing_stays(pair, desk, settings) -> None:
    with clamd.peer() as server:
        settings.CLAMD = server.address
        server.answers = b"stream: Known.Tomorrow FOUND\0"
        take_in_again(Intake.objects.filter(exhibit=pair[1]), IntakeStep.SCAN)
        taken_in()
    assert much_the_same(pair[0].item, [pair[0]], desk) == {}
    assert not Passage.objects.filter(exhibit=pair[1]).exists()
