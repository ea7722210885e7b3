"""PDF, page by page."""

from typing import Any, BinaryIO

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from evidence.intake.text.passages import Passages

MOST_PAGES = 5_000

STAMP = 60
"""Characters on a page that are no more than its stamp: a scan often bears a number."""


def read_pdf(stream: BinaryIO, passages: Passages) -> None:
    """The text of each page; pages that are pictures are counted."""
    try:
        document = PdfDocument(stream)
    except PdfiumError as error:
        protected = "password" in str(error).lower()
        passages.remark = (
            "It is protected by a password, so its text was not read."
            if protected
            else "Its pages could not be read: it may be damaged."
        )
        return
    pages = len(document)
    for number in range(min(pages, MOST_PAGES)):
        page = document[number]
        text = _text_of(page)
        passages.add(f"page {number + 1}", text)
        passages.pictures += _is_picture(page, text)
        page.close()
    if pages > MOST_PAGES:
        passages.remark = f"Only the first {MOST_PAGES:,} of its {pages:,} pages were read."
    elif not passages.kept and not passages.pictures:
        passages.remark = "No text was found in it."


def is_picture(page: Any) -> bool:
    """Whether the page is a picture of a page: hardly a character, and something drawn."""
    return _is_picture(page, _text_of(page))


def _is_picture(page: Any, text: str) -> bool:
    characters = len("".join(text.split()))
    if characters > STAMP:
        return False
    # Without any text, letters may be drawn as lines.
    wanted = [FPDF_PAGEOBJ_IMAGE] if characters else None
    return next(iter(page.get_objects(filter=wanted, max_depth=5)), None) is not None


def _text_of(page: Any) -> str:
    textpage = page.get_textpage()
    text = str(textpage.get_text_bounded())
    textpage.close()
    return text
