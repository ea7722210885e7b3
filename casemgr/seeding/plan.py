"""How many made-up cases, with how many links each: fixed by the plan's seed, case by case."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from casemgr.models import Stage

MARK = "MADE-UP"

# Of a hundred cases. A large office has most of its work before counsel sees it.
_STAGES = {
    Stage.DRAFT: 18,
    Stage.EVIDENCE_BUILDING: 34,
    Stage.LEGAL_REVIEW: 18,
    Stage.READY: 7,
    Stage.DECIDED: 13,
    Stage.DECLINED: 4,
    Stage.CLOSED: 4,
    Stage.DELISTING_REVIEW: 2,
}
# How much evidence a case has by then, beside a decided one.
_FILLED = {Stage.DRAFT: 0.25, Stage.EVIDENCE_BUILDING: 0.8}

COMPANION_EVERY = 5
"""Every fifth case is a second one against the same designee, on the same evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``cases`` cases with ``links`` links in all, none dated after ``day``.

    The same plan gives the same rows on every machine, their database ids apart.
    """

    cases: int
    links: int
    seed: int
    day: date

    def __post_init__(self) -> None:
        """Raises ValueError for numbers that no docket can have."""
        if self.cases < 1:
            raise ValueError(f"cases: {self.cases} is too few; ask for at least one.")
        if self.links < 0:
            raise ValueError(f"links: {self.links} is negative; ask for none or more.")
        if self.seed < 0:
            raise ValueError(f"seed: {self.seed} is negative; name a set by 0, 1, 2 and so on.")

    @property
    def prefix(self) -> str:
        """What every key of this set begins with."""
        return f"{MARK}-{self.seed}-"

    def chance(self, what: str) -> Random:
        """A source of chance of its own for each thing, so that nothing depends on order."""
        return Random(f"{self.seed}/{what}")  # noqa: S311 - repeatable, and guards nothing

    def sized(self) -> Iterator["SizedCase"]:
        """Every case with its stage and its share of the links; the shares add up exactly."""
        total = sum(case.weight for case in self._weighed())
        before = 0
        for case in self._weighed():
            after = before + case.weight
            share = after * self.links // total - before * self.links // total
            yield SizedCase(number=case.number, stage=case.stage, weight=case.weight, links=share)
            before = after

    def _weighed(self) -> Iterator["SizedCase"]:
        stages, shares = list(_STAGES), list(_STAGES.values())
        for number in range(self.cases):
            chance = self.chance(f"size/{number}")
            stage = chance.choices(stages, shares)[0]
            # Many thin files, few thick ones; a whole number, so that the shares are exact.
            thickness = math.ceil(100 * chance.lognormvariate(0, 0.6) * _FILLED.get(stage, 1.2))
            yield SizedCase(number=number, stage=stage, weight=thickness)


@dataclass(frozen=True, slots=True, kw_only=True)
class SizedCase:
    """One case to be made: its number, where it stands, and how many links it gets."""

    number: int
    stage: Stage
    weight: int
    links: int = 0

    @property
    def is_companion(self) -> bool:
        """Whether it is brought against the designee of the case before it."""
        return self.number % COMPANION_EVERY == COMPANION_EVERY - 1
