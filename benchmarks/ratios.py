"""Measuring two things turn by turn, so that what else the machine does falls on both alike."""

import statistics
import time
from collections.abc import Callable


def medians(runs: int, *things: Callable[[], object]) -> list[float]:
    """The median seconds of each thing over ``runs`` turns, after one turn that is not counted."""
    spent: list[list[float]] = [[] for _ in things]
    for turn in range(runs + 1):
        for times, thing in zip(spent, things, strict=True):
            started = time.perf_counter()
            thing()
            if turn:
                times.append(time.perf_counter() - started)
    return [statistics.median(times) for times in spent]
