"""One act on many cases: each case by itself, and what became of each.

A case that cannot follow holds up none of the others: every case is a transaction of its own, with
the same actor and reason, and the revision that the actor saw.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError

from access.models import User
from access.policy import Verb, may, roles_that_may
from access.revision import StaleRevisionError
from casemgr.actions.cases import amend_case
from casemgr.actions.stage_moves import move_stage
from casemgr.models import Case, Stage
from casemgr.stages import missing_for, transition

MOST_AT_ONCE = 200
"""Cases in one act; each is a transaction, and somebody waits for the answer."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case as the actor saw it."""

    case: Case
    revision: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case."""

    case: Case
    done: bool
    said: tuple[str, ...]
    before: str = ""
    """What stood there before: the key of the lead, or the stage."""


def give_leads(
    wanted: Sequence[tuple[Chosen, User | None]], *, actor: User, reason: str
) -> list[Outcome]:
    """Let each case be led by somebody of its team, or by no one. ``wanted``: whom, by case."""
    _not_too_many(wanted)

    def give(chosen: Chosen, lead: User | None) -> Outcome:
        case = chosen.case
        before = case.lead.key if case.lead else ""
        name = f"{lead.get_full_name() or lead.username}" if lead else "nobody"
        if case.lead == lead:
            return Outcome(case, False, (f"It is led by {name} already: nothing to do.",), before)
        if not may(actor.standings_in(case.team), "case", Verb.CHANGE):
            return _refused(case, Verb.CHANGE, before)
        changed = amend_case(case, chosen.revision, lead=lead, actor=actor, reason=reason)
        return Outcome(changed, True, (f"Led by {name}.",), before)

    return [_tried(chosen, partial(give, chosen, lead)) for chosen, lead in wanted]


def move_stages(
    wanted: Sequence[Chosen], target: Stage, *, actor: User, reason: str
) -> list[Outcome]:
    """Move each case to ``target`` if nothing is missing for it."""
    _not_too_many(wanted)

    def move(chosen: Chosen) -> Outcome:
        before = chosen.case.stage
        moved = move_stage(chosen.case, target, chosen.revision, actor=actor, reason=reason)
        return Outcome(moved, True, (f"Moved to {target.label}.",), before)

    return [_tried(chosen, partial(move, chosen)) for chosen in wanted]


def would_move(wanted: Sequence[Chosen], target: Stage, *, actor: User) -> list[Outcome]:
    """What ``move_stages`` would say, without moving anything."""
    found = []
    for chosen in wanted:
        case = chosen.case
        way = transition(case.stage, target)
        if way is None:
            said = (f"There is no way from {Stage(case.stage).label} to {target.label}.",)
            found.append(Outcome(case, False, said, case.stage))
        elif not may(actor.standings_in(case.team), "case", way.verb):
            found.append(_refused(case, way.verb, case.stage))
        else:
            missing = tuple(missing_for(case, way))
            found.append(
                Outcome(case, not missing, missing or ("Nothing is missing.",), case.stage)
            )
    return found


def _tried(chosen: Chosen, act: Callable[[], Outcome]) -> Outcome:
    try:
        return act()
    except ValidationError as error:
        return Outcome(chosen.case, False, tuple(error.messages))
    except StaleRevisionError:
        said = "Somebody changed it since you chose it: look at it again. Nothing was changed."
        return Outcome(chosen.case, False, (said,))


def _refused(case: Case, verb: Verb, before: str) -> Outcome:
    who = roles_that_may("case", verb)
    return Outcome(case, False, (f"This is for {who} of {case.team}: ask one.",), before)


def _not_too_many(wanted: Sequence[object]) -> None:
    if len(wanted) > MOST_AT_ONCE:
        raise ValidationError(f"Choose at most {MOST_AT_ONCE} cases at once; {len(wanted)} are.")
