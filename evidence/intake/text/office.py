"""Documents and presentations: their text, without links followed or macros run."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from defusedxml.ElementTree import iterparse

from evidence.intake.text.passages import Passages

_WORD = re.compile(r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml")
_SLIDE = re.compile(r"ppt/(slides/slide|notesSlides/notesSlide)(\d+)\.xml")


def read_document(stream: BinaryIO, passages: Passages) -> None:
    """A Word document: body first, then notes, comments, headers and footers."""
    with zipfile.ZipFile(stream) as archive:
        parts = [found for name in archive.namelist() if (found := _WORD.fullmatch(name))]
        for part in sorted(parts, key=lambda each: each[1] != "document"):
            place = "" if part[1] == "document" else part[1].rstrip("0123456789")
            passages.add(place, "\n".join(_paragraphs(archive, part[0])))


def read_slides(stream: BinaryIO, passages: Passages) -> None:
    """A presentation, slide by slide, each with its notes."""
    with zipfile.ZipFile(stream) as archive:
        parts = [found for name in archive.namelist() if (found := _SLIDE.fullmatch(name))]
        for part in sorted(parts, key=lambda each: (int(each[2]), each[1])):
            place = f"slide {part[2]}" if part[1].startswith("slides") else f"notes {part[2]}"
            passages.add(place, "\n".join(_paragraphs(archive, part[0])))


def read_open_document(stream: BinaryIO, passages: Passages) -> None:
    """A text, sheet or presentation in OpenDocument format."""
    with zipfile.ZipFile(stream) as archive:
        passages.add("", "\n".join(_paragraphs(archive, "content.xml", whole=True)))


def _paragraphs(archive: zipfile.ZipFile, name: str, *, whole: bool = False) -> Iterator[str]:
    """The text of each paragraph; ``whole``: all text in it, not only that of runs."""
    with archive.open(name) as part:
        for _, element in iterparse(part, forbid_dtd=True):
            if _local(element) not in ("p", "h"):
                continue
            text = "".join(element.itertext() if whole else _runs(element))
            element.clear()
            if text.strip():
                yield text


def _runs(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter():
        match _local(element):
            case "t":
                yield element.text or ""
            case "tab" | "br" | "cr":
                yield " "


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
