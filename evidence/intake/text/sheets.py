"""Workbooks, sheet by sheet; no formula is run."""

from typing import BinaryIO

from openpyxl import load_workbook

from evidence.intake.text.passages import Passages


def read_workbook(stream: BinaryIO, passages: Passages) -> None:
    """A workbook, sheet by sheet; values as last computed."""
    book = load_workbook(stream, read_only=True, data_only=True)
    for sheet in book.worksheets:
        lines: list[str] = []
        size = 0
        for row in sheet.iter_rows(values_only=True):
            line = "\t".join(str(value) for value in row if value is not None)
            if not line:
                continue
            lines.append(line)
            size += len(line)
            if size > passages.most:
                break
        passages.add(f"sheet {sheet.title}", "\n".join(lines))
