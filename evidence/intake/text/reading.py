"""Reading the text of one file, by what it is."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from typing import BinaryIO, cast

from evidence.intake.kinds import HEAD, IMAGES, Kind, ending_of, kind_of
from evidence.intake.text.passages import EnoughError, Passages

Reader = Callable[[BinaryIO, Passages], None]

# Module and function. One file is read in one process, which loads what that file needs: the
# libraries of all formats together take longer than most files.
Named = tuple[str, str]
_DOCUMENT, _SLIDES, _WORKBOOK = (
    ("office", "read_document"), ("office", "read_slides"), ("sheets", "read_workbook")
)  # fmt: skip
_OPEN, _HTML, _EML = (
    ("office", "read_open_document"), ("plain", "read_html"), ("mail", "read_eml")
)  # fmt: skip
_OF_ZIP: Mapping[str, Named] = {
    ".docx": _DOCUMENT,
    ".docm": _DOCUMENT,
    ".pptx": _SLIDES,
    ".pptm": _SLIDES,
    ".xlsx": _WORKBOOK,
    ".xlsm": _WORKBOOK,
    ".odt": _OPEN,
    ".ods": _OPEN,
    ".odp": _OPEN,
}
_OF_TEXT: Mapping[str, Named] = {
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".svg": _HTML,
    ".eml": _EML,
    ".mht": _EML,
    ".mhtml": _EML,
}
_NONE = "It is of a kind whose text is not read here."


def read_text(stream: BinaryIO, filename: str, most: int | None = None) -> Passages:
    """The passages of a file that can be sought in; ``remark`` says what was not read."""
    passages = Passages() if most is None else Passages(most)
    head = stream.read(HEAD)
    stream.seek(0)
    if kind_of(head) in IMAGES:
        passages.pictures = 1
        return passages
    reader = _reader(head, filename)
    if reader is None:
        passages.remark = _NONE
        return passages
    with suppress(EnoughError):  # the remark says so
        reader(stream, passages)
    return passages


def _reader(head: bytes, filename: str) -> Reader | None:
    named = _named(head, ending_of(filename))
    if named is None:
        return None
    module, function = named
    return cast(Reader, getattr(import_module(f"evidence.intake.text.{module}"), function))


def _named(head: bytes, ending: str) -> Named | None:
    match kind_of(head):
        case Kind.PDF:
            return "pdf", "read_pdf"
        case Kind.ZIP:
            return _OF_ZIP.get(ending)
        case Kind.OLE:
            return ("mail", "read_msg") if ending == ".msg" else None
        case Kind.TEXT if ending != ".rtf":
            return _OF_TEXT.get(ending, ("plain", "read_plain"))
    return None
