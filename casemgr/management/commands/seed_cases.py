"""``manage.py seed_cases``: made-up cases in numbers, to try and measure the service with."""

import resource
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from access.models import Team, User
from casemgr.clock import decision_day
from casemgr.models import Change
from casemgr.seeding.assessing import assess_seeded
from casemgr.seeding.law import NoLawError
from casemgr.seeding.plan import Plan
from casemgr.seeding.seed import AlreadySeededError, Seeded, seed_cases


class Command(BaseCommand):
    """Adds a set of made-up cases with their evidence; all of it or nothing."""

    help = (
        "Add made-up cases with evidence, links and findings, each marked as made up. The same "
        "seed on the same day gives the same cases; a set that is there is not added again. "
        "Refuses to run in production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, whose, and which set."""
        parser.add_argument("--cases", type=int, default=1_000, metavar="N")
        parser.add_argument("--links", type=int, default=20_000, metavar="N", help="in all")
        parser.add_argument("--team", required=True, metavar="KEY", help="the team that owns them")
        parser.add_argument("--actor", required=True, metavar="NAME", help="who adds them")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="which set")
        parser.add_argument(
            "--assess",
            type=int,
            default=0,
            metavar="N",
            help="assess N of them now; the others wait for a worker",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Add the set, then assess, telling how far it is."""
        if settings.ENVIRONMENT.production:
            raise CommandError("Made-up cases have no place in production; nothing was added.")
        if options["assess"] < 0:
            raise CommandError("--assess: say how many cases to assess; 0 assesses none.")
        team = Team.objects.filter(key=options["team"]).first()
        if team is None:
            raise CommandError(f"--team: there is no team {options['team']!r}; give its key.")
        actor = User.objects.filter(username=options["actor"]).first()
        if actor is None:
            raise CommandError(f"--actor: there is no user {options['actor']!r}.")
        try:
            plan = Plan(
                cases=options["cases"],
                links=options["links"],
                seed=options["seed"],
                day=decision_day(),
            )
            self._seed(plan, team, actor)
        except (ValueError, AlreadySeededError, NoLawError) as error:
            raise CommandError(str(error)) from error
        if options["assess"]:
            self._assess(plan, options["assess"])

    def _seed(self, plan: Plan, team: Team, actor: User) -> None:
        started = time.monotonic()
        recorded = Change.objects.order_by("-seq").values_list("seq", flat=True).first() or 0

        def tell(cases: int, links: int) -> None:
            spent = time.monotonic() - started
            self.stdout.write(
                f"  {cases:>7} of {plan.cases} cases, {links:>8} links, {spent:.0f} s"
            )
            self.stdout.flush()

        seeded = seed_cases(plan, team, actor, tell)
        changes = Change.objects.filter(seq__gt=recorded).count()
        self._sum_up(seeded, changes)

    def _sum_up(self, seeded: Seeded, changes: int) -> None:
        for table, number in seeded.rows.items():
            self.stdout.write(f"  {number:>8}  {table}")
        total = sum(seeded.rows.values())
        self.stdout.write(
            f"{total} rows in {seeded.seconds:.1f} s ({total / seeded.seconds:.0f} a second), "
            f"{changes} changes recorded, {_peak_megabytes():.0f} MB of memory at most"
        )

    def _assess(self, plan: Plan, limit: int) -> None:
        started = time.monotonic()

        def tell(done: int) -> None:
            self.stdout.write(f"  {done:>7} assessed, {time.monotonic() - started:.0f} s")
            self.stdout.flush()

        done = assess_seeded(plan, limit, tell)
        spent = time.monotonic() - started
        self.stdout.write(
            f"{done} cases assessed in {spent:.1f} s, what changed followed to its cases first"
        )


def _peak_megabytes() -> float:
    """The most memory this process ever held. Linux counts kilobytes, macOS bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024**2 if sys.platform == "darwin" else peak / 1024
