"""A portfolio run: every case still to be decided assessed anew, by as many workers as there are.

Evidence's jobs say which part is whose and survive a killed worker; here is what is done with a
part. What changed grade is counted in the transaction that changed it.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef

from access.models import Team, User
from casemgr.models import Case, CaseDependency
from casemgr.reassess.assess import Assessed, Occasion, assess_cases
from casemgr.words import Grade
from evidence.jobs.keeping import settle, start_job
from evidence.jobs.parts import LostClaimError, Taken, give_back, note, take_part
from evidence.models import Job, JobKind, JobPart
from evidence.nudge import nudge

PART_SIZE = 25
"""Cases a worker takes at a time: about a second's work, and read in the queries of one."""

UNASSESSED = "not-assessed"
_PATIENCE = 5.0  # seconds for cases that another worker is assessing at this moment
_ARROW = " → "


def start_portfolio_run(
    team: Team | None, *, actor: User, reason: str, part_size: int = PART_SIZE
) -> Job:
    """Have all undecided cases of the team that the actor sees assessed; of all teams without one.

    A run of all teams covers every case, whatever its markings: it is for whoever keeps the
    service. Raises ValidationError where there is no case, NotNowError while a run is under way.
    """
    cases = Case.objects.undecided()
    if team is not None:
        cases = cases.visible_to(actor).filter(team=team)
    # First what others rest on, so that these are assessed on it as it then is.
    rests = Exists(CaseDependency.objects.filter(case=OuterRef("pk")))
    rows = list(cases.order_by(rests.asc(), "pk").values_list("key", "markings"))
    if not rows:
        raise ValidationError({"team": "There is no case still to be decided that you may see."})
    return start_job(
        JobKind.PORTFOLIO,
        [key for key, _ in rows],
        team=team,
        markings={code for _, markings in rows for code in markings},
        part_size=part_size,
        actor=actor,
        reason=reason,
    )


def assess_part(job: Job) -> bool:
    """Take one free part of the run and assess what is left of it; whether there was one.

    Safe to call any number of times, by any number of workers. Ends the run after its last part.
    """
    taken = take_part(job)
    if taken is None:
        settle(job)
        return False
    try:
        _assess_taken(taken)
    except LostClaimError:
        return True  # silent for longer than the lease: whoever has the part now goes on with it
    give_back(taken)
    if settle(job):
        nudge()  # cases that rest on others were marked stale by the run itself
    return True


def _assess_taken(taken: Taken) -> None:
    left = list(taken.left)
    if taken.suspect is not None:
        _fail(taken, left.pop(0), "Every worker that began to assess it was killed.")
    if taken.in_vain == 0:
        try:
            left = _assess(taken, left)
        except _OURS:
            raise
        except Exception:  # noqa: S110 - which case it was, and why, is seen one by one
            pass
    until = time.monotonic() + _PATIENCE
    while left:
        left = [key for key in left if not _assess_alone(taken, key)]
        if time.monotonic() >= until:
            break  # still in other hands: the part is given back, and taken again later
        if left:
            time.sleep(0.2)


# Not the fault of any case: the part is left as it is, and taken again when its lease is over.
_OURS = (LostClaimError, OperationalError, InterfaceError)


def _assess_alone(taken: Taken, key: str) -> bool:
    """Assess one case, or note why not; False when another worker has it in hand."""
    try:
        return not _assess(taken, [key])
    except _OURS:
        raise
    except Exception as error:
        _fail(taken, key, f"{type(error).__name__}: {error}"[:500])
        return True


def _assess(taken: Taken, keys: Sequence[str]) -> list[str]:
    """Assess the cases and note it, all or nothing; returns those in other hands."""

    def noted(assessed: Mapping[str, Assessed]) -> None:
        moves = Counter(
            f"{each.before or UNASSESSED}{_ARROW}{each.assessment.grade}"
            for each in assessed.values()
        )
        note(taken, done=assessed, tally=moves)

    assessed = assess_cases(keys, Occasion.PORTFOLIO, noted)
    return [key for key in keys if key not in assessed]


def _fail(taken: Taken, key: str, error: str) -> None:
    with transaction.atomic():
        note(taken, failures={key: error})


@dataclass(frozen=True, slots=True)
class Move:
    """So many cases had one grade before the run and have another, or the same, after it."""

    before: str
    after: str
    cases: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has found so far; complete once it is finished."""

    moves: tuple[Move, ...]
    failures: tuple[tuple[str, str], ...]
    """(case key, what went wrong) of the cases that the reader sees."""

    @property
    def changed(self) -> int:
        """Cases whose grade is another than before."""
        return sum(m.cases for m in self.moves if m.before not in (m.after, UNASSESSED))

    @property
    def first(self) -> int:
        """Cases that had never been assessed."""
        return sum(move.cases for move in self.moves if move.before == UNASSESSED)


def outcome_of(job: Job, reader: User | AnonymousUser) -> Outcome:
    """What the run has found so far, as ``reader`` may know it."""
    moves: Counter[tuple[str, str]] = Counter()
    failures: dict[str, str] = {}
    for tally, failed in JobPart.objects.filter(job=job).values_list("tally", "failures"):
        for name, number in tally.items():
            before, _, after = name.partition(_ARROW)
            moves[before, after] += number
        failures |= failed
    seen = set(
        Case.objects.visible_to(reader).filter(key__in=failures).values_list("key", flat=True)
    )
    order = [UNASSESSED, *(grade.value for grade in Grade)]
    ranked = sorted(moves.items(), key=lambda pair: [order.index(grade) for grade in pair[0]])
    return Outcome(
        moves=tuple(Move(*grades, number) for grades, number in ranked),
        failures=tuple(sorted((key, said) for key, said in failures.items() if key in seen)),
    )
