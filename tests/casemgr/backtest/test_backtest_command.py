"""``manage.py backtest`` as people run it, with no database to be found."""

import json
from subprocess import CompletedProcess

import pytest
from jsonschema import Draft202012Validator

from casemgr.backtest.as_json import backtest_schema
from tests.casemgr.backtest.unseen_dockets import FILES
from tests.terminal import PROJECT, alone, here

SCHEMA = json.loads((PROJECT / "docs" / "backtest.schema.json").read_text("utf-8"))
KEYS = ["grounds", "recall", "false_alarms", "ordering", "null_model"]
OF_A_GROUND = ["precedent", "ground", "court", "grade", "flags"]
OF_A_GROUND += ["standard", "stage", "scored", "cluster", "decided_by"]


def backtest(*words: object) -> CompletedProcess[str]:
    """Run the command here, where nothing may ask the database."""
    return here("backtest", *words)


@pytest.fixture
def folder(tmp_path):
    """A folder with the invented corpus."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def errors(document):
    return list(Draft202012Validator(SCHEMA).iter_errors(document))


def test_the_shipped_precedents_run_without_a_database_and_follow_the_schema():
    run = alone("backtest", "--format", "json")
    assert (run.returncode, run.stderr) == (0, "")
    found = json.loads(run.stdout)
    assert errors(found) == []
    assert list(found) == KEYS
    assert list(found["grounds"][0]) == OF_A_GROUND


def test_any_folder_can_be_run_and_its_fractions_have_four_places(folder):
    found = json.loads(backtest("--dir", folder, "--format", "json").stdout)
    assert errors(found) == []
    assert found["null_model"] == {"recall": 0.5714, "false_alarms": 0.0}
    assert found["ordering"] == {"held": 3, "failed": []}
    by_case = {each["precedent"]: each for each in found["grounds"]}
    assert by_case["CLASSIFIED-ALONE"]["cluster"] == "one judgment"
    assert by_case["JSON"] == {
        "precedent": "JSON",
        "ground": 2,
        "court": "legal-bar",
        "grade": "contestable",
        "flags": [],
        "standard": "other",
        "stage": None,
        "scored": False,
        "cluster": None,
        "decided_by": "silent",
    }


def test_fractions_are_null_when_nothing_is_scored(tmp_path):
    (tmp_path / "order.yaml").write_text("docket: 1\nordering: []\n", "utf-8")
    found = json.loads(backtest("--dir", tmp_path, "--format", "json").stdout)
    assert errors(found) == []
    assert found == {
        "grounds": [],
        "recall": None,
        "false_alarms": None,
        "ordering": {"held": 0, "failed": []},
        "null_model": {"recall": None, "false_alarms": None},
    }


def test_the_same_folder_gives_the_same_bytes_whatever_the_hash_seed():
    runs = [
        alone("backtest", "--format", "json", PYTHONHASHSEED=seed).stdout for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_the_text_names_court_grade_verdict_and_doctrines_of_each_ground(folder):
    run = backtest("--dir", folder)
    (line,) = [line for line in run.stdout.splitlines() if line.startswith("PROFILES 2 X-2")]
    for word in ("deficient", "weak", "hit", "contrary-unaddressed (serious)"):
        assert word in line
    assert "ordering: 3 held, 0 failed" in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 100


@pytest.mark.parametrize("name", ["LAW/X-3", "LAW/3"])
def test_one_ground_is_shown_with_the_sentences_behind_it(folder, name):
    run = backtest("--dir", folder, "--ground", name)
    assert "Judged by what is stated" in run.stdout
    assert "HEARSAY" not in run.stdout
    assert "1 / 1" in run.stdout


def test_a_case_chosen_keeps_its_ordering(folder):
    run = backtest("--dir", folder, "--ground", "CLASSIFIED-ALONE", "--format", "json")
    found = json.loads(run.stdout)
    assert [each["precedent"] for each in found["grounds"]] == ["CLASSIFIED-ALONE"]
    assert found["ordering"]["held"] == 1


def test_a_pair_of_which_one_case_is_elsewhere_is_told_and_not_counted(tmp_path):
    (tmp_path / "order.yaml").write_text("docket: 1\nordering: [[A/X-1, B/X-1]]\n", "utf-8")
    run = backtest("--dir", tmp_path, "--format", "json")
    assert run.returncode == 0
    assert json.loads(run.stdout)["ordering"] == {"held": 0, "failed": []}
    assert "A/X-1 below B/X-1 is not compared" in run.stderr


def test_sub_folders_and_other_files_are_not_read(folder):
    (folder / "README.md").write_text("not a docket", "utf-8")
    (folder / "more").mkdir()
    (folder / "more" / "again.yaml").write_text(FILES["law.yaml"], "utf-8")
    assert backtest("--dir", folder).returncode == 0


def test_case_keys_are_unique_across_the_folder_and_other_keys_are_not(folder):
    again = FILES["law.yaml"].replace("key: LAW\n", "key: LAW-2\n")
    (folder / "more.yaml").write_text(again, "utf-8")
    run = backtest("--dir", folder, "--format", "json")
    assert (run.returncode, run.stdout) == (1, "")
    (line,) = run.stderr.splitlines()
    assert "more.yaml: cases: the key 'LAW-ABROAD' is also a case of law.yaml" in line


def test_every_error_of_every_file_is_listed_and_nothing_is_scored(tmp_path):
    for name in ("a.yaml", "b.json"):
        (tmp_path / name).write_text('{"docket": 1, "titel": "t"}', "utf-8")
    run = backtest("--dir", tmp_path)
    assert (run.returncode, run.stdout) == (1, "")
    assert [line.split(":")[1].strip() for line in run.stderr.splitlines()] == [
        str(tmp_path / "a.yaml"),
        str(tmp_path / "b.json"),
    ]


@pytest.mark.parametrize(("name", "said"), [("none", "is not a folder"), ("", "no docket file")])
def test_a_folder_without_dockets_is_an_error(tmp_path, name, said):
    run = backtest("--dir", tmp_path / name)
    assert run.returncode == 1
    assert said in run.stderr


def test_an_unknown_ground_is_wrong_usage(folder):
    run = backtest("--dir", folder, "--ground", "NONE/X-1")
    assert run.returncode == 2
    assert "HEARSAY" in run.stderr


def test_the_published_schema_is_the_one_in_use_and_is_valid():
    assert backtest_schema() == SCHEMA, "write docs/backtest.schema.json from backtest_schema()"
    Draft202012Validator.check_schema(SCHEMA)
    assert errors({"grounds": []}) != []
