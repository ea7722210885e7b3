"""PDF, page by page."""

from typing import BinaryIO

from pypdfium2 import PdfDocument, PdfiumError

from evidence.intake.text.passages import Passages

MOST_PAGES = 5_000


def read_pdf(stream: BinaryIO, passages: Passages) -> None:
    """The text of each page; a scan has none, which is said."""
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
        passages.add(f"page {number + 1}", page.get_textpage().get_text_bounded())
        page.close()
    if not passages.kept:
        passages.remark = "No text was found in it: it may be a scan."
    elif pages > MOST_PAGES:
        passages.remark = f"Only the first {MOST_PAGES:,} of its {pages:,} pages were read."
