"""``manage.py docket`` as people run it, with no database to be found."""

import json

import pytest
from jsonschema import Draft202012Validator

from tests.terminal import PROJECT, alone, here

EXAMPLE = PROJECT / "docs" / "docket-example.yaml"
DEMONSTRATION = PROJECT / "casemgr" / "demo" / "adversarial-distillation.yaml"


def test_assess_needs_no_database_and_follows_the_published_schema():
    run = alone("docket", "assess", DEMONSTRATION, "--format", "json", "--as-of", "2026-11-23")
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    schema = json.loads((PROJECT / "docs" / "assessment.schema.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(report)) == []
    assert len(report["cases"]) == 10
    assert {case["as_of"] for case in report["cases"]} == {"2026-11-23"}


def test_the_same_file_gives_the_same_bytes_whatever_the_hash_seed():
    runs = [
        alone(
            *("docket", "assess", DEMONSTRATION, "--format", "json", "--as-of", "2026-11"),
            PYTHONHASHSEED=seed,
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout


def test_one_case_may_be_asked_for():
    run = here("docket", "assess", DEMONSTRATION, "--format", "json", "--case", "DEMO-IEEPA-PROXY")
    (case,) = json.loads(run.stdout)["cases"]
    assert case["docket"] == "DEMO-IEEPA-PROXY"
    # It still rests on the program, which was assessed with it.
    assert any("DEMO-IEEPA-PROGRAM" in flag["statement"] for flag in case["flags"])


def test_errors_of_the_file_are_listed_one_a_line_and_exit_1(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("docket: 1\ntitel: a\ncases:\n  - {key: A, authority: none@1}\n", "utf-8")
    for action in ("validate", "assess"):
        run = here("docket", action, path)
        assert run.returncode == 1
        assert run.stdout == ""
        first, second = run.stderr.splitlines()
        assert first.startswith(f"{path}:2: titel: unknown field")
        assert second.startswith(f"{path}:4: cases[0].authority: 'none@1' is neither")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["assess", "no-such-file.yaml"], "cannot be opened"),
        (["assess", EXAMPLE, "--as-of", "soon"], "YYYY-MM-DD"),
        (["assess", EXAMPLE, "--case", "NONE"], "it holds: EXAMPLE-1"),
        (["assess"], "FILE"),
        (["mend", EXAMPLE], "invalid choice"),
    ],
)
def test_wrong_usage_exits_2(arguments, said):
    run = here("docket", *arguments)
    assert run.returncode == 2
    assert said in run.stderr


def test_validate_says_that_the_example_is_fine():
    run = here("docket", "validate", EXAMPLE)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.endswith("fine — 1 case, 3 evidence items, 3 sources\n")


def test_stress_brief_and_gap_stand_beside_the_assessment_when_asked_for():
    run = here(
        *("docket", "assess", DEMONSTRATION, "--format", "json", "--case", "DEMO-EL-DEEPSEEK"),
        *("--as-of", "2026-11-23", "--stress", "--brief", "--gap", "contestable"),
    )
    report = json.loads(run.stdout)
    schema = json.loads((PROJECT / "docs" / "assessment.schema.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(report)) == []
    (case,) = report["cases"]
    falls = {column["hypothesis"]: column["falls"] for column in case["stress"]}
    assert "EL-1a" in falls["disinterested"]
    assert case["brief"][0]["severity"] == "serious"
    assert case["gap"]["reached"]
    assert {cure["element"] for cure in case["gap"]["cures"]} >= {"EL-3", "EL-5"}


def test_the_terminal_shows_them_within_a_hundred_columns():
    run = here(
        *(
            "docket",
            "assess",
            DEMONSTRATION,
            "--case",
            "DEMO-PAIP-DEEPSEEK",
            "--as-of",
            "2026-11-23",
        ),
        *("--stress", "--brief", "--gap", "contestable"),
    )
    assert run.returncode == 0, run.stderr
    for heading in ("Stress matrix of", "Challenger's brief against", "Gap of"):
        assert heading in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 100
