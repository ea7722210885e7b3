"""Cases a second through a portfolio run, with one worker process and with two.

Three ways to go through the same cases, each by as many processes: *bare* only reads the records
and runs the engine, and keeps nothing; *without a job* assesses and keeps, each process its share
and no queue between them; *as a job* is what the product does, real Celery workers taking parts.
Every way begins in new processes, so that nothing is remembered.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.own_database import own_database

HERE = Path(__file__)
BATCH = 25


def main() -> None:
    """Seed, go through the cases in each way, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--quick", action="store_true", help="few cases, for a check that it runs")
    words.add_argument("--share", help=argparse.SUPPRESS)
    chosen = words.parse_args()
    if chosen.share:
        _share(json.loads(chosen.share))
        return
    cases = 60 if chosen.quick else 300
    with own_database():
        from django.core.management import call_command

        call_command(
            "seed_cases",
            *("--team", "demo", "--actor", "analyst"),
            *("--cases", str(cases), "--links", str(cases * 20)),
            stdout=StringIO(),
        )
        # The first run writes every assessment and follows what the seeding changed; those
        # measured find that nothing moved, as on most days.
        first = _as_job(2)
        print(f"\n{first.total} cases of 20 links, {os.cpu_count()} cores, cases a second")
        print(f"  first assessment of all, as a job, 2 processes: {_rate(first):.0f}")
        print(
            f"  {'':<28}{'1 process':>12}{'x bare':>9}{'2 processes':>14}{'x bare':>9}{'2 : 1':>8}"
        )
        bare = [_in_shares(way_of_going="bare", processes=number) for number in (1, 2)]
        kept = [_in_shares(way_of_going="kept", processes=number) for number in (1, 2)]
        jobs = [_rate(_as_job(number)) for number in (1, 2)]
        for name, rates in (
            ("bare: read and judge", bare),
            ("assessed without a job", kept),
            ("as a job", jobs),
        ):
            cells = [f"{rates[0]:>12.1f}{bare[0] / rates[0]:>9.2f}"]
            cells.append(f"{rates[1]:>14.1f}{bare[1] / rates[1]:>9.2f}")
            print(f"  {name:<28}{''.join(cells)}{rates[1] / rates[0]:>8.2f}")


def _in_shares(way_of_going: str, processes: int) -> float:
    """Cases a second of processes that take a share each, by the slowest of them."""
    from casemgr.models import Case

    keys = list(Case.objects.undecided().order_by("pk").values_list("key", flat=True))
    started = [
        subprocess.Popen(  # noqa: S603 - this file
            [sys.executable, HERE, "--share",
             json.dumps({"way": way_of_going, "keys": keys[number::processes]})],
            env=_environment(), stdout=subprocess.PIPE, text=True,
        )
        for number in range(processes)
    ]  # fmt: skip
    spent = [float(process.communicate()[0]) for process in started]
    return len(keys) / max(spent)


def _share(given: dict[str, Any]) -> None:
    """One process of the two ways without a job; prints the seconds it took."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from casemgr.apa.assess import assess
    from casemgr.assemble import records_of
    from casemgr.models import Case
    from casemgr.reassess.assess import Occasion, assess_cases

    Case.objects.exists()  # connected before the clock starts
    started = time.perf_counter()
    keys = given["keys"]
    for at in range(0, len(keys), BATCH):
        batch = keys[at : at + BATCH]
        if given["way"] == "kept":
            assess_cases(batch, Occasion.PORTFOLIO)
        else:
            for record in records_of(list(Case.objects.filter(key__in=batch))):
                assess(record)
    print(time.perf_counter() - started)


def _as_job(processes: int) -> Any:
    """The run, finished, by a real worker of so many processes."""
    from access.models import Team, User
    from casemgr.reassess.portfolio import start_portfolio_run
    from evidence.models import Job, JobState

    celery = [sys.executable, "-m", "celery", "-A", "config.celery"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = _environment()
    worker = subprocess.Popen(  # noqa: S603 - our own worker
        [*celery, "worker", "--concurrency", str(processes), "--without-mingle"],
        env=environment, **quiet,  # type: ignore[call-overload]
    )  # fmt: skip
    try:
        ping = [*celery, "inspect", "ping", "--timeout", "2"]
        while subprocess.run(ping, env=environment, **quiet).returncode:  # type: ignore[call-overload]  # noqa: S603
            time.sleep(0.2)
        job = start_portfolio_run(
            Team.objects.get(key="demo"),
            actor=User.objects.get(username="manager"),
            reason="measuring",
        )
        while job.is_active:
            time.sleep(0.2)
            job.refresh_from_db()
        found: Any = Job.objects.with_progress().get(pk=job.pk)
        if (found.state, found.done) != (JobState.FINISHED, found.total):
            raise RuntimeError(f"{found}: {found.done} of {found.total} cases")
        return found
    finally:
        worker.terminate()
        worker.wait()


def _rate(job: Any) -> float:
    return float(job.total / (job.ended_at - job.started_at).total_seconds())


def _environment() -> dict[str, str]:
    """What a process on the benchmark's database is started with."""
    from django.conf import settings
    from django.db import connection

    server: Any = settings.ENVIRONMENT.database
    who = quote(server.user) + (f":{quote(server.password)}" if server.password else "")
    said = [("host", server.host), ("port", server.port), *server.parameters]
    more = urlencode([pair for pair in said if pair[1]])
    name = connection.settings_dict["NAME"]
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_POOL_SIZE"}
    given["DATABASE_URL"] = f"postgresql://{who}@/{name}?{more}"
    return given


if __name__ == "__main__":
    main()
