"""Pages that are pictures are read where tesseract is installed, and said to be where it is not."""

import io

import pytest

from evidence.actions import attach_exhibit, intake_steps
from evidence.actions.intake import take_in_again
from evidence.intake import ocr
from evidence.intake.guard import guarded
from evidence.intake.ocr import Program, read_pictures
from evidence.intake.text.reading import read_text
from evidence.intake.tools import tesseract
from evidence.models import Intake, IntakeState, IntakeStep, Passage
from evidence.search.words import hits
from tests.evidence.conftest import BY
from tests.evidence.intake import drawn
from tests.evidence.intake.working import taken_in


@pytest.fixture
def program() -> Program:
    drawn.needs_tesseract()
    found = tesseract()
    assert found is not None
    return Program(found.path, ("eng",))


@pytest.fixture
def attached(item, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "exhibits"

    def make(content: bytes, name: str):
        exhibit = attach_exhibit(item, io.BytesIO(content), name, **BY)
        taken_in()
        return exhibit

    return make


def test_pages_that_are_pictures_are_counted_and_others_are_not() -> None:
    scan = drawn.scan(("Invoice",), ("Second",))
    assert read_text(io.BytesIO(scan), "scan.pdf").pictures == 2
    assert read_text(io.BytesIO(drawn.png("x")), "a.png").pictures == 1
    assert read_text(io.BytesIO(b"words"), "a.txt").pictures == 0


def test_each_page_is_read_with_its_place(program) -> None:
    scan = drawn.scan(("Invoice for twenty racks", "Quiet Harbor"), ("Delivery note",))
    kept = read_pictures(io.BytesIO(scan), program).kept
    assert [(place, " ".join(text.split())) for place, text in kept] == [
        ("page 1", "Invoice for twenty racks Quiet Harbor"),
        ("page 2", "Delivery note"),
    ]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP"])
def test_an_image_of_every_kind_is_read(program, kind: str) -> None:
    [(place, text)] = read_pictures(
        io.BytesIO(drawn.saved(drawn.image("Marigold Holdings"), kind)), program
    ).kept
    assert (place, text.strip()) == ("", "Marigold Holdings")


def test_no_more_pages_are_read_than_is_said(program, monkeypatch) -> None:
    monkeypatch.setattr(ocr, "MOST_READ", 1)
    passages = read_pictures(io.BytesIO(drawn.scan(("one page",), ("another",))), program)
    assert [place for place, _ in passages.kept] == ["page 1"]
    assert (
        passages.remark == "Only 1 of its pages without text were read by OCR, from the first on."
    )


def test_no_longer_than_there_is_time(program) -> None:
    ticks = iter([0.0, 0.0, 0.0, ocr.SECONDS + 1, ocr.SECONDS + 1])
    pages = read_pictures(
        io.BytesIO(drawn.scan(("one page",), ("another",))), program, lambda: next(ticks)
    )
    assert [place for place, _ in pages.kept] == ["page 1"]
    assert "Only 1 of its pages" in pages.remark


def test_a_page_that_takes_too_long_is_left_and_said(program, monkeypatch) -> None:
    monkeypatch.setattr(ocr, "PAGE_SECONDS", 0.001)
    passages = read_pictures(io.BytesIO(drawn.png("words")), program)
    assert passages.kept == []
    assert "it took longer than" in passages.remark


def test_a_picture_of_giant_dimensions_is_not_unpacked(program) -> None:
    passages = read_pictures(io.BytesIO(drawn.giant_png(60_000, 60_000)), program)
    assert passages.kept == []
    assert "larger than is drawn" in passages.remark


def test_it_runs_within_the_limits_of_the_child(program, tmp_path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(drawn.png("Quiet Harbor"))
    with path.open("rb") as file:
        asked = {"path": program.path, "languages": program.languages}
        result = guarded("ocr", file, "a.png", asked=asked)
    assert result["passages"] == [["", "Quiet Harbor\n"]]


@pytest.mark.django_db
def test_a_scan_is_found_by_its_words_and_the_hit_says_how_it_was_read(program, attached) -> None:
    exhibit = attached(drawn.scan(("Invoice",), ("Quiet Harbor racks",)), "scan.pdf")
    intake = Intake.objects.get(exhibit=exhibit)
    assert (intake.state, intake.remark) == (IntakeState.WHOLE, "")
    last = exhibit.custody.order_by("pk").last()
    assert last.why.startswith("scanned pages read by OCR (tesseract ")
    hit = hits([exhibit.item_id], "harbor")[exhibit.item_id].file
    assert hit is not None
    assert (hit.place, hit.by_ocr) == ("page 2", True)


@pytest.mark.django_db
def test_without_the_program_that_is_said_and_it_can_be_read_later(
    attached, monkeypatch, program
) -> None:
    monkeypatch.setattr(intake_steps, "tesseract", lambda: None)
    exhibit = attached(drawn.scan(("Invoice number one",)), "scan.pdf")
    intake = Intake.objects.get(exhibit=exhibit)
    assert (intake.state, intake.remark) == (
        IntakeState.WHOLE,
        "No text: it is a scan or a picture, at least in part, and OCR is not installed.",
    )
    monkeypatch.undo()
    assert take_in_again(Intake.objects.all(), IntakeStep.READ) == 1
    taken_in()
    intake.refresh_from_db()
    assert (intake.state, intake.remark) == (IntakeState.WHOLE, "")
    assert Passage.objects.get(exhibit=exhibit).text.strip() == "Invoice number one"


@pytest.mark.django_db
def test_a_language_without_data_is_named(program, attached, settings) -> None:
    settings.OCR_LANGUAGES = ("eng", "tlh")
    exhibit = attached(drawn.png("Quiet Harbor"), "a.png")
    assert Intake.objects.get(exhibit=exhibit).remark == "OCR has no data to read tlh."
    settings.OCR_LANGUAGES = ("tlh",)
    exhibit = attached(drawn.png("Another"), "b.png")
    assert "OCR has no data to read tlh." in Intake.objects.get(exhibit=exhibit).remark
