"""The words of a certificate are those of the entries, whatever anyone typed into them."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest

from evidence.certificate.content import Entry, Made, Subject, stated
from evidence.certificate.render import _SHOWN, in_print, render

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
SHA = "ab" * 32
SUBJECT = Subject(
    item="E-REPORT",
    filename="accounts.csv",
    role="original",
    size=1_234_567,
    sha256=SHA,
    acquired="2 March 2026",
    version_of="",
    handling="",
)
MADE = Made("Cora Counsel (cora)", "For the hearing", "casemgr 0.1.0.")
RECEIVED = Entry(AT, "received", "file received", "Ana Lyst (ana)", "it came in by courier", SHA)
INSPECTED = Entry(
    AT + timedelta(minutes=1),
    "inspected",
    "file inspected",
    "",
    "nothing was found against it",
    SHA,
)
READ = Entry(
    AT + timedelta(days=9), "verified", "bytes verified", "Cora Counsel (cora)", "For the hearing",
    SHA,
)  # fmt: skip
ALTERED = Entry(
    AT + timedelta(days=2), "mismatch", "bytes do not match", "", "found by the nightly reading",
    "cd" * 32,
)  # fmt: skip

HOSTILE = (
    '#panic("x")', "*bold* _it_ $x^2$ `raw`", "#include \"/etc/passwd\"", "]#[", "<label> @ref",
    "\\u{41} \\ // comment /* c */", "= heading\n- list", "{{ x }} {% y %}", '"quoted" \'single\'',
    "#sys.inputs", "a" * 255, "中文報告.pdf", "תיק.pdf", "😀.pdf", "a\u202egpj.exe", "é",
    "--- ... ~", "\x00\x07", "\ud800",
)  # fmt: skip


def text_of(pdf: bytes) -> str:
    """The words of the document, with single spaces."""
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return " ".join(" ".join(pages).split())


def certificate(*entries: Entry, subject: Subject = SUBJECT, made: Made = MADE) -> bytes:
    return render(stated(subject, entries, made), entries[-1].at)


def closed_up(text: str) -> str:
    """Without the places where a line may break."""
    return re.sub(r"[\s\u200b\ufffe\x02]+", "", text)


def test_it_states_the_file_the_process_and_every_entry() -> None:
    text = text_of(certificate(RECEIVED, INSPECTED, READ))
    for words in (
        "Fed. R. Evid. 902(13) and 902(14)",
        "File name accounts.csv",
        "Size 1,234,567 bytes",
        "The file was received on 4 March 2026, 05:06:07 UTC, entered by Ana Lyst (ana).",
        "the stored bytes were read from the store on 13 March 2026, 05:06:07 UTC",
        "No entry shows that the stored bytes were found altered, missing or unreadable.",
        "casemgr 0.1.0.",
        "All 3 entries about this file",
        "it came in by courier",
        "the system (casemgr) nothing was found against it",
    ):
        assert words in text, words
    assert SHA in closed_up(text)


def test_it_is_unsigned_and_says_so_and_leaves_room() -> None:
    text = text_of(certificate(RECEIVED, READ))
    assert "Not signed." in text
    assert "certifies nothing until a qualified person has read it" in text
    assert "It is not legal advice." in text
    assert text.count("form, not signed") == len(pypdfium2.PdfDocument(certificate(RECEIVED, READ)))
    for blank in ("Signature", "Date", "Name", "Title", "Organization", "Place"):
        assert blank in text


def test_what_went_wrong_is_said_with_what_was_found() -> None:
    text = text_of(certificate(RECEIVED, ALTERED, READ))
    assert "not always found whole: 1 entry shows otherwise (6 March 2026, 05:06:07 UTC" in text
    assert "No entry shows" not in text
    assert "cd" * 32 in closed_up(text)


def test_without_an_entry_of_receipt_it_claims_none() -> None:
    text = text_of(certificate(INSPECTED, READ))
    assert "do not show when and from whom the bytes were received" in text
    assert "The file was received" not in text


@pytest.mark.parametrize(
    "entries",
    [(), (RECEIVED,), (RECEIVED, READ, ALTERED), (RECEIVED, replace(READ, sha256="cd" * 32))],
)
def test_without_a_reading_that_found_the_bytes_whole_there_is_none(entries) -> None:
    with pytest.raises(ValueError, match="rests on a reading"):
        stated(SUBJECT, entries, MADE)


@pytest.mark.parametrize("name", HOSTILE, ids=repr)
def test_whatever_was_typed_is_printed_as_it_was_typed(name: str) -> None:
    pdf = certificate(
        replace(RECEIVED, who=name, why=name),
        replace(READ, why=name),
        subject=replace(SUBJECT, item=name, filename=name, version_of=name, handling=name),
        made=Made(name, name, "casemgr 0.1.0."),
    )
    assert closed_up(f"File name {in_print(name)}") in closed_up(text_of(pdf))


def test_every_character_that_is_printed_has_a_shape() -> None:
    every = "".join(chr(each) for shown in _SHOWN for each in shown)
    assert in_print(every) == every
    entries = (replace(RECEIVED, why=every), READ)  # in both fonts: a PDF/A without a glyph fails
    subject = replace(SUBJECT, filename=" ".join(every))
    assert certificate(*entries, subject=subject).startswith(b"%PDF-1.7")


def test_what_cannot_be_printed_stands_as_its_code_point() -> None:
    assert in_print("中") == "<U+4E2D>"
    assert in_print("a\u202eb") == "a<U+202E>b"
    assert in_print("e\u0301") == "é"
    assert in_print("a\tb") == "a<U+0009>b"


def test_the_same_words_are_the_same_bytes() -> None:
    assert certificate(RECEIVED, READ) == certificate(RECEIVED, READ)
    assert certificate(RECEIVED, READ) != certificate(RECEIVED, INSPECTED, READ)


def test_handling_stands_on_every_page() -> None:
    views = [
        replace(READ, at=AT + timedelta(hours=hour), kind="viewed", what="file viewed")
        for hour in range(1, 80)
    ]
    pdf = certificate(RECEIVED, *views, READ, subject=replace(SUBJECT, handling="CUI // PROPIN"))
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    assert len(pages) > 3
    assert all(page.count("CUI // PROPIN") == 2 for page in pages)


def test_it_is_an_archival_and_accessible_pdf() -> None:
    pdf = certificate(RECEIVED, READ)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_value("Title") == "Certificate of custody, E-REPORT"
    assert document.is_tagged()
