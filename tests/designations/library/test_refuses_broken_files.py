"""A broken file is refused with file, line and reason: every reason, not the first."""

from pathlib import Path

import pytest

from designations.library.load import LibraryError, read_file, read_library
from tests.designations.library.write import WHOLE, line_of, write_file

SECOND_VERSION = """\
  - version: "2024"
    in_force: ["2023-01-01", null]
    amends: "2021"
"""

# what to replace in the whole file, by what, words of the line at fault, words of the reason
FAULTS = {
    "unknown field": ("title: Example list", "titel: x\ntitle: E", "titel", "did you mean 'title'"),
    "unknown field deep inside": ("kind: fact", "kynd: fact", "kynd", "did you mean 'kind'"),
    "unknown field without a near one": ("kind: fact", "zzz: 1", "zzz", "the fields here are"),
    "missing field": ("code: X-3\n        kind", "kind", "- kind: fact", "needs code"),
    "word outside its list": ("kind: fact", "kind: deed", "kind: deed", "is none of fact"),
    "text where a number belongs": ("fresh_days: 730", "fresh_days: soon", "soon", "whole number"),
    "text where true or false belongs": ("main: true", "main: yes", "main: yes", "true or false"),
    "nothing where text belongs": ("text: a thing done", "text:", "text:\n", "is not text"),
    "not a date": ('["2021-01-01"', '["1 Jan 2021"', "1 Jan 2021", "is not a date"),
    "a day that does not exist": ("2021-01-01", "2021-02-30", "version:", "not a date that exists"),
    "a range that ends before it begins": (
        "null]\n    threshold", "2020]\n    threshold", "in_force", "ends before it begins",
    ),
    "code used twice": ("code: X-3", "code: X-2", "code: X-2\n        kind: fact", "used twice"),
    "parent that is not there": ("parent: X-1", "parent: X-9", "parent: X-9", "no element 'X-9'"),
    "parent that is no group": ("parent: X-1", "parent: X-3", "parent: X-3", "is not a group"),
    "group without members": ("parent: X-1", "parent: null", "join: any", "names it as parent"),
    "element in a circle": ("join: any", "parent: X-1\n        join: any", "parent: X-1\n        j",
                            "a part of itself"),
    "group with a kind": ("join: any", "join: any\n        kind: fact", "kind: fact\n      - code",
                          "no kind"),
    "leaf without a kind": ("        kind: fact\n", "", "code: X-3", "needs a kind"),
    "leaf without text": ("        text: a thing done\n", "", "code: X-3", "needs its text"),
    "consideration of no element": ("element: X-3, main", "element: X-8, main", "X-8",
                                    "no element 'X-8'"),
    "prerequisite of no element": ("notice, element: X-3", "notice, element: X-7", "X-7",
                                   "no element 'X-7'"),
    "freshness of a completed fact": ("kind: fact", "kind: fact\n        fresh_days: 9",
                                      "fresh_days: 9", "only on status, forward and timing"),
    "quotation without verification": ("kind: fact", "kind: fact\n        quoted: true",
                                       "quoted: true", "needs verified: true and a source"),
    "more consequences required than offered": (
        "posture: apa-706", "posture: apa-706\n    minimum_consequences: 5",
        "minimum_consequences", "only 0 are on the menu",
    ),
    "statuses that overlap": (
        "posture: apa-706",
        "posture: apa-706\n    statuses:\n"
        "      - {state: in-force, period: [null, '2025']}\n"
        "      - {state: stayed, period: ['2025-06', null]}",
        "state: stayed", "overlaps the period of statuses[0]",
    ),
    "no threshold": ("    threshold: reasonable-cause\n", "", 'version: "2021"', "needs threshold"),
    "field given twice": ("kind: fact", "kind: fact\n        kind: fact", "kind: fact\n        t",
                          "stands twice"),
    "anchor": ("kind: fact\n        text: a thing done", "kind: &k fact\n        text: *k", "*k",
               "anchors are not used"),
    "tag": ("text: a thing done", "text: !!binary aGk=", "!!binary", "remove the tag"),
    "not YAML": ("title: Example list", "title: [", "- version:", "not YAML"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_file_line_and_reason(fault: str, tmp_path: Path) -> None:
    old, new, at, reason = FAULTS[fault]
    assert old in WHOLE
    broken = WHOLE.replace(old, new, 1)
    path = write_file(tmp_path, broken)

    with pytest.raises(LibraryError) as refused:
        read_file(path)

    said = [(problem.file, problem.line) for problem in refused.value.problems
            if reason in problem.reason]  # fmt: skip
    assert (str(path), line_of(broken, at)) in said, str(refused.value)


def test_the_whole_file_without_a_fault_loads(tmp_path: Path) -> None:
    (version,) = read_file(write_file(tmp_path, WHOLE))
    assert version.name == "example-list@2021"


def test_all_faults_of_a_file_are_named_at_once(tmp_path: Path) -> None:
    broken = WHOLE.replace("kind: fact", "kind: deed").replace("fresh_days: 730", "fresh_days: x")
    with pytest.raises(LibraryError) as refused:
        read_file(write_file(tmp_path, broken))
    assert [problem.line for problem in refused.value.problems] == [
        line_of(broken, "fresh_days: x"),
        line_of(broken, "kind: deed"),
    ]


def test_all_broken_files_of_a_folder_are_named_at_once(tmp_path: Path) -> None:
    write_file(tmp_path, WHOLE.replace("kind: fact", "kind: deed"), "a.yaml")
    write_file(tmp_path, "", "b.yaml")
    with pytest.raises(LibraryError) as refused:
        read_library(tmp_path)
    assert {Path(problem.file).name for problem in refused.value.problems} == {"a.yaml", "b.yaml"}
    assert Path(refused.value.file).name == "a.yaml"
    assert refused.value.reason.startswith("'deed' is none of")


def test_versions_in_force_on_the_same_day_are_refused(tmp_path: Path) -> None:
    text = WHOLE + SECOND_VERSION
    with pytest.raises(LibraryError, match="on days on which 2021 is in force too") as refused:
        read_file(write_file(tmp_path, text))
    assert refused.value.line == line_of(text, '["2023-01-01"')


def test_a_version_label_used_twice_is_refused(tmp_path: Path) -> None:
    text = WHOLE + SECOND_VERSION.replace('"2024"', '"2021"')
    with pytest.raises(LibraryError, match="stands twice"):
        read_file(write_file(tmp_path, text))


def test_amending_a_version_that_is_not_above_is_refused(tmp_path: Path) -> None:
    text = WHOLE + SECOND_VERSION.replace('amends: "2021"', 'amends: "1999"')
    with pytest.raises(LibraryError, match="no version '1999' above this one") as refused:
        read_file(write_file(tmp_path, text))
    assert refused.value.line == line_of(text, 'amends: "1999"')


def test_removing_a_code_that_is_not_there_is_refused(tmp_path: Path) -> None:
    text = WHOLE + SECOND_VERSION + "    removes: [X-99]\n"
    with pytest.raises(LibraryError, match="2021 has no 'X-99'") as refused:
        read_file(write_file(tmp_path, text))
    assert line_of(text, "removes") in {problem.line for problem in refused.value.problems}


def test_one_authority_in_two_files_is_refused(tmp_path: Path) -> None:
    write_file(tmp_path, WHOLE, "a.yaml")
    write_file(tmp_path, WHOLE, "b.yaml")
    with pytest.raises(LibraryError, match="holds this authority already"):
        read_library(tmp_path)


def test_naming_an_authority_that_is_not_in_the_library_is_refused(tmp_path: Path) -> None:
    text = WHOLE.replace("posture: apa-706", "posture: apa-706\n    depends_on: [missing-list]")
    with pytest.raises(LibraryError, match="no authority 'missing-list'") as refused:
        read_library(write_file(tmp_path, text).parent)
    assert refused.value.line == line_of(text, "depends_on")


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"has no \*\.yaml file"):
        read_library(tmp_path)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"title: caf\xe9")
    with pytest.raises(LibraryError, match="cannot be read"):
        read_file(path)
