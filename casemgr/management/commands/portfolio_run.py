"""``manage.py portfolio_run``: assess all cases anew, and watch it happen."""

import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from access.models import Team, User
from casemgr.reassess.portfolio import assess_part, outcome_of, start_portfolio_run
from evidence.models import Job, JobState

_EVERY = 1.0  # seconds between two looks


class Command(BaseCommand):
    """Starts a run, or goes on watching one."""

    help = (
        "Assess every case still to be decided, by the workers that are running, and show how far "
        "it is. Ctrl-C stops watching, not the run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose cases, who asks and why."""
        parser.add_argument("--team", metavar="KEY", help="a team's cases; without: all teams'")
        parser.add_argument("--actor", metavar="NAME", help="who asks for it")
        parser.add_argument("--reason", metavar="TEXT", help="why")
        parser.add_argument("--watch", metavar="KEY", help="watch this run and start none")
        parser.add_argument(
            "--here",
            action="store_true",
            help="let this process work on it as well; needed where no worker runs",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Start, then tell how far it is until it has ended."""
        job = self._watched(options["watch"]) if options["watch"] else self._started(options)
        self.stdout.write(f"{job.key}: {job.total} cases")
        try:
            self._follow(job.key, options["here"])
        except KeyboardInterrupt:
            self.stdout.write(f"\n{job.key} goes on; --watch {job.key} shows it again.")
            return
        self._sum_up(job)

    def _watched(self, key: str) -> Job:
        job = Job.objects.filter(key=key).first()
        if job is None:
            raise CommandError(f"--watch: there is no run {key!r}.")
        return job

    def _started(self, options: dict[str, Any]) -> Job:
        if not options["actor"] or not options["reason"]:
            raise CommandError("Say who asks (--actor NAME) and why (--reason TEXT).")
        actor = User.objects.filter(username=options["actor"]).first()
        if actor is None:
            raise CommandError(f"--actor: there is no user {options['actor']!r}.")
        team = Team.objects.filter(key=options["team"]).first()
        if options["team"] and team is None:
            raise CommandError(f"--team: there is no team {options['team']!r}; give its key.")
        try:
            return start_portfolio_run(team, actor=actor, reason=options["reason"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _follow(self, key: str, here: bool) -> None:
        began = shown = time.monotonic()
        while True:
            job = Job.objects.with_progress().get(key=key)
            if time.monotonic() - shown >= _EVERY or not job.is_active:
                shown = time.monotonic()
                self._tell(job, shown - began)
            if not job.is_active:
                return
            if not (here and assess_part(job)):
                time.sleep(_EVERY / 4)

    def _tell(self, job: Any, seconds: float) -> None:
        through = job.done + job.failed
        failed = f", {job.failed} failed" if job.failed else ""
        self.stdout.write(
            f"  {through:>7} of {job.total} cases{failed}, {seconds:.0f} s, "
            f"{job.get_state_display()}"
        )
        self.stdout.flush()

    def _sum_up(self, job: Job) -> None:
        job.refresh_from_db()
        outcome = outcome_of(job, job.asked_by)
        for move in outcome.moves:
            self.stdout.write(f"  {move.cases:>7}  {move.before} → {move.after}")
        for case, error in outcome.failures:
            self.stdout.write(f"  failed   {case}: {error}")
        self.stdout.write(
            f"{job.key} {job.get_state_display()}: {outcome.changed} cases changed grade, "
            f"{outcome.first} were assessed for the first time"
        )
        if job.state == JobState.CANCELLED:
            raise CommandError(f"{job.key} was cancelled before its end.")
