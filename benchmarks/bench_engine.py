"""Assessments per second of the engine alone, on one core: 12 elements, 200 links.

Three figures, because they answer three questions. *Fresh*: every object new and nothing
remembered, as after a restart. *After one edit*: the re-assessment that a logged item causes; one
element is judged, eleven are remembered. *Another day*: the same record as of another day, as in
a run at the day boundary; every element is judged, digests are remembered. The bare baseline is
the canonical JSON and SHA-256 of the same record, which any tamper-evident assessment must pay.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from benchmarks.engine_case import record
from casemgr.apa import leaves
from casemgr.apa.assess import assess
from casemgr.apa.digest import canonical, sha256
from casemgr.apa.record import Record

SECONDS = 3.0


def per_second(
    make: Callable[[], Iterator[Record]], act: Callable[[Record], object], seconds: float
) -> float:
    """Runs per CPU second; making the input is not counted."""
    spent, runs = 0.0, 0
    for given in make():
        start = time.process_time()
        act(given)
        spent += time.process_time() - start
        runs += 1
        if spent >= seconds:
            break
    return runs / spent


def fresh() -> Iterator[Record]:
    """A new record of new objects each time, with nothing remembered."""
    while True:
        made = record()
        leaves.forget()
        yield made


def edited() -> Iterator[Record]:
    """The record with the reason of one more link changed each time."""
    given = record()
    assess(given)
    number = 0
    while True:
        links = list(given.case.links)
        place = number % len(links)
        links[place] = replace(links[place], why=f"it shows the conduct, edit {number}")
        given = replace(given, case=replace(given.case, links=tuple(links)))
        number += 1
        yield given


def days() -> Iterator[Record]:
    """The same record as of one day later each time."""
    given = record()
    assess(given)
    while True:
        assert given.as_of is not None  # noqa: S101 -- the made-up case has a day
        given = replace(given, as_of=given.as_of + timedelta(days=1))
        yield given


def hashed(given: Record) -> str:
    """The bare baseline: canonical JSON of everything the engine reads, and its hash."""
    return sha256(canonical([given.case, given.authority, given.items, given.sources]))


def main() -> None:
    """Print the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--quick", action="store_true", help="a moment each, to check that it runs")
    seconds = SECONDS / 10 if words.parse_args().quick else SECONDS
    bare = per_second(fresh, hashed, seconds)
    print("engine, 12 elements, 200 links, one core   assessments/s   x bare JSON + SHA-256")
    print(f"  {'bare canonical JSON and SHA-256':<40} {bare:>12.0f}   {1:>8.2f}")
    for name, make in (("fresh", fresh), ("another day", days), ("after one edit", edited)):
        rate = per_second(make, assess, seconds)
        print(f"  {name:<40} {rate:>12.0f}   {bare / rate:>8.2f}")


if __name__ == "__main__":
    main()
