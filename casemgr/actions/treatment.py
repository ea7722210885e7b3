"""Answering considerations, taking steps, and stating what a challenger would hold up."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar, cast

from django.core.exceptions import ValidationError

from access.models import User
from casemgr.actions.cases import raise_markings
from casemgr.actions.recorded import recorded
from casemgr.clock import decision_day
from casemgr.models import (
    Case,
    CaseElement,
    ComparatorCase,
    ConsiderationAnswer,
    DefectKind,
    Milestone,
    Pin,
    PrerequisiteMet,
    PriorPosition,
    RecordDefect,
)
from casemgr.words import AnswerState, MilestoneKind, StepState
from designations.days import PartialDate
from designations.models import Consideration, DatedRow, Prerequisite
from designations.models.stated_dates import to_columns
from evidence.actions import open_lineage
from evidence.models import EvidenceItem

Row = TypeVar("Row", bound=DatedRow)


def answer_consideration(
    pin: Pin,
    consideration: Consideration,
    state: AnswerState,
    text: str,
    *,
    actor: User,
    reason: str,
) -> ConsiderationAnswer:
    """Say what the decision says to a consideration; an earlier answer ends today.

    Raises ValidationError for an answer without words or a consideration of another version.
    """
    if state is AnswerState.ANSWERED and not text.strip():
        raise ValidationError({"text": "Write the answer: how was this weighed?"})
    _of_version(pin, consideration)
    with recorded(actor, reason):
        _end_live(ConsiderationAnswer.objects.filter(pin=pin, consideration=consideration))
        return _added(
            ConsiderationAnswer(
                pin=pin,
                version_id=pin.version_id,
                consideration=consideration,
                state=state.value,
                text=text,
                **to_columns("on", PartialDate.of(decision_day())),
            )
        )


def meet_prerequisite(
    pin: Pin,
    prerequisite: Prerequisite,
    state: StepState,
    *,
    actor: User,
    reason: str,
    on: date | None = None,
    what: str = "",
    office: str = "",
    due_on: date | None = None,
    item: EvidenceItem | None = None,
) -> PrerequisiteMet:
    """State where a procedural step stands; the earlier statement ends today.

    ``on`` is the day it was taken, ``office`` who owes it, ``item`` the evidence that shows it.
    Raises ValidationError for a step taken in the future or of another version.
    """
    if on is not None and on > decision_day():
        raise ValidationError(
            {"on": "A step is met on a day that has come; use due_on until then."}
        )
    _of_version(pin, prerequisite)
    with recorded(actor, reason):
        _end_live(PrerequisiteMet.objects.filter(pin=pin, prerequisite=prerequisite))
        return _added(
            PrerequisiteMet(
                pin=pin,
                version_id=pin.version_id,
                prerequisite=prerequisite,
                state=state.value,
                **to_columns("on", PartialDate.of(on) if on else None),
                what=what,
                office=office,
                due_on=due_on,
                item=item,
            )
        )


def add_milestone(
    case: Case, kind: MilestoneKind, on: PartialDate, *, actor: User, reason: str
) -> Milestone:
    """State a dated step of the action: vote, decision, publication, effect."""
    with recorded(actor, reason):
        return _added(Milestone(case=case, kind=kind.value, **to_columns("on", on)))


def add_comparator(
    case: Case,
    name: str,
    *,
    actor: User,
    reason: str,
    element: CaseElement | None = None,
    same_conduct: bool | None = None,
    outcome: str = "",
    explained: bool | None = None,
    explanation: str = "",
) -> ComparatorCase:
    """Name another matter that a challenger would hold beside this one."""
    with recorded(actor, reason):
        return _added(
            ComparatorCase(
                case=case,
                case_element=element,
                name=name,
                same_conduct=same_conduct,
                outcome=outcome,
                explained=explained,
                explanation=explanation,
            )
        )


def state_prior_position(
    case: Case,
    what: str,
    *,
    actor: User,
    reason: str,
    element: CaseElement | None = None,
    reliance_addressed: bool | None = None,
    why: str = "",
) -> PriorPosition:
    """State an earlier position of the agency from which the decision departs, and ``why``."""
    with recorded(actor, reason):
        return _added(
            PriorPosition(
                case=case,
                case_element=element,
                what=what,
                reliance_addressed=reliance_addressed,
                why=why,
            )
        )


def note_record_defect(
    case: Case,
    kind: DefectKind,
    what: str,
    *,
    actor: User,
    reason: str,
    why_left_out: str = "",
    element: CaseElement | None = None,
) -> RecordDefect:
    """Note what the record does not hold: left out, or cited but absent.

    What was left out may be named by the key of an item; the case's team must then have it, and
    the case takes on its markings, as if it were linked: whoever sees the case reads of it.
    """
    with recorded(actor, reason):
        item = EvidenceItem.objects.filter(key=what).first()
        if item is not None and kind is DefectKind.LEFT_OUT:
            if not EvidenceItem.objects.visible_to(actor).filter(pk=item.pk).exists():
                raise ValidationError({"what": f"No evidence item {what} that you may see."})
            lineage = open_lineage(item, case.team, actor=actor, reason=reason, field="what")
            raise_markings(case, [code for each in lineage for code in each.markings])
        return _added(
            RecordDefect(
                case=case, case_element=element, kind=kind.value, what=what, reason=why_left_out
            )
        )


def end_row(row: Row, *, actor: User, reason: str) -> Row:
    """What the row states no longer holds, from today on. It stays in the history."""
    with recorded(actor, reason):
        locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
        if locked.ended_on is not None:
            raise ValidationError(f"This ended on {locked.ended_on}: nothing to end.")
        locked.ended_from = PartialDate.of(decision_day())
        locked.save(update_fields=["ended_on", "ended_on_precision"])
    return cast(Row, locked)


def restate(row: DatedRow, anew: Callable[[], Row], *, actor: User, reason: str) -> Row:
    """End the row today and add what ``anew`` states in its place: both or neither.

    Raises ValidationError where somebody ended the row meanwhile, or the new one is refused.
    """
    with recorded(actor, reason):
        end_row(row, actor=actor, reason=reason)
        return anew()


def _added(row: Row) -> Row:
    row.entered = PartialDate.of(decision_day())
    row.full_clean()
    row.save()
    return row


def _end_live(rows: object) -> None:
    today = PartialDate.of(decision_day())
    for row in rows.live().select_for_update():  # type: ignore[attr-defined]
        row.ended_from = today
        row.save(update_fields=["ended_on", "ended_on_precision"])


def _of_version(pin: Pin, part: Consideration | Prerequisite) -> None:
    if part.version_id != pin.version_id:
        raise ValidationError(
            {"code": f"{part.code} belongs to another version than the one pinned."}
        )
