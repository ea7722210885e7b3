"""Images and scans made here, with words drawn on them."""

import io
import os
import struct
import zlib

import pytest
from PIL import Image, ImageDraw, ImageFont

from evidence.intake.tools import tesseract


def image(*lines: str, size: tuple[int, int] = (1240, 700)) -> Image.Image:
    """A white page with these lines on it."""
    page = Image.new("L", size, 255)
    font = ImageFont.load_default(46)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((80, 80 + 90 * number), line, font=font, fill=0)
    return page


def png(*lines: str, size: tuple[int, int] = (1240, 700)) -> bytes:
    return saved(image(*lines, size=size), "PNG")


def scan(*pages: tuple[str, ...]) -> bytes:
    """A PDF whose pages are pictures."""
    first, *rest = [image(*lines) for lines in pages]
    return saved(first, "PDF", save_all=True, append_images=rest, resolution=150)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def giant_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is so large."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content
            + struct.pack(">I", zlib.crc32(name + content))
        )  # fmt: skip

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(5000))) + chunk(b"IEND", b"")
    )  # fmt: skip


def needs_tesseract() -> None:
    """A machine that promises the program must not pass without it."""
    found = tesseract()
    if found is not None and "eng" in found.languages:
        return
    what = "tesseract with its English data is not installed (apt-get: tesseract-ocr)."
    if os.environ.get("CI"):
        pytest.fail(f"{what} The variable CI is set, so this is a failure.", pytrace=False)
    pytest.skip(f"NO PAGE WAS READ BY OCR: {what}")
