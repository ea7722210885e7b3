"""What the intake found out of a file stands with it: picture, language, scan, why it waits."""

import socket

import pytest
from django.test import Client

from evidence.actions import attach_exhibit
from evidence.actions.intake import take_in_next
from evidence.models import EntryDraft, Intake
from tests.access.factories import UserFactory
from tests.evidence.conftest import BY
from tests.evidence.intake import clamd, corpus, drawn
from tests.evidence.intake.working import taken_in
from tests.evidence.streams import of_bytes
from tests.evidence.web.test_logging_evidence import upload
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db
CHINESE = "该公司在杭州注册。实际控制人未披露。服务器通过第三方转运。".encode()


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "exhibits"


def filed(item, content: bytes, name: str):
    exhibit = attach_exhibit(item, of_bytes(content), name, **BY)
    taken_in()
    return exhibit


def picture(exhibit) -> str:
    return f"/evidence/{exhibit.item.key}/exhibits/{exhibit.pk}/picture"


def test_a_small_picture_has_its_size_and_words_for_it(browser, report) -> None:
    exhibit = filed(report, drawn.png("words"), "scan.png")
    shown = page(browser, "/evidence/E-REPORT/")
    [image] = [attributes for tag, attributes in shown.tags if tag == "img"]
    assert (image["src"], image["alt"]) == (picture(exhibit), "Small picture of scan.png")
    assert image["width"] == "320"
    answer = browser.get(picture(exhibit))
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer).startswith(b"\x89PNG")
    assert not exhibit.custody.filter(kind="viewed").exists()


def test_who_may_not_see_the_item_sees_no_picture(report) -> None:
    exhibit = filed(report, drawn.png("words"), "scan.png")
    assert reading(UserFactory()).get(picture(exhibit)).status_code == 404
    assert Client().get(picture(exhibit)).status_code == 302


def test_what_was_not_inspected_or_set_aside_or_is_not_whole_has_none(browser, report) -> None:
    waiting = attach_exhibit(report, of_bytes(drawn.png("words")), "waiting.png", **BY)
    assert browser.get(picture(waiting)).status_code == 404
    taken_in()
    assert browser.get(picture(waiting)).status_code == 200
    hostile = filed(report, drawn.png("x") + corpus.zipped(("a", b"x")), "hostile.png")
    assert browser.get(picture(hostile)).status_code == 404
    assert browser.get(picture(report.exhibits.get(filename="accounts.csv"))).status_code == 404


def test_a_file_the_browser_cannot_show_is_shown_as_its_picture(browser, report) -> None:
    exhibit = filed(report, drawn.saved(drawn.image("words"), "TIFF"), "scan.tif")
    shown = page(browser, f"/evidence/E-REPORT/exhibits/{exhibit.pk}/")
    [image] = [attributes for tag, attributes in shown.tags if tag == "img"]
    assert image["alt"] == "Small picture of scan.tif"


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"language": "zh-Hans", "translation": "certified"}, "Its text looks Chinese."),
        ({"language": "zh"}, "Its text looks Chinese, and no translation is stated."),
        ({"language": "en"}, "Its text looks Chinese, and English is stated: one of them is"),
    ],
)
def test_what_a_file_looks_written_in_stands_beside_what_is_stated(
    browser, logged, stated, said
) -> None:
    item = logged("E-LANG", **stated)
    filed(item, CHINESE, "a.txt")
    assert said in page(browser, "/evidence/E-LANG/").text


def test_why_a_file_waits_is_said_and_how_often_it_was_tried(browser, report, settings) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.CLAMD = f"127.0.0.1:{probe.getsockname()[1]}"
        exhibit = attach_exhibit(report, of_bytes(b"words"), "note.txt", **BY)
        for _ in range(2):
            Intake.objects.update(leased_until=None)
            assert take_in_next()
        shown = page(browser, f"/evidence/E-REPORT/exhibits/{exhibit.pk}/intake").text
        health = browser.get("/health/").json()
    assert "Being taken in: scan for malware is put off." in shown
    assert "The scanner for malware does not do its work: connection refused. Tried 2 times" in (
        shown
    )
    assert "not shown in the browser" in shown
    assert (health["scanner"], health["files_put_off"]) == ("down", 1)


def test_what_the_scanner_said_stands_with_the_file(browser, report, settings) -> None:
    with clamd.peer() as server:
        settings.CLAMD = server.address
        filed(report, b"words", "note.txt")
        assert browser.get("/health/").json()["scanner"] == "ok"
    assert "27800/Fri Nov 27 08:32:11 2026 found nothing in it." in (
        page(browser, "/evidence/E-REPORT/").text
    )


def test_a_file_dropped_on_the_form_sets_the_language_that_nobody_typed(browser, team) -> None:
    typed = {"team": team.key, "language": "en", "file": upload(CHINESE, "a.txt")}
    answer = browser.post("/evidence/new/other/file/", typed).content.decode()
    assert 'name="language" value="zh"' in answer
    assert "Its text looks Chinese, and no translation is stated." in answer
    assert EntryDraft.objects.get().language == "zh"


def test_a_language_that_was_typed_stays_and_the_difference_is_said(browser, team) -> None:
    typed = {"team": team.key, "language": "ja", "file": upload(CHINESE, "a.txt")}
    answer = browser.post("/evidence/new/other/file/", typed).content.decode()
    assert 'value="zh"' not in answer
    said = "Its text looks Chinese, and Japanese is stated: one of them is mistaken."
    assert said in answer
    again = {"team": team.key, "language": "en", "draft": EntryDraft.objects.get().key}
    checked = browser.post("/evidence/new/other/check/", again).content.decode()
    assert "and English is stated" in checked, "what is typed after the file is not changed back"


def test_a_file_that_harms_its_reader_fills_nothing_and_is_kept(browser, team) -> None:
    bomb = corpus.docx(corpus.XXE + "<d>&x;</d>")
    answer = browser.post(
        "/evidence/new/other/file/", {"team": team.key, "file": upload(bomb, "a.docx")}
    )
    assert answer.status_code == 200
    assert EntryDraft.objects.get().language == ""
