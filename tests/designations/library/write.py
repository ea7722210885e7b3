"""Small authority files, written for one test at a time."""

from pathlib import Path

WHOLE = """\
authority: example-list
title: Example list
versions:
  - version: "2021"
    in_force: ["2021-01-01", null]
    threshold: reasonable-cause
    posture: apa-706
    elements:
      - code: X-1
        join: any
      - code: X-2
        parent: X-1
        kind: status
        text: operating in the sector
        fresh_days: 730
      - code: X-3
        kind: fact
        text: a thing done
    considerations:
      - {code: C-1, text: another tool was open, element: X-3, main: true}
    prerequisites:
      - {code: P-1, text: notice given, kind: notice, element: X-3}
"""


def write_file(folder: Path, text: str, name: str = "example.yaml") -> Path:
    """A library file with the text, in the folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def line_of(text: str, marked: str) -> int:
    """The line (from one) on which the marked words first stand."""
    return text[: text.index(marked)].count("\n") + 1
