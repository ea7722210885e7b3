"""Moving a case from stage to stage."""

from datetime import date

from django.core.exceptions import ValidationError

from access.models import User
from access.policy import may, roles_that_may
from access.revision import StaleRevisionError, revise
from casemgr.actions.recorded import recorded
from casemgr.clock import decision_day
from casemgr.models import Assessment, Case, Milestone, Stage
from casemgr.stages import missing_for, transition
from casemgr.words import MilestoneKind
from designations.days import PartialDate
from designations.models.stated_dates import to_columns


class NotReadyError(ValidationError):
    """The case may not move yet; ``messages`` say everything that is missing."""


def move_stage(
    case: Case,
    target: Stage,
    expected: int,
    *,
    actor: User,
    reason: str,
    decided_on: date | None = None,
) -> Case:
    """Move the case to ``target``, if nothing is missing for it.

    ``expected`` is the revision the mover saw. Deciding states the day (default: today) as
    milestone and keeps the assessment on which the decision was taken. Raises NotReadyError with
    everything that is missing, ValidationError where there is no such way or the actor may not,
    StaleRevisionError when the case moved meanwhile.
    """
    with recorded(actor, reason):
        case = Case.objects.select_for_update().get(pk=case.pk)
        if case.revision != expected:
            raise StaleRevisionError(case, expected)
        way = transition(case.stage, target)
        if way is None:
            raise ValidationError(
                {"stage": f"There is no way from {Stage(case.stage).label} to {target.label}."}
            )
        if not may(actor.standings_in(case.team), "case", way.verb):
            who = roles_that_may("case", way.verb)
            raise ValidationError({"stage": f"This is for {who} of {case.team}: ask one."})
        if missing := missing_for(case, way):
            raise NotReadyError(missing)
        if target is Stage.DECIDED and case.stage == Stage.READY:
            _decide(case, decided_on or decision_day())
        else:
            revise(case, expected, stage=target.value)
    return case


def _decide(case: Case, day: date) -> None:
    if day > decision_day():
        raise ValidationError({"decided_on": "A decision is recorded on or after its day."})
    Milestone.objects.create(
        case=case,
        kind=MilestoneKind.DECISION.value,
        **to_columns("on", PartialDate.of(day)),
        **to_columns("entered_on", PartialDate.of(decision_day())),
    )
    revise(
        case,
        case.revision,
        stage=Stage.DECIDED.value,
        decided=True,
        decided_on=day,
        decided_on_precision="day",
        decision_assessment=Assessment.objects.filter(case=case).order_by("-seq").first(),
    )
