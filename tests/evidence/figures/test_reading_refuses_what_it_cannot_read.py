"""A number rests on every row: what cannot be read is named, and nothing else can be reached."""

import duckdb
import pytest

from evidence.figures import (
    ACCOUNTS,
    EXCHANGES,
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
