"""Set order differs with PYTHONHASHSEED; the output does not."""

import os
import subprocess
import sys

PROGRAM = """
from benchmarks.engine_case import record
from casemgr.apa.assess import assess
print(assess(record(6, 60)))
"""


def output(seed: int) -> str:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_two_seeds_give_the_same_assessment() -> None:
    assert output(1) == output(4242)
