"""``manage.py compute_figures``: numbers recomputed from raw rows, with what proves them.

Exit codes: 0 computed; 1 a file or a figure is wrong (every reason one line on standard error);
2 usage.
"""

import hashlib
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from evidence.figures import (
    CATALOG,
    TABLES,
    Computed,
    FigureError,
    Source,
    SourceError,
    as_rows,
    compute,
    engine_named,
    figure_named,
    problems_in,
)
from evidence.rows.source import ENDINGS

SHOWN = 12  # rows of a table in text


class Command(BaseCommand):
    """Needs no database: it reads files and prints."""

    help = "Compute figures over files of accounts, exchanges and shipments."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which files, which columns, which figures."""
        for name, table in TABLES.items():
            parser.add_argument(
                f"--{name}", type=Path, metavar="FILE", help=f"each row {table.row}"
            )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="TABLE.OURS=THEIRS",
            help="which column of the file is which of ours; may be repeated",
        )
        parser.add_argument(
            "--figure", action="append", default=[], metavar="NAME", help="only these"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the files, compute, print."""
        try:
            engine = engine_named(settings.FIGURES_BACKEND)
            named = list(self._sources(options))
            wanted = [figure_named(name) for name in options["figure"]] or CATALOG
            with as_rows(named) as sources:
                self._refuse_unreadable(sources)
                given = {source.table.name for source in sources}
                asked = [f for f in wanted if options["figure"] or given.issuperset(f.tables)]
                results: list[Computed] = []
                for figure in asked:
                    try:
                        results.append(compute(figure, sources, engine=engine))
                    except FigureError as error:
                        if options["figure"]:
                            raise
                        self.stderr.write(f"compute_figures: left out: {error}")
        except (KeyError, FigureError, SourceError) as error:
            self.stderr.write(f"compute_figures: {error.args[0]}")
            sys.exit(1)
        except OSError as error:
            self.stderr.write(f"compute_figures: {error.filename}: {error.strerror}")
            sys.exit(1)
        written = as_json(results, named) if options["format"] == "json" else as_text(results)
        self.stdout.write(written)

    def _sources(self, options: dict[str, Any]) -> Iterator[Source]:
        renamed: dict[str, dict[str, str]] = {name: {} for name in TABLES}
        for word in options["column"]:
            place, equals, theirs = word.partition("=")
            table, dot, ours = place.partition(".")
            if not (equals and dot and table in TABLES):
                raise FigureError(f"--column {word!r}: write TABLE.OURS=THEIRS")
            renamed[table][ours] = theirs
        for name, table in TABLES.items():
            path: Path | None = options[name]
            if path is not None:
                form = ENDINGS.get(path.suffix.lower())
                if form is None:
                    raise SourceError(f"{path}: the name must end in one of {', '.join(ENDINGS)}")
                path.stat()
                yield Source(table, path, form, renamed[name])
        if not any(options[name] for name in TABLES):
            raise FigureError(f"name at least one file: {', '.join('--' + n for n in TABLES)}")

    def _refuse_unreadable(self, sources: Sequence[Source]) -> None:
        for source in sources:
            problems = problems_in(source)
            for problem in problems:
                self.stderr.write(f"compute_figures: {source.path}: {problem}")
            if problems:
                sys.exit(1)


def as_text(results: list[Computed]) -> str:
    """Each figure with its first rows."""
    lines: list[str] = []
    for result in results:
        lines += [result.figure, "  " + "  ".join(result.columns)]
        lines += ["  " + "  ".join(map(str, row)) for row in result.rows[:SHOWN]]
        if len(result.rows) > SHOWN:
            lines.append(f"  … {len(result.rows) - SHOWN} more")
        lines.append("")
    return "\n".join(lines)


def as_json(results: list[Computed], sources: list[Source]) -> str:
    """Results with SQL, engine, and the SHA-256 of every file they rest on."""
    digests = {source.table.name: _sha256(source.path) for source in sources}
    return json.dumps(
        {
            "files": digests,
            "figures": [
                {
                    "figure": result.figure,
                    "parameters": dict(result.parameters),
                    "engine": result.engine,
                    "sql": result.sql,
                    "columns": result.columns,
                    "rows": result.rows,
                }
                for result in results
            ],
        },
        default=str,
        indent=1,
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
