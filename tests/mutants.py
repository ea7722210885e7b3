"""Mutation testing of the engine: `make mutants`, read about in docs/mutation.md.

mutmut writes the mutants; its own runner starts pytest anew for each, which takes hours. This one
collects the tests once and forks from that clean process for each mutant, so that nothing is
remembered of another, and runs only tests that reach the changed function, the quickest first.

A law tried on made-up records kills by luck, and a process of its own for each case costs more
than it kills; both are left out, so the score is what examples and precedents alone find.
"""

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatch
from itertools import accumulate
from pathlib import Path
from zlib import crc32

import pytest
from _pytest.runner import runtestprotocol

TOO_SLOW = ("test_backtest_command.py", "test_same_bytes_under_any_hash_seed.py")
TESTS = ("tests/casemgr/apa", "tests/casemgr/backtest")
FOLDER = Path("mutants")  # where mutmut writes; its name is fixed
RESULTS = "results.json"
ALL = "all.json"
SECONDS = 20  # of processor time, after which a mutant is taken to run for ever
ENOUGH = 4.0  # seconds of tests: a mutant that lives through the quickest so long has survived
LEFT = ("survived", "untested")
WANTED = "CASEMGR_MUTANTS"  # patterns of mutant names, and whether to ask the known ones again


def main() -> int:
    """Write the mutants, try them, and print the score of each module."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=main.__doc__)
    parser.add_argument("patterns", nargs="*", help="names of mutants, such as '*.grade.*'")
    parser.add_argument(
        "--survivors", action="store_true", help="try also those that survived before"
    )
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="try a sample, one mutant of N"
    )
    parser.add_argument("--show", action="store_true", help="print how the survivors differ")
    given = parser.parse_args()
    if given.show:
        show(given.patterns)
        return 0
    write()
    environment = os.environ | {
        "PYTHONPATH": ".",
        WANTED: json.dumps(
            {"patterns": given.patterns, "survivors": given.survivors, "every": given.every}
        ),
    }
    plugins = ("tests.mutants", "no:cacheprovider", "no:xdist", "no:randomly")
    command = [sys.executable, "-m", "pytest", "-q", "--tb=native", "--show-capture=no"]
    command += [word for plugin in plugins for word in ("-p", plugin)]
    done = subprocess.run([*command, *TESTS], cwd=FOLDER, env=environment, check=False)
    table(given.patterns, given.every)
    return done.returncode


def write() -> None:
    """Write the mutants of every module that changed into `mutants/`."""
    from mutmut import __main__ as mutmut

    mutmut.set_mutant_under_test("mutant_generation")
    FOLDER.mkdir(exist_ok=True)
    with mutmut.CatchOutput():
        mutmut.copy_src_dir()
        mutmut.copy_also_copy_files()
        mutmut.create_mutants(1)


def there_are() -> dict[str, str]:
    """Every mutant and the digest of its function, as the metadata of the mutated modules tell."""
    found = {}
    for path in sorted(Path("casemgr/apa").rglob("*.py.meta")):
        told = json.loads(path.read_text("utf-8"))
        for name in told["exit_code_by_key"]:
            function = function_of(name).rpartition(".")[2]
            found[name] = told["hash_by_function_name"].get(function, "")
    return found


def drawn(names: Iterable[str], every: int) -> list[str]:
    """One name of so many, as by lot and yet the same ones each time, in the order of the lot."""
    lots = sorted((crc32(name.encode()), name) for name in names)
    return [name for lot, name in lots if lot * every < 2**32]


def function_of(mutant: str) -> str:
    """The mangled function that a mutant is a variant of."""
    return mutant.partition("__mutmut_")[0]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out laws, sensitivities of the whole corpus, and tests that start a process."""
    items[:] = [
        item
        for item in items
        if item.path.name not in TOO_SLOW
        and not item.get_closest_marker("hypothesis")
        and "score_shipped_with" not in getattr(item, "fixturenames", ())
    ]


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Find out which tests reach which function, then try each mutant in a process of its own."""
    if os.environ.get(WANTED) is None:
        return False
    wanted = json.loads(os.environ[WANTED])
    kept, there = Path(RESULTS), there_are()
    Path(ALL).write_text(json.dumps(there, indent=0), "utf-8")
    before = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    known = {name: before[name] for name in there if before.get(name, [""])[0] == there[name]}
    again = LEFT if wanted["survivors"] else ()
    chosen = [
        name
        for name in drawn(there, wanted["every"])
        if not wanted["patterns"] or any(fnmatch(name, each) for each in wanted["patterns"])
        if name not in known or known[name][1] in again
    ]
    seconds, reached = _in_a_child(lambda: _survey(session.items)).result()
    if not seconds:
        pytest.exit("a test fails without any mutant", returncode=1)
    running: list[tuple[str, _Child]] = []
    began, last = time.monotonic(), 0.0
    for number, name in enumerate((*chosen, None), 1):
        while running and (name is None or len(running) >= _at_once()):
            mutant, child = running.pop(0)
            known[mutant] = there[mutant], child.result() or "killed by the clock"
        if name is None:
            break
        tests = sorted(reached.get(function_of(name), ()), key=lambda place: seconds[place])
        if tests:
            items = [session.items[place] for place in _enough(tests, seconds)]
            running.append((name, _in_a_child(lambda n=name, i=items: _try(n, i))))
        else:
            known[name] = there[name], "untested"
        if time.monotonic() - last > 15:
            last = time.monotonic()
            kept.write_text(json.dumps(known, indent=0), "utf-8")
            print(f"{number} of {len(chosen)} after {last - began:.0f} s", flush=True)
    kept.write_text(json.dumps(known, indent=0), "utf-8")
    print(f"{len(chosen)} mutants in {time.monotonic() - began:.0f} s")
    return True


def _enough(tests: list[int], seconds: dict[int, float]) -> list[int]:
    """As many of the tests, from the first, as take no longer than is enough; one at least."""
    spent = accumulate(seconds[place] for place in tests)
    return [test for test, by in zip(tests, spent, strict=True) if by <= ENOUGH] or tests[:1]


def _survey(items: list[pytest.Item]) -> tuple[dict[int, float], dict[str, set[int]]]:
    """Seconds of each test by place, and the places of the tests that reach each function."""
    from mutmut.state import state

    _become("stats")
    seconds: dict[int, float] = {}
    reached: dict[str, set[int]] = defaultdict(set)
    for place, item in enumerate(items):
        state()._stats.clear()
        began = time.process_time()
        if not _passes(item):
            return {}, {}
        seconds[place] = time.process_time() - began
        for function in state()._stats:
            reached[function].add(place)
    return seconds, dict(reached)


def _at_once() -> int:
    """How many mutants are tried side by side: one while others need the machine."""
    return 1 if os.getloadavg()[0] > 2 * (os.cpu_count() or 1) else 2


def _try(mutant: str, items: list[pytest.Item]) -> str:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    _become(mutant)
    for item in items:
        if not _passes(item):
            return f"killed by {item.nodeid}"
    return "survived"


def _become(mutant: str) -> None:
    """Switch the mutant on, in this process and in any it starts."""
    from mutmut.mutation import trampoline

    from casemgr.apa import leaves

    os.environ["MUTANT_UNDER_TEST"] = mutant
    trampoline.get_mutant_under_test = lambda: mutant  # not asked of the environment each time
    leaves.forget()


def _passes(item: pytest.Item) -> bool:
    from casemgr.apa import leaves

    leaves.forget()
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


class _Child:
    """A forked process that owes an answer; None when it died without one."""

    def __init__(self, pid: int, answers: int) -> None:
        self.pid, self.answers = pid, answers

    def result(self):  # type: ignore[no-untyped-def]
        with os.fdopen(self.answers, "rb") as stream:
            said = stream.read()
        os.waitpid(self.pid, 0)
        return pickle.loads(said) if said else None  # noqa: S301 - written by our own child


def _in_a_child(work: Callable[[], object]) -> _Child:
    answers, told = os.pipe()
    pid = os.fork()
    if pid:
        os.close(told)
        return _Child(pid, answers)
    os.close(answers)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    said = pickle.dumps(work())
    with os.fdopen(told, "wb") as stream:
        stream.write(said)
    os._exit(0)


def results(patterns: list[str]) -> dict[str, str]:
    """What became of the mutants of some names, or of all."""
    found: dict[str, list[str]] = json.loads((FOLDER / RESULTS).read_text("utf-8"))
    return {
        name: fate
        for name, (_, fate) in found.items()
        if not patterns or any(fnmatch(name, each) for each in patterns)
    }


def table(patterns: list[str], every: int) -> None:
    """Print killed, survived and score of each module, of a sample if one was tried."""
    by_module: dict[str, list[str]] = defaultdict(list)
    tried = results(patterns)
    there = json.loads((FOLDER / ALL).read_text("utf-8"))
    for name, fate in ((name, tried[name]) for name in drawn(there, every) if name in tried):
        by_module[name.partition(".x")[0].removeprefix("casemgr.apa.")].append(fate)
        by_module["all"].append(fate)
    print(f"{'module':34} {'mutants':>7} {'killed':>7} {'survived':>8} {'share':>6}")
    for module, fates in sorted(by_module.items()):
        left = sum(fate in LEFT for fate in fates)
        share = (len(fates) - left) / len(fates)
        print(f"{module:34} {len(fates):7} {len(fates) - left:7} {left:8} {share:6.1%}")


def survivors(patterns: list[str]) -> Iterator[str]:
    """Names of the mutants that no test tells from the original."""
    return (name for name, fate in results(patterns).items() if fate in LEFT)


def show(patterns: list[str]) -> None:
    """Print each survivor's name and the lines in which it differs."""
    from mutmut.mutation.diff_apply import find_mutant, get_diff_for_mutant

    for name in survivors(patterns):
        difference = get_diff_for_mutant(name, path=find_mutant(name).path)
        lines = [line for line in difference.splitlines()[2:] if line[:1] in "+-@"]
        print(name, *lines, sep="\n")


if __name__ == "__main__":
    sys.exit(main())
