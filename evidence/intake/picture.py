"""A small picture of a file: the first page of a PDF, or an image; in a process of its own alone.

What is drawn holds nothing of the file but points: no metadata, no script, no second face.
"""

import io
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdfium2 import PdfDocument, PdfiumError

from evidence.intake.kinds import HEAD, Kind, kind_of

WIDTH, HEIGHT = 320, 420
"""Most points across and down."""

MOST_POINTS = 100_000_000
"""Points of an image that is drawn; a larger one needs more memory than a reader is given."""

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")


class NoPictureError(Exception):
    """Nothing can be drawn; the message says why, for an analyst."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and its size."""

    png: bytes
    width: int
    height: int


def draw(stream: BinaryIO) -> Picture:
    """A small picture of the file. Raises NoPictureError."""
    kind = kind_of(stream.read(HEAD))
    stream.seek(0)
    try:
        image = _first_page(stream) if kind is Kind.PDF else _small(opened(stream))
    except NoPictureError as error:
        raise NoPictureError(f"It has no small picture: {error}") from error
    made = io.BytesIO()
    image.save(made, "PNG", optimize=True)
    return Picture(made.getvalue(), image.width, image.height)


def opened(stream: BinaryIO) -> Image.Image:
    """The image, its size known and its points not yet read. Raises NoPictureError."""
    try:
        image = Image.open(stream, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise NoPictureError("it is larger than is drawn here.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NoPictureError("it cannot be read as an image.") from error
    if image.width * image.height > MOST_POINTS:
        raise NoPictureError(
            f"it is {image.width:,} × {image.height:,} points, more than are drawn here."
        )
    return image


def _small(image: Image.Image) -> Image.Image:
    try:
        image.draft("RGB", (2 * WIDTH, 2 * HEIGHT))  # a JPEG is decoded no larger than is needed
        image.thumbnail((WIDTH, HEIGHT))
        image = ImageOps.exif_transpose(image)
        image.thumbnail((WIDTH, HEIGHT))
        return _on_white(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPictureError("it cannot be read as an image.") from error


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    white = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(white, layer).convert("RGB")


def _first_page(stream: BinaryIO) -> Image.Image:
    try:
        document = PdfDocument(stream)
        page = document[0]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), HEIGHT / max(height, 1))
        # A strip may come out thinner than one point.
        if min(width, height) * scale < 1:
            raise NoPictureError("its first page is a strip.")
        drawn: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    except (PdfiumError, IndexError) as error:
        raise NoPictureError("its first page cannot be drawn.") from error
    drawn.thumbnail((WIDTH, HEIGHT))
    return drawn
