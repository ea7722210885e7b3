"""``manage.py generate_campaign``: a synthetic campaign of accounts and exchanges, any size.

Exit codes: 0 written; 1 it cannot be (the reason on standard error); 2 usage.
"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from evidence.synthetic import plan_campaign, truth_of, write_campaign


class Command(BaseCommand):
    """Needs no database: it writes files."""

    help = "Write a synthetic campaign, and beside it the truth that every figure must find."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, how much, from which seed."""
        parser.add_argument("folder", type=Path, help="where to write; it is made if need be")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--accounts", type=int, default=24_000)
        parser.add_argument("--exchanges", type=int, default=16_000_000)
        parser.add_argument("--days", type=int, default=120)
        parser.add_argument("--format", choices=("parquet", "csv", "jsonl"), default="parquet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, count, write."""
        try:
            plan = plan_campaign(
                options["seed"], options["accounts"], options["exchanges"], options["days"]
            )
            options["folder"].mkdir(parents=True, exist_ok=True)
            written = write_campaign(plan, options["folder"], options["format"])
        except (ValueError, OSError) as error:
            self.stderr.write(f"generate_campaign: {error}")
            sys.exit(1)
        truth = options["folder"] / "truth.json"
        truth.write_text(json.dumps(truth_of(plan), default=str, indent=1) + "\n", "utf-8")
        for path in (*written, truth):
            self.stdout.write(f"{path}  {path.stat().st_size:,} bytes")
