"""The two commands: files in, numbers out, and one clear line where they are wrong."""

import json

import pytest

from evidence.figures import CATALOG, TABLES
from tests.terminal import PROJECT, alone, here


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    folder = tmp_path_factory.mktemp("campaign")
    made = here("generate_campaign", folder, "--accounts", 60, "--exchanges", 4_000, "--seed", 3)
    assert made.returncode == 0, made.stderr
    return folder


def test_what_is_generated_is_found_again_without_a_database(campaign):
    run = alone(
        *("compute_figures", "--format", "json"),
        *("--accounts", campaign / "accounts.parquet"),
        *("--exchanges", campaign / "exchanges.parquet"),
    )
    assert run.returncode == 0, run.stderr
    result = json.loads(run.stdout)
    found = {each["figure"]: each for each in result["figures"]}
    for name, rows in json.loads((campaign / "truth.json").read_text()).items():
        assert found[name]["rows"] == rows, name
        assert found[name]["sql"] and "duckdb" in found[name]["engine"]
    assert set(result["files"]) == {"accounts", "exchanges"}
    assert all(len(digest) == 64 for digest in result["files"].values())


def test_in_the_terminal(campaign):
    run = here("compute_figures", "--accounts", campaign / "accounts.parquet")
    assert run.stdout.startswith("accounts\n  accounts\n  60\n")
    assert "exchanges" not in run.stdout.split()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name at least one file: --accounts, --exchanges, --shipments"),
        (["--accounts", "nowhere.csv"], "nowhere.csv: No such file or directory"),
        (["--accounts", "accounts.doc"], "the name must end in one of .parquet"),
        (["--accounts", "README.md", "--column", "x"], "write TABLE.OURS=THEIRS"),
        (["--figure", "none", "--accounts", "{accounts}"], "no figure 'none'; there are: accounts"),
        (["--figure", "period", "--accounts", "{accounts}"], "asks the dataset exchanges"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(campaign, words, said):
    accounts = campaign / "accounts.parquet"
    run = here("compute_figures", *(word.format(accounts=accounts) for word in words))
    assert run.returncode == 1
    assert said in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_a_row_that_cannot_be_read_is_named(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("account_id,at\na,soon\n")
    run = here("compute_figures", "--exchanges", path)
    assert run.returncode == 1
    assert "row 1, column at: 'soon' cannot be read" in run.stderr


def test_the_page_names_every_column_and_figure():
    page = (PROJECT / "docs" / "figures.md").read_text("utf-8")
    for table in TABLES.values():
        for name, column in table.columns.items():
            assert f"| `{name}`{' ●' if column.required else ''} | {column.type} | " in page
    for figure in CATALOG:
        assert f"| `{figure.name}` | {figure.question} |" in page
