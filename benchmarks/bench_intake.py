"""Taking in files and rows: the store, the inspection, and the seeding's COPY with its triggers.

The store reads a file once, hashes and writes it, and waits until it is on the disk. Bare is what
a careful person would type: sha256sum, cp and sync. A text file is inspected and read in two
processes of their own, and its text compared in the worker; bare is to start Python twice. Rows
are links; bare is the same bytes by COPY into a table without index, constraint or trigger.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from benchmarks.own_database import own_database
from benchmarks.ratios import medians

MEGABYTE = 1024 * 1024
_BY: Any = {"actor": "system:bench", "reason": "measure"}
BARE = 'sha256sum "$1" > /dev/null && cp "$1" "$2" && sync "$2"'


def main() -> None:
    """Both comparisons, one table each."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--quick", action="store_true", help="small sizes, for a check that it runs")
    quick = words.parse_args().quick
    with own_database():
        with tempfile.TemporaryDirectory(prefix="casemgr-bench-") as folder:
            files(Path(folder), megabytes=16 if quick else 256, runs=3 if quick else 5)
            notes(Path(folder), number=10 if quick else 60, runs=1 if quick else 3)
        rows(cases=50 if quick else 500, runs=3 if quick else 7)


def files(folder: Path, megabytes: int, runs: int) -> None:
    """One file into a store of its own each turn, and by sha256sum, cp and sync."""
    from evidence.storage import FileStore

    original = folder / "original"
    with original.open("wb") as file:
        for _ in range(megabytes):
            file.write(os.urandom(MEGABYTE))
    turns = iter(range(10_000))

    def store() -> None:
        place = FileStore(folder / f"store-{next(turns)}")
        with (
            original.open("rb") as stream,
            place.receive(stream, 2 * megabytes * MEGABYTE) as received,
        ):
            received.keep()
        place.path(received.sha256).unlink()

    def bare() -> None:
        copy = folder / "copy"
        subprocess.run(["sh", "-c", BARE, "sh", original, copy], check=True)  # noqa: S603, S607
        copy.unlink()

    ours, theirs = medians(runs, store, bare)
    print(f"\none file of {megabytes} MiB")
    print(f"  {'':<44}{'MiB/s':>10}{'x bare':>9}")
    print(f"  {'sha256sum, cp, sync':<44}{megabytes / theirs:>10.0f}{1:>9.2f}")
    print(f"  {'the store of exhibits':<44}{megabytes / ours:>10.0f}{ours / theirs:>9.2f}")


def notes(folder: Path, number: int, runs: int) -> None:
    """Small text files from attached to found by their words, and two idle processes for each."""
    from django.conf import settings

    from access.models import Team
    from evidence.actions import attach_exhibit, log_evidence
    from evidence.actions.intake import take_in_next

    settings.MEDIA_ROOT = folder / "exhibits"
    item = log_evidence(Team.objects.get(key="demo"), summary="notes", **_BY)
    turns = iter(range(10_000))

    def attach() -> None:
        for _ in range(number):
            name = f"{next(turns)}.txt"
            attach_exhibit(item, BytesIO(f"note {name} ".encode() * 500), name, **_BY)

    def take_in() -> None:
        while take_in_next():
            pass

    def bare() -> None:
        for _ in range(2 * number):
            subprocess.run([sys.executable, "-c", "pass"], check=True)

    _, ours, theirs = medians(runs, attach, take_in, bare)
    print(f"\n{number} text files of 5 kB")
    print(f"  {'':<44}{'files/s':>10}{'x bare':>9}")
    print(f"  {'two idle processes a file':<44}{number / theirs:>10.1f}{1:>9.2f}")
    print(f"  {'inspected, read and compared':<44}{number / ours:>10.1f}{ours / theirs:>9.2f}")


def rows(cases: int, runs: int) -> None:
    """The links of a seeded set once more, each way in a transaction that is undone."""
    from django.core.management import call_command
    from django.db import connection

    from casemgr.models import Link
    from casemgr.seeding.copying import RowIds, copy_rows

    call_command(
        "seed_cases",
        *("--team", "demo", "--actor", "analyst"),
        *("--cases", str(cases), "--links", str(cases * 20)),
        stdout=StringIO(),
    )
    # The same rows under new ids, as bytes and as objects.
    columns = [str(field.column) for field in Link._meta.concrete_fields]
    rest = ", ".join(columns[1:])
    taken = f"SELECT id + 1000000000, {rest} FROM casemgr_link"  # noqa: S608 - our own columns
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_link AS TABLE casemgr_link WITH NO DATA")
        cursor.execute("CREATE TABLE checked_link (LIKE casemgr_link INCLUDING ALL)")
        with cursor.cursor.copy(f"COPY ({taken}) TO STDOUT") as out:
            data = b"".join(bytes(block) for block in out)
    links, ids = list(Link.objects.all()), RowIds()

    def as_objects() -> None:
        for link in links:
            link.pk = ids.next(Link)
        copy_rows(Link, links)

    into = partial(_copy_bytes, columns, data)
    ways: dict[str, Callable[[], object]] = {
        "COPY into a bare table": partial(into, "bare_link"),
        "and its indexes and checks": partial(into, "checked_link"),
        "and its foreign keys and the marking rule": partial(into, "casemgr_link", unrecorded=True),
        "and the record of every change": partial(into, "casemgr_link"),
        "as the seeding does it, from objects": as_objects,
    }
    spent = medians(runs, *(partial(_undone, way) for way in ways.values()))
    print(f"\n{len(links)} links")
    print(f"  {'':<44}{'rows/s':>10}{'x bare':>9}")
    for name, seconds in zip(ways, spent, strict=True):
        print(f"  {name:<44}{len(links) / seconds:>10.0f}{seconds / spent[0]:>9.2f}")


def _copy_bytes(columns: list[str], data: bytes, table: str, *, unrecorded: bool = False) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if unrecorded:
            # To price the trigger; the transaction is undone, and this database with it.
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER casemgr_record_change")
        with cursor.cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            copy.write(data)


def _undone(way: Callable[[], object]) -> None:
    from django.db import connection, transaction

    from access.actor import acting

    with transaction.atomic():
        with acting("system:bench", "measure"), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            way()
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
