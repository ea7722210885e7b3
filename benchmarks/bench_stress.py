"""The stress matrix of a case with 50 origins, against one assessment of the same case.

The matrix judges the case once for each hypothesis and for each origin struck. *Cold* forgets all
that was judged before each; *warm* has assessed the case once, as the page has.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from benchmarks.engine_case import record
from casemgr.apa import leaves
from casemgr.apa.assess import assess
from casemgr.apa.record import Record
from casemgr.apa.stress import stress

ORIGINS = 50


def with_origins(number: int) -> Record:
    """The made-up case of the other benchmark on so many items, each of a source of its own."""
    made = record()
    keys = sorted(key for key, item in made.items.items() if not item.derived_from)[:number]
    sources = {
        key: replace(made.sources[made.items[key].source or ""], key=key, name=key) for key in keys
    }
    items = {key: replace(made.items[key], source=key) for key in keys}
    links = tuple(
        replace(link, item=keys[place % number]) for place, link in enumerate(made.case.links)
    )
    return replace(made, items=items, sources=sources, case=replace(made.case, links=links))


def median(runs: int, act: Callable[[Record], object], warm: bool) -> float:
    """Median CPU seconds; making the input and the warming up are not counted."""
    spent = []
    for _ in range(runs):
        given = with_origins(ORIGINS)
        leaves.forget()
        if warm:
            assess(given)
        started = time.process_time()
        act(given)
        spent.append(time.process_time() - started)
    return statistics.median(spent)


def main() -> None:
    """Print the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--quick", action="store_true", help="once each, to check that it runs")
    runs = 1 if words.parse_args().quick else 9
    one = median(runs * 3, assess, warm=False)
    columns = len(stress(with_origins(ORIGINS)).columns)
    print(f"stress matrix, 12 elements, 200 links, {ORIGINS} origins, {columns} columns, one core")
    print(f"  {'':<32}{'ms':>10}{'x one assessment':>18}")
    print(f"  {'one assessment, cold':<32}{one * 1e3:>10.1f}{1:>18.2f}")
    for name, warm in (("the matrix, cold", False), ("the matrix, warm", True)):
        spent = median(runs, stress, warm)
        print(f"  {name:<32}{spent * 1e3:>10.1f}{spent / one:>18.2f}")


if __name__ == "__main__":
    main()
