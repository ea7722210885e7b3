"""A PDF and an image have a small picture, derived from the file and no part of the record."""

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from evidence.actions import attach_exhibit
from evidence.actions.intake import take_in_again
from evidence.intake.guard import StepFailedError, guarded
from evidence.intake.picture import HEIGHT, WIDTH, NoPictureError, draw
from evidence.models import Blob, Intake, IntakeState, IntakeStep
from evidence.pictures import PictureMissingError, open_picture
from evidence.storage import exhibit_store
from tests.evidence.conftest import BY
from tests.evidence.intake import corpus, drawn
from tests.evidence.intake.working import taken_in


@pytest.fixture
def attached(item, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "exhibits"

    def make(content: bytes, name: str):
        exhibit = attach_exhibit(item, io.BytesIO(content), name, **BY)
        taken_in()
        return exhibit

    return make


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP", "PDF"])
def test_of_every_kind(kind: str) -> None:
    picture = draw(io.BytesIO(drawn.saved(drawn.image("words"), kind)))
    assert picture.png.startswith(b"\x89PNG")
    with Image.open(io.BytesIO(picture.png)) as image:
        assert image.size == (picture.width, picture.height)
    assert picture.width == WIDTH
    assert picture.height < HEIGHT


def test_it_holds_nothing_of_the_file_but_points() -> None:
    told = Image.Exif()
    told[0x010E] = "a secret description"
    content = drawn.saved(drawn.image("words").convert("RGB"), "JPEG", exif=told, comment=b"secret")
    assert b"secret" in content
    assert b"secret" not in draw(io.BytesIO(content)).png


def test_what_is_see_through_is_on_white() -> None:
    content = drawn.saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG")
    with Image.open(io.BytesIO(draw(io.BytesIO(content)).png)) as image:
        assert image.getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (drawn.giant_png(60_000, 60_000), "larger than is drawn"),
        (drawn.giant_png(12_000, 12_000), "12,000 × 12,000 points, more than are drawn"),
        (corpus.PNG, "cannot be read as an image"),
        (drawn.png("words")[:3000], "cannot be read as an image"),
        (b"%PDF-1.4\n\xff\xff", "its first page cannot be drawn"),
    ],
    ids=["giant", "large", "empty", "cut", "damaged"],
)
def test_what_cannot_be_drawn_is_said(content: bytes, said: str) -> None:
    with pytest.raises(NoPictureError, match=said):
        draw(io.BytesIO(content))


def test_a_page_of_giant_dimensions_is_drawn_small() -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200000 100000]>>"
    content = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj" + page + b"endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    picture = draw(io.BytesIO(content))
    assert picture.width <= WIDTH
    assert picture.height <= HEIGHT


def test_an_image_that_needs_more_memory_than_is_given_ends_its_reader_alone(tmp_path) -> None:
    # Just below what is drawn, four bytes a point, and an interlaced one is not read in parts.
    path = tmp_path / "a.webp"
    path.write_bytes(drawn.giant_png(10_000, 9_900))
    with path.open("rb") as file:
        try:
            assert guarded("draw", file, "a.webp")["png"] == ""
        except StepFailedError as error:
            assert str(error)


@pytest.mark.django_db
def test_it_is_kept_beside_the_exhibits_and_is_none(attached) -> None:
    exhibit = attached(drawn.png("words"), "a.png")
    intake = Intake.objects.get(exhibit=exhibit)
    assert (intake.picture_width, intake.pictured) == (WIDTH, True)
    with open_picture(exhibit.blob_id) as file:
        assert file.read(4) == b"\x89PNG"
    assert [path.name for path in exhibit_store().stored()] == [exhibit.blob_id]
    assert Blob.objects.count() == 1
    assert "draw" not in " ".join(exhibit.custody.values_list("why", flat=True))


@pytest.mark.django_db
def test_lost_it_is_drawn_again(attached, settings) -> None:
    exhibit = attached(drawn.png("words"), "a.png")
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "derived")
    with pytest.raises(PictureMissingError):
        open_picture(exhibit.blob_id)
    take_in_again(Intake.objects.all(), IntakeStep.DRAW)
    taken_in()
    open_picture(exhibit.blob_id).close()


@pytest.mark.django_db
def test_what_is_in_quarantine_and_what_is_no_picture_have_none(attached, settings) -> None:
    hostile = attached(drawn.png("words") + corpus.zipped(("a", b"x")), "a.png")
    words = attached(b"words", "a.txt")
    for exhibit in (hostile, words):
        assert not Intake.objects.get(exhibit=exhibit).pictured
    assert not (Path(settings.MEDIA_ROOT) / "derived").exists()


@pytest.mark.django_db
def test_a_file_that_cannot_be_drawn_is_taken_in_without_one_and_says_so(attached) -> None:
    exhibit = attached(drawn.giant_png(60_000, 60_000), "a.png")
    intake = Intake.objects.get(exhibit=exhibit)
    assert intake.state == IntakeState.WHOLE
    assert "It has no small picture: it is larger than is drawn here." in intake.remark
    assert not intake.pictured
