"""An office at work: made-up cases, first a tenth of them and then the rest."""

from dataclasses import dataclass, replace
from io import StringIO


@dataclass(frozen=True, slots=True)
class Size:
    """How much is seeded, and how often each thing is measured."""

    cases: int
    links: int
    assessed: int
    runs: int

    @property
    def tenth(self) -> "Size":
        """What is seeded first."""
        return replace(
            self, cases=self.cases // 10, links=self.links // 10, assessed=self.assessed // 10
        )

    @property
    def rest(self) -> "Size":
        """What is seeded then."""
        part = self.tenth
        return replace(
            self,
            cases=self.cases - part.cases,
            links=self.links - part.links,
            assessed=self.assessed - part.assessed,
        )


FULL = Size(cases=10_000, links=200_000, assessed=2_000, runs=60)
QUICK = Size(cases=400, links=4_000, assessed=60, runs=15)


def fill(number: int, size: Size) -> None:
    """Seed set ``number`` for the demonstration team, and say how fast it went."""
    from django.core.management import call_command
    from django.db import connection

    said = StringIO()
    call_command(
        "seed_cases",
        *("--team", "demo", "--actor", "analyst", "--seed", str(number)),
        *("--cases", str(size.cases), "--links", str(size.links), "--assess", str(size.assessed)),
        stdout=said,
    )
    # What autovacuum would do within a minute of such an import.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    for line in said.getvalue().splitlines():
        if "a second" in line or "cases assessed" in line:
            print(f"  {size.cases} cases: {line}", flush=True)
