"""Every figure over a synthetic campaign, against the same aggregates written by hand for DuckDB.

24 000 accounts and 16 000 000 exchanges, the size that public disclosures speak of. The figures
must equal the generator's truth before anything is timed. Bare is plain DuckDB on the same file
in the same run, without mapping, checks or provenance.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from benchmarks.ratios import medians
from evidence.figures import (
    ACCOUNTS,
    EXCHANGES,
    Source,
    compute,
    figure_named,
)
from evidence.synthetic import plan_campaign, truth_of, write_campaign

READ = {"parquet": "read_parquet('{}') AS {}", "csv": "read_csv('{}') AS {}"}
BARE = {
    "accounts": "SELECT count(DISTINCT account_id) FROM {accounts}",
    "exchanges": "SELECT count(*), count(DISTINCT account_id) FROM {exchanges}",
    "period": 'SELECT min("at"), max("at") FROM {exchanges}',
    "volume-by-day": 'SELECT "at"::DATE, count(*), count(DISTINCT account_id)'
    " FROM {exchanges} GROUP BY 1",
    "exchanges-per-account": "SELECT n, count(*) FROM (SELECT count(*) n FROM {exchanges}"
    " GROUP BY account_id) GROUP BY n",
    "capabilities": "SELECT capability, count(*), count(DISTINCT account_id)"
    " FROM {exchanges} GROUP BY 1",
    "automation": "SELECT count(DISTINCT account_id), count(*) FROM (SELECT account_id,"
    ' "at"::DATE FROM {exchanges} GROUP BY 1, 2'
    ' HAVING count(*) >= 100 AND count(DISTINCT hour("at")) >= 20)',
    "geographic-evasion": "SELECT count(DISTINCT account_id), count(*) FROM {exchanges}"
    " JOIN {accounts} USING (account_id) WHERE country IN ('CN', 'HK', 'KP', 'RU')"
    " AND declared_country NOT IN ('CN', 'HK', 'KP', 'RU')",
    "creation-bursts": "SELECT date_trunc('hour', created_at), count(DISTINCT account_id)"
    " FROM {accounts} GROUP BY 1 HAVING count(DISTINCT account_id) >= 20",
}


def main() -> None:
    """Generate, check against the truth, time."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--quick", action="store_true", help="small sizes, for a check that it runs")
    quick = words.parse_args().quick
    accounts, exchanges = (400, 200_000) if quick else (24_000, 16_000_000)
    plan = plan_campaign(7, accounts, exchanges)
    truth = truth_of(plan)
    print(f"\n{accounts:,} accounts, {exchanges:,} exchanges")
    for form in ("parquet", "csv"):
        with tempfile.TemporaryDirectory(prefix="casemgr-bench-") as folder:
            began = time.perf_counter()
            files = write_campaign(plan, Path(folder), form)
            took = time.perf_counter() - began
            size = sum(path.stat().st_size for path in files) / 2**20
            print(f"\n{form}: {size:.0f} MiB, written in {took:.1f} s")
            compare(files, form, truth, runs=1 if quick else 3)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmost memory of the whole process: {peak:.0f} MiB")


def compare(
    files: tuple[Path, Path], form: str, truth: dict[str, tuple[tuple[object, ...], ...]], runs: int
) -> None:
    """One line a figure, and all of them together."""
    sources = [
        Source(table, path, form) for table, path in zip((ACCOUNTS, EXCHANGES), files, strict=True)
    ]
    for name, rows in truth.items():
        if compute(figure_named(name), sources).rows != rows:
            raise SystemExit(f"{name} is not the truth of the generator: nothing was timed")
    print(f"  all {len(truth)} figures with a truth equal it")
    print(f"  {'':<28}{'figure s':>10}{'bare s':>10}{'x bare':>9}")
    totals = [0.0, 0.0]
    for name, query in BARE.items():
        ours, theirs = medians(runs, partial(_figure, name, sources), _bare(query, files, form))
        totals[0] += ours
        totals[1] += theirs
        print(f"  {name:<28}{ours:>10.2f}{theirs:>10.2f}{ours / theirs:>9.2f}")
    print(f"  {'together':<28}{totals[0]:>10.2f}{totals[1]:>10.2f}{totals[0] / totals[1]:>9.2f}")


def _figure(name: str, sources: list[Source]) -> None:
    compute(figure_named(name), sources)


def _bare(query: str, files: tuple[Path, Path], form: str) -> Callable[[], None]:
    tables = {
        name: READ[form].format(path, name)
        for name, path in zip(("accounts", "exchanges"), files, strict=True)
    }

    def run() -> None:
        with duckdb.connect(":memory:") as connection:
            connection.execute(query.format(**tables)).fetchall()

    return run


if __name__ == "__main__":
    main()
