"""A later version gives only what changed; the rest it takes over."""

from pathlib import Path

from designations.library.load import read_file
from tests.designations.library.write import WHOLE, write_file

CHAIN = (
    WHOLE.replace('"2021-01-01", null', '"2021-01-01", "2023-12-31"')
    + """\
  - version: "2024"
    in_force: ["2024-01-01", null]
    amends: "2021"
    removes: [C-1]
    posture: president
    elements:
      - {code: X-2, parent: X-1, kind: status, text: operating in any sector}
      - {code: X-2b, parent: X-1, kind: forward, text: about to operate, fresh_days: 365}
"""
)


def test_what_is_not_given_is_taken_over(tmp_path: Path) -> None:
    old, new = read_file(write_file(tmp_path, CHAIN))
    assert new.threshold == old.threshold
    assert new.prerequisites == old.prerequisites
    assert new.elements[0] == old.elements[0]


def test_what_is_given_replaces_and_the_older_version_stays_as_it_was(tmp_path: Path) -> None:
    old, new = read_file(write_file(tmp_path, CHAIN))
    assert (old.posture, new.posture) == ("apa-706", "president")
    assert [e.text for v in (old, new) for e in v.elements if e.code == "X-2"] == [
        "operating in the sector",
        "operating in any sector",
    ]


def test_a_new_element_stands_after_the_one_before_it(tmp_path: Path) -> None:
    _, new = read_file(write_file(tmp_path, CHAIN))
    assert [element.code for element in new.elements] == ["X-1", "X-2", "X-2b", "X-3"]


def test_a_removed_code_is_gone(tmp_path: Path) -> None:
    old, new = read_file(write_file(tmp_path, CHAIN))
    assert [c.code for c in old.considerations] == ["C-1"]
    assert new.considerations == ()


def test_shared_considerations_join_every_version_that_does_not_word_them_itself(
    tmp_path: Path,
) -> None:
    (tmp_path / "shared").mkdir()
    write_file(
        tmp_path / "shared",
        "shared_considerations:\n  - {code: C-1, text: shared}\n  - {code: C-2, text: shared too}\n"
        "  - {code: C-3, text: shared three}\n",
        "considerations.yaml",
    )
    text = WHOLE.replace("posture: apa-706", "posture: apa-706\n    without_considerations: [C-3]")
    (version,) = read_file(write_file(tmp_path, text))
    assert [(c.code, c.text) for c in version.considerations] == [
        ("C-1", "another tool was open"),
        ("C-2", "shared too"),
    ]
