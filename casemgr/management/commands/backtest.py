"""``manage.py backtest``: the review engine beside what courts decided (docs/backtest.md).

Exit codes: 0 the run is complete, whatever it found; 1 the folder cannot be run (every reason
one line on standard error); 2 usage.
"""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from casemgr.backtest import SHIPPED, BacktestError, Score, decided_grounds, read_folder, score
from casemgr.backtest.as_json import score_json
from casemgr.backtest.as_markdown import score_markdown
from casemgr.backtest.as_text import score_text
from casemgr.backtest.folder import Pair
from casemgr.backtest.ground import Ground
from casemgr.backtest.live_twin import judged_as_live


class Command(BaseCommand):
    """Needs no database: it reads files and prints."""

    help = "Run the review engine over litigated designations and compare it with the courts."
    requires_system_checks = ()  # starts nothing and connects to nothing

    def add_arguments(self, parser: CommandParser) -> None:
        """Which folder, which grounds, which form."""
        parser.add_argument(
            "--dir",
            type=Path,
            default=SHIPPED,
            metavar="DIR",
            help="folder of docket files; sub-folders are not read (default: the shipped ones)",
        )
        parser.add_argument("--format", choices=("text", "json", "markdown"), default="text")
        parser.add_argument(
            "--live-twin",
            action="store_true",
            help="judge each file as a live case whose silent fields are filled in well",
        )
        parser.add_argument(
            "--ground",
            action="append",
            default=[],
            metavar="CASE[/ELEMENT|/NUMBER]",
            help="only these grounds, with the engine's sentences; may be repeated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, judge, score, print."""
        try:
            corpus = read_folder(options["dir"])
            judged = (judged_as_live if options["live_twin"] else decided_grounds)(corpus)
        except BacktestError as error:
            for line in error.problems:
                self.stderr.write(f"backtest: {line}")
            sys.exit(1)
        grounds, ordering = judged.grounds, corpus.ordering
        if options["ground"]:
            grounds, ordering = self._chosen(options["ground"], grounds, ordering)
        result = score(grounds, judged.grades, ordering)
        for below, above in result.ordering.not_compared:
            self.stderr.write(
                f"backtest: ordering: {below} below {above} is not compared — "
                "not both are in this folder"
            )
        self.stdout.write(_written(result, options["format"], bool(options["ground"])), ending="")

    def _chosen(
        self, wanted: list[str], grounds: tuple[Ground, ...], ordering: tuple[Pair, ...]
    ) -> tuple[tuple[Ground, ...], tuple[Pair, ...]]:
        for name in wanted:
            if not any(name in _names(ground) for ground in grounds):
                known = ", ".join(dict.fromkeys(ground.precedent for ground in grounds))
                self._usage(f"no ground {name!r}; the cases with grounds are: {known}")
        chosen = tuple(ground for ground in grounds if _names(ground) & set(wanted))
        places = {ground.name for ground in chosen}
        return chosen, tuple(pair for pair in ordering if places & set(pair))

    def _usage(self, message: str) -> NoReturn:
        self.stderr.write(f"backtest: {message}")
        sys.exit(2)


def _names(ground: Ground) -> set[str]:
    return {ground.precedent, ground.name, f"{ground.precedent}/{ground.ground}"}


def _written(result: Score, form: str, in_full: bool) -> str:
    if form == "json":
        return json.dumps(score_json(result), indent=2, ensure_ascii=False) + "\n"
    if form == "markdown":
        return score_markdown(result)
    return score_text(result, in_full)
