"""Reading pages that are pictures, by the program ``tesseract``; in a process of its own alone."""

import ctypes
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from PIL import Image, ImageOps
from pypdfium2 import PdfDocument

from evidence.intake.kinds import HEAD, Kind, kind_of
from evidence.intake.picture import NoPictureError, opened
from evidence.intake.text.passages import EnoughError, Passages
from evidence.intake.text.pdf import MOST_PAGES, is_picture

MOST_READ = 100
"""Pages of one file that are read; the rest is said not to be."""

SECONDS = 840.0
"""All of them together; the process is ended a little later."""

PAGE_SECONDS = 60.0
_POINTS_AN_INCH = 300
_MOST_POINTS = 20_000_000
"""A page is drawn, or an image made, no larger than this: an A3 page at 300 points an inch."""

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True, slots=True)
class Program:
    """The program, and the languages it is to read, such as ``("eng", "chi_sim")``."""

    path: str
    languages: tuple[str, ...]


class NotReadError(Exception):
    """The program did not read a page; the message says why, for an analyst."""


Clock = Callable[[], float]


def read_pictures(stream: BinaryIO, program: Program, clock: Clock = time.monotonic) -> Passages:
    """The text of an image, or of those pages of a PDF that are pictures of a page."""
    passages = Passages()
    until = clock() + SECONDS
    read = 0
    remarks: list[str] = []
    for tried, (place, draw) in enumerate(_pages(stream)):
        if tried >= MOST_READ or clock() > until:
            remarks.append(
                f"Only {tried} of its pages without text were read by OCR, from the first on."
            )
            break
        try:
            text = _read(draw(), program, min(PAGE_SECONDS, max(1.0, until - clock())))
            passages.add(place, text)
            read += bool(text.strip())
        except (NotReadError, NoPictureError) as error:
            remarks.append(f"OCR of {place or 'the image'}: {error}")
        except EnoughError:
            remarks.append(passages.remark)
            break
    if not read:
        remarks.append("OCR found no text in it.")
    passages.remark = " ".join(remarks[:5])
    return passages


def _pages(stream: BinaryIO) -> Iterator[tuple[str, Callable[[], Image.Image]]]:
    kind = kind_of(stream.read(HEAD))
    stream.seek(0)
    if kind is not Kind.PDF:
        yield "", lambda: _whole(opened(stream))
        return
    document = PdfDocument(stream)
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        if is_picture(page):
            yield f"page {number + 1}", lambda page=page: _drawn(page)  # type: ignore[misc]
        page.close()


def _drawn(page: Any) -> Image.Image:
    width, height = (max(side, 1) / 72 * _POINTS_AN_INCH for side in page.get_size())
    scale = _POINTS_AN_INCH / 72 * min(1.0, (_MOST_POINTS / (width * height)) ** 0.5)
    image: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return image


def _whole(image: Image.Image) -> Image.Image:
    try:
        image.load()
        image = ImageOps.exif_transpose(image).convert("L")
    except (OSError, ValueError, SyntaxError) as error:
        raise NoPictureError("it cannot be read as an image.") from error
    if image.width * image.height > _MOST_POINTS:
        by = (_MOST_POINTS / (image.width * image.height)) ** 0.5
        image = image.resize((max(1, int(image.width * by)), max(1, int(image.height * by))))
    return image


def _read(image: Image.Image, program: Program, seconds: float) -> str:
    given = io.BytesIO()
    image.save(given, "PNG", dpi=(_POINTS_AN_INCH, _POINTS_AN_INCH), compress_level=1)
    command = [program.path, "stdin", "stdout", "-l", "+".join(program.languages)]
    try:
        ended = subprocess.run(  # noqa: S603 - the program the worker found, no shell
            command,
            input=given.getvalue(),
            capture_output=True,
            timeout=seconds,
            check=False,
            # One thread: the other processors belong to others.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            preexec_fn=_die_with_parent,
        )
    except subprocess.TimeoutExpired as error:
        raise NotReadError(f"it took longer than {seconds:.0f} seconds.") from error
    if ended.returncode != 0:
        told = ended.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise NotReadError(f"tesseract stopped ({told[:200] or f'code {ended.returncode}'}).")
    return ended.stdout.decode(errors="replace").replace("\f", "")


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
