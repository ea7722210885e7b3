"""A CSV file or a workbook is read as rows of text, or refused with what to do."""

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from evidence.sheets.reading import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Sheet,
    SheetError,
    read_sheet,
)


def read(content: bytes | str, name: str = "s.csv") -> Sheet:
    return read_sheet(io.BytesIO(content.encode() if isinstance(content, str) else content), name)


def workbook(*rows: list[object]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_rows_have_the_numbers_a_spreadsheet_shows(separator: str, encoding: str) -> None:
    lines = ["kind", "summary"], ["other", "“It” says"], ["", ""], ["other", "Two\nlines"]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    assert read(text.encode(encoding)) == Sheet(
        ("kind", "summary"), ((2, ("other", "“It” says")), (4, ("other", "Two\nlines")))
    )


def test_a_workbook_reads_like_the_csv_of_it() -> None:
    content = workbook(
        ["summary", "dated", "accounts"],
        ["It says", datetime(2026, 2, 23), 24000],
        [None, None, None],
        ["That", None, None],
    )
    assert read(content) == Sheet(
        ("summary", "dated", "accounts"),
        ((2, ("It says", "2026-02-23", "24000")), (4, ("That", "", ""))),
    )


def test_a_text_that_our_export_kept_from_being_a_formula_is_itself_again() -> None:
    assert read("summary\n'=1+1\n'quoted'\n").rows == ((2, ("=1+1",)), (3, ("'quoted'",)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"summary\n", "no row under it"),
        (b"summary\nOne, two\n", "Row 2 has 2 cells, the head 1"),
        (b"summary,,title\na,b,c\n", "Column 2 has no name"),
        (b"summary\n\xe4hnlich\n", "Line 2 is not UTF-8"),
        (b"summary\n\x00\n", "NUL bytes"),
        (b'summary\n"never ended\n', "Row 2 cannot be read"),
        (b"PK\x03\x04 no archive", "cannot be read as a workbook"),
        (b"\xd0\xcf\x11\xe0old", "save it as .xlsx"),
        (b"x" * (MOST_BYTES + 1), "larger than"),
        (b"summary\n" + b"a\n" * (MOST_ROWS + 1), f"more than {MOST_ROWS} rows"),
        (b",".join(b"c%d" % n for n in range(MOST_COLUMNS + 1)) + b"\n1\n", "201 columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_sheet_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(SheetError, match=said):
        read(content)


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (101 * 1024**2))
    with pytest.raises(SheetError, match="unpacks to more than"):
        read(out.getvalue())


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"a\n{text}".encode()))
def test_any_bytes_are_a_sheet_or_refused(content: bytes) -> None:
    try:
        sheet = read(content)
    except SheetError as error:
        assert str(error)
    else:
        assert all(len(cells) == len(sheet.columns) for _, cells in sheet.rows)
