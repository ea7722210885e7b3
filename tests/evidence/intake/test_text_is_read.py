"""The words of each format are read with the place they stand at; what cannot be is said."""

import io
import json
import zipfile
from email.message import EmailMessage
from itertools import pairwise

import pytest
from openpyxl import Workbook

from evidence.intake.guard import StepFailedError, guarded
from evidence.intake.text.passages import MOST_IN_ONE
from evidence.intake.text.reading import read_text
from tests.evidence.intake import corpus


def read(content: bytes, name: str, most: int | None = None):
    return read_text(io.BytesIO(content), name, most)


def pdf(*pages: str) -> bytes:
    """A PDF whose pages show one line each, written by hand with its table of offsets."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, text in enumerate(pages):
        drawn = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        objects += [
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {5 + 2 * n} 0 R>>",
            f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        ]
    body, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj{each}endobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        body
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n"
            f"startxref\n{len(body)}\n%%EOF\n"
        ).encode()
    )


def workbook() -> bytes:
    book = Workbook()
    book.active.title = "Accounts"
    book.active.append(["account", "opened"])
    book.active.append([17, "2026-02-01"])
    book.create_sheet("Payments").append(["Marigold Trading"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def message() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "Größe"
    mail.set_content("The racks ship on Monday.")
    mail.add_alternative("<p>The racks ship on <b>Monday</b>.</p>", subtype="html")
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="packing.pdf")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("a.pdf", pdf("First words", "Second words"),
         [("page 1", "First words"), ("page 2", "Second words")]),
        ("a.docx", corpus.docx(corpus.paragraphs("One &amp; two", "three"),
         ("word/footnotes.xml", corpus.paragraphs("a note").encode())),
         [("", "One & two\nthree"), ("footnotes", "a note")]),
        ("a.xlsx", workbook(),
         [("sheet Accounts", "account\topened\n17\t2026-02-01"),
          ("sheet Payments", "Marigold Trading")]),
        ("a.html", b"<title>Chips</title><style>p{}</style><p>found &eacute;<script>no()</script>",
         [("", "Chips\nfound é")]),
        ("a.eml", message(),
         [("headers", "From: a@example.org\nTo: b@example.org\nSubject: Größe"),
          ("", "The racks ship on Monday.\n"), ("attachments", "packing.pdf")]),
        ("a.txt", b"caf\xc3\xa9", [("", "café")]),
        ("latin.txt", "Gerät".encode("latin-1"), [("", "Gerät")]),
        ("utf16.txt", "Gerät".encode("utf-16"), [("", "Gerät")]),
        ("zero.svg", b"<svg><text>label</text></svg>", [("", "label")]),
    ],
)  # fmt: skip
def test_with_the_place_it_stands_at(name, content, kept) -> None:
    passages = read(content, name)
    assert [(place, text.replace("\r\n", "\n")) for place, text in passages.kept] == kept
    assert passages.remark == ""


def test_an_open_document() -> None:
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = f'<d xmlns:t="{text}"><t:h>Head</t:h><t:p>one <t:span>two</t:span></t:p></d>'
    assert read(corpus.zipped(("content.xml", body.encode())), "a.odt").kept == [
        ("", "Head\none two")
    ]


@pytest.mark.parametrize(
    ("name", "content", "remark"),
    [
        ("blank.pdf", pdf(""), "No text was found in it."),
        ("cut.pdf", b"%PDF-1.4\n\xff\xff", "Its pages could not be read: it may be damaged."),
        ("a.zip", corpus.zipped(("a", b"x")), "It is of a kind whose text is not read here."),
    ],
)
def test_what_cannot_be_read_is_said(name, content, remark) -> None:
    passages = read(content, name)
    assert (passages.kept, passages.remark) == ([], remark)


def test_a_long_text_becomes_passages_parted_between_words() -> None:
    words = " ".join(str(number) for number in range(12_000))
    texts = [text for _, text in read(words.encode(), "a.txt").kept]
    assert len(texts) > 2
    assert "".join(texts) == words
    assert all(len(text) <= MOST_IN_ONE for text in texts)
    assert all(before.endswith(" ") for before, _ in pairwise(texts))


def test_no_more_is_read_than_is_kept() -> None:
    passages = read(b"word " * 10_000, "a.txt", most=25_000)
    assert sum(len(text) for _, text in passages.kept) == 25_000
    assert passages.remark == "Only the first 25,000 characters of its text were read."


def test_what_the_database_refuses_is_not_handed_to_it() -> None:
    [(_, text)] = read(b"word " * 1000 + b"one\x00two \xed\xa0\x80", "a.txt").kept
    assert "\x00" not in text
    assert text.encode().decode() == text


def test_entities_are_refused_once_more_where_text_is_read(tmp_path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(corpus.docx(corpus.XXE + "<d>&x;</d>"))
    with path.open("rb") as file, pytest.raises(StepFailedError, match="DTDForbidden"):
        guarded("read", file, "a.docx")


def test_a_document_that_unpacks_without_end_ends_its_reader_alone(tmp_path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", corpus.TYPES)
        with archive.open("word/document.xml", "w") as part:
            part.write(corpus.paragraphs("x").partition("</w:t>")[0].encode())
            for _ in range(1200):
                part.write(b"a" * 1_000_000)
    with path.open("rb") as file, pytest.raises(StepFailedError):
        guarded("read", file, "a.docx")


def test_the_result_of_the_child_is_plain_json(tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Gerät".encode())
    with path.open("rb") as file:
        assert json.dumps(guarded("read", file, "a.txt"), ensure_ascii=False) == (
            '{"passages": [["", "Gerät"]], "remark": "", "pictures": 0}'
        )
