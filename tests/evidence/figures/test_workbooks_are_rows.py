"""A workbook's first sheet as rows: text as it is shown, numbers and times as figures read them."""

from datetime import datetime

import pytest
from openpyxl import Workbook

from evidence.figures import (
    ACCOUNTS,
    SHIPMENTS,
    Source,
    SourceError,
    as_rows,
    compute,
    figure_named,
    head_of,
    problems_in,
)

HEAD = ["shipment_id", "shipped_at", "consignee", "quantity", "value_usd", "origin", "destination"]


@pytest.fixture
def workbook(tmp_path):
    def written(*rows, name="rows.xlsx"):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return written


def shipments(path):
    return Source(SHIPMENTS, path, "xlsx")


def test_figures_are_those_of_the_same_rows_in_csv(workbook, csv_file):
    rows = [
        ["S-1", datetime(2026, 1, 5, 8), "Harbor", 64.0, 2_400_000, "US", "MY"],
        ["S-2", datetime(2026, 2, 11, 8), "Harbor", 32, 1_200_000, "US", "MY"],
        [7, datetime(2026, 2, 20, 8), "Quiet, Logistics", 8, 310_000, "US", "SG"],
    ]
    path = workbook(HEAD, *rows, [None] * 7, [None] * 7)
    plain = csv_file(
        ",".join(HEAD),
        "S-1,2026-01-05 08:00:00,Harbor,64,2400000,US,MY",
        "S-2,2026-02-11 08:00:00,Harbor,32,1200000,US,MY",
        '7,2026-02-20 08:00:00,"Quiet, Logistics",8,310000,US,SG',
    )
    for name in ("shipments-by-route", "shipments-by-consignee", "red-flag-routes"):
        figure = figure_named(name)
        ours = compute(figure, [shipments(path)])
        assert ours.rows == compute(figure, [Source(SHIPMENTS, plain, "csv")]).rows
        assert ours.rows


def test_values_are_named_with_the_row_they_stand_in(workbook):
    path = workbook(["account_id", "asn"], ["a", 1], [None, None], ["c", "#REF!"], [None, None])
    found = [str(problem) for problem in problems_in(Source(ACCOUNTS, path, "xlsx"))]
    assert found == [
        "row 2, column account_id: '' cannot be read",
        "row 3, column asn: '#REF!' cannot be read",
    ]


def test_a_number_of_its_own_fraction_is_no_whole_number(workbook):
    path = workbook(["account_id", "asn"], ["a", 1.5])
    with as_rows([Source(ACCOUNTS, path, "xlsx")]) as (source,):
        assert source.path.read_text().splitlines()[1] == "a,1.5"


def test_the_head_is_read_without_the_rest(workbook):
    path = workbook(["Konto", "x"], *([number, True] for number in range(50)))
    head = head_of(Source(ACCOUNTS, path, "xlsx"), rows=2)
    assert head.columns == ("Konto", "x")
    assert head.rows == (("0", "true"), ("1", "true"))


def test_nothing_is_left_when_it_is_done(workbook):
    with as_rows([shipments(workbook(HEAD))]) as (source,):
        assert source.path.exists()
    assert not source.path.exists()


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "rows.xlsx"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="cannot be read as a workbook"):
        head_of(shipments(path))


def test_a_sheet_without_names_is_refused(workbook):
    with pytest.raises(SourceError, match="first row of the first sheet is blank"):
        head_of(shipments(workbook([None, None], ["S-1", 1])))


def test_a_sheet_of_too_many_columns_is_refused(workbook):
    with pytest.raises(SourceError, match="at most 1000 are read"):
        head_of(shipments(workbook([f"c{number}" for number in range(1001)])))
