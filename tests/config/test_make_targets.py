"""`make` alone prints every target with one line about it."""

import re
import subprocess

from config.environment import PROJECT


def test_make_alone_prints_every_target() -> None:
    done = subprocess.run(
        ["make", "--no-print-directory"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    printed = re.findall(r"^make (\w+) +(\S.*)$", done.stdout, flags=re.MULTILINE)
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    assert [name for name, _ in printed] == phony[0].split()
    assert len(done.stdout.splitlines()) == len(printed)
