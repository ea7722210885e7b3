"""The docket as files: CSV line by line, and a workbook written without holding it in memory."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from casemgr.docketing.page import lines
from casemgr.docketing.rows import COLUMNS, CaseStatus, Cell, case_rows, cells, csv_rows
from casemgr.models.case_queries import CaseQuerySet
from casemgr.work_product import HANDLING

TOGETHER = 500
"""Cases read at once."""

_WIDTHS = {"title": 44, "designee": 32, "case": 22, "authority": 26, "oldest_serious_flag": 34}
# XML has no way to say these; a workbook that holds one cannot be opened.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST_CELL = 32_767


def exported_rows(cases: CaseQuerySet, today: date) -> Iterator[CaseStatus]:
    """The rows of all these cases in their order, some hundreds read at a time."""
    ids = iter(list(cases.values_list("pk", flat=True)))
    while chunk := list(islice(ids, TOGETHER)):
        yield from case_rows(lines(chunk, today), today)


def as_csv(rows: Iterator[CaseStatus]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180), the handling in the first."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    for row in csv_rows(rows):
        yield writer.writerow(row)


def write_workbook(rows: Iterator[CaseStatus], told: str, out: IO[bytes]) -> int:
    """Write an XLSX workbook to ``out``; returns the number of cases in it.

    The first row is the handling, the second what was asked (``told``), the third the names of
    the columns. Days and numbers keep their type; text is stored as text, never as a formula.
    """
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet("Docket")
    sheet.freeze_panes = "B4"
    for place, name in enumerate(COLUMNS):
        sheet.column_dimensions[_letter(place)].width = _WIDTHS.get(name, 16)
    bold = Font(bold=True)
    for text in (HANDLING, told):
        sheet.append([_cell(sheet, text, bold)])
    sheet.append([_cell(sheet, name, bold) for name in COLUMNS])
    number = 0
    for row in rows:
        sheet.append([_cell(sheet, value) for value in cells(row)])
        number += 1
    book.save(out)
    return number


def _cell(sheet: WriteOnlyWorksheet, value: Cell, font: Font | None = None) -> WriteOnlyCell:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, _UNSAYABLE.sub("\ufffd", value)[:_LONGEST_CELL])
    # openpyxl takes what begins with "=" for a formula; here all text is text, and stays so when
    # somebody edits the cell.
    cell.data_type = "s"
    cell.quotePrefix = True
    if font is not None:
        cell.font = font
    return cell


def _letter(place: int) -> str:
    return chr(ord("A") + place)


class _Line:
    """What csv writes to: hands each line on."""

    def write(self, line: str) -> str:
        return line
