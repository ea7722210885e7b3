"""A number rests on every row: what cannot be read is named, and nothing else can be reached."""

import json

import duckdb
import pytest
from openpyxl import Workbook

from evidence.figures import (
    ACCOUNTS,
    EXCHANGES,
    TABLES,
    FigureError,
    Source,
    SourceError,
    compute,
    figure_named,
    problems_in,
)
from evidence.rows.reading import opened

COUNT = figure_named("exchanges")


def exchanges(path, form="csv", **columns):
    return Source(EXCHANGES, path, form, columns)


def test_values_are_named_with_row_and_column(csv_file):
    path = csv_file(
        "account_id,at,asn", "a,2026-01-01 00:00:00,1", "b,yesterday,1e999", ",2026-01-01,NaN"
    )
    found = [str(problem) for problem in problems_in(exchanges(path))]
    assert found == [
        "row 2, column asn: '1e999' cannot be read",
        "row 2, column at: 'yesterday' cannot be read",
        "row 3, column account_id: '' cannot be read",
        "row 3, column asn: 'NaN' cannot be read",
    ]


def test_values_in_json_are_named_too(csv_file):
    path = csv_file('{"account_id": "a", "at": "soon"}', name="rows.jsonl")
    (problem,) = problems_in(exchanges(path, "jsonl"))
    assert (problem.row, problem.column, problem.value) == (1, "at", "soon")


def test_a_file_whose_rows_are_well_has_no_problems(csv_file):
    path = csv_file("account_id,at", "a,2026-01-01T05:00:00Z", "b,")
    assert problems_in(exchanges(path)) == ()


def test_no_figure_is_computed_over_values_that_cannot_be_read(csv_file):
    path = csv_file("account_id,at", "a,soon")
    with pytest.raises(FigureError, match="cannot be read"):
        compute(figure_named("period"), [exchanges(path)])


def test_other_names_are_mapped(csv_file):
    path = csv_file("Acct No,when", "a,2026-01-01", "a,2026-01-02")
    source = exchanges(path, account_id="Acct No", at="when")
    assert compute(COUNT, [source]).rows == ((2, 1),)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({}, "account_id .* is missing; say which column"),
        ({"account_id": "nowhere"}, "the file has no column 'nowhere'; it has: who, when"),
        ({"nothing": "who"}, "'nothing' is no column of exchanges"),
    ],
)
def test_a_mapping_that_fits_nothing_is_refused_by_name(csv_file, columns, said):
    path = csv_file("who,when", "a,b")
    with pytest.raises(SourceError, match=said):
        compute(COUNT, [exchanges(path, **columns)])


@pytest.mark.parametrize(
    ("name", "form", "content"),
    [
        ("rows.parquet", "parquet", b"PAR1 this is none"),
        ("rows.csv", "csv", b"account_id\n\xff\xfe\xfa\n"),
        ("rows.jsonl", "jsonl", b'{"account_id": '),
        ("rows.csv", "csv", b""),
        ("rows.parquet", "parquet", b""),
    ],
)
def test_what_is_not_what_it_says_is_refused(tmp_path, name, form, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises((SourceError, FigureError)):
        compute(COUNT, [exchanges(path, form)])


def test_ten_thousand_columns_are_refused(csv_file):
    path = csv_file(",".join(f"c{n}" for n in range(10_000)), ",".join("1" * 10_000))
    with pytest.raises(SourceError, match="10000 columns; at most 1000"):
        compute(COUNT, [exchanges(path)])


def test_a_column_that_holds_nothing_makes_no_zero(csv_file):
    path = csv_file("account_id", "a")
    with pytest.raises(FigureError, match=r"needs exchanges.at \(when it was made\)"):
        compute(figure_named("period"), [exchanges(path)])


def test_a_dataset_that_is_not_named_is_asked_for(csv_file):
    path = csv_file("account_id", "a")
    with pytest.raises(FigureError, match="asks the dataset accounts: name its file"):
        compute(figure_named("accounts"), [exchanges(path)])


def test_names_with_quotes_are_names(csv_file):
    path = csv_file('"x"", (SELECT 1) AS ""y",at', "a,2026-01-01", name="it's.csv")
    source = exchanges(path, account_id='x", (SELECT 1) AS "y')
    assert compute(COUNT, [source]).rows == ((1, 1),)


def test_nothing_but_the_named_files_can_be_read(csv_file):
    mine = csv_file("account_id", "a")
    other = csv_file("secret", "s", name="other.csv")
    with opened([exchanges(mine)]) as connection:
        for query in (
            f"FROM read_csv('{other}')",
            f"COPY (SELECT 1) TO '{other}'",
            "SET enable_external_access = true",
            "INSTALL httpfs",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(query)
    assert other.read_text() == "secret\ns\n"


@pytest.mark.parametrize(
    ("figure", "parameters", "said"),
    [
        ("concentration", {"percent": 0}, "percent: at least 1"),
        ("concentration", {"percent": "ten"}, "percent: write a whole number"),
        ("geographic-evasion", {"restricted": "CN"}, "restricted: write a list of words"),
        ("accounts", {"percent": 1}, "takes no parameter 'percent'"),
    ],
)
def test_parameters_are_checked_by_name(csv_file, figure, parameters, said):
    path = csv_file("account_id", "a")
    sources = [Source(ACCOUNTS, path, "csv"), exchanges(path)]
    with pytest.raises(FigureError, match=said):
        compute(figure_named(figure), sources, parameters)


NUMBERS = ("NaN", "inf", "-Infinity", "1e999", "1e30", "1.5")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_what_is_no_whole_number_is_none_in_any_column_of_any_format(tmp_path, table, form):
    numbers = [name for name, column in table.columns.items() if column.type == "int64"]
    required = {name: "2026-01-01" for name in table.required if name not in numbers}
    rows = [
        {**required, **{name: value if name == wrong else "7" for name in numbers}}
        for wrong in numbers
        for value in NUMBERS
    ]
    path = written(tmp_path, form, rows, numbers)
    problems = problems_in(Source(table, path, form))
    assert [(problem.row, problem.column) for problem in problems] == [
        (place, wrong)
        for place, wrong in enumerate((name for name in numbers for _ in NUMBERS), start=1)
    ]


def written(folder, form, rows, numbers):
    """The rows in a file of this format; in Parquet the numbers are doubles, as they come."""
    path = folder / f"rows.{form}"
    if form == "jsonl":
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        return path
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    if form == "xlsx":
        book = Workbook()
        for line in lines:
            book.active.append(line)
        book.save(path)
        return path
    rows_as_csv = folder / "rows.csv"
    rows_as_csv.write_text("".join(",".join(line) + "\n" for line in lines))
    if form == "parquet":
        cast = ", ".join(
            f"CAST({name} AS {'DOUBLE' if name in numbers else 'VARCHAR'}) AS {name}"
            for name in rows[0]
        )
        read = duckdb.read_csv(str(rows_as_csv), all_varchar=True)
        finite = ", ".join(f"replace({name}, '1e999', 'inf') AS {name}" for name in numbers)
        read.project(f"* REPLACE ({finite})").project(cast).write_parquet(str(path))
    return path


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.csv", b"account_id,asn\na,1\nb\xff\xfe,2\n", 3),
        ("late.csv", b"account_id,asn\n" + b"a,1\n" * 60_000 + b"b\xff,2\n", 60_002),
        ("a.jsonl", b'{"account_id": "a"}\n{"account_id": "b\xff"}\n', 2),
        ("wide.csv", "account_id\na\n".encode("utf-16"), 1),
    ],
)
def test_what_is_not_utf8_is_named_by_its_line_and_not_by_our_path(tmp_path, name, content, line):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=f"line {line} of the file is not UTF-8: save it"):
        problems_in(exchanges(path, name.rpartition(".")[2]))


@pytest.mark.parametrize("name", ["deep.jsonl", "half.jsonl"])
def test_other_json_that_cannot_be_read_is_said_without_our_path(tmp_path, name):
    path = tmp_path / name
    deep = name == "deep.jsonl"
    value = "[" * 100_000 + "]" * 100_000 if deep else '"\\ud800"'
    path.write_text(f'{{"account_id": {value}}}\n')
    with pytest.raises(SourceError, match="recursion depth" if deep else "surrogate") as refused:
        problems_in(exchanges(path, "jsonl"))
    assert str(tmp_path) not in str(refused.value)


def test_a_text_with_a_nul_in_it_is_named(csv_file):
    (problem,) = problems_in(exchanges(csv_file("account_id,asn", "a\x00b,1")))
    assert (problem.row, problem.column) == (1, "account_id")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_ten_thousand_columns_are_refused_with_their_number(tmp_path, form):
    path = tmp_path / f"wide.{form}"
    head = [f"c{number}" for number in range(10_000)]
    if form == "csv":
        path.write_text(f"{','.join(head)}\n")
    else:
        book = Workbook(write_only=True)
        book.create_sheet().append(head)
        book.save(path)
    with pytest.raises(SourceError, match="has 10000 columns; at most 1000 are read"):
        problems_in(exchanges(path, form))
