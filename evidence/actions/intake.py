"""Taking files in: each step done once, whoever is killed; what is found sets a file aside.

What each step does stands in evidence.actions.intake_steps.
"""

import uuid
from collections.abc import Collection
from contextlib import suppress
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DurationField, F, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now

from access.actor import acting
from access.models import User
from evidence.actions.custody import record_custody
from evidence.actions.intake_steps import STEPS, Outcome, PutOffError, called_for, forget_text
from evidence.intake.findings import Finding, Found
from evidence.jobs.parts import GIVE_UP_AFTER, LEASE, LostClaimError
from evidence.models import Blob, CustodyKind, Exhibit, Intake, IntakeState, IntakeStep
from evidence.models.intake import IntakeQuerySet
from evidence.nudge import hint
from evidence.storage import BytesMissingError

TAKE_IN = "evidence.take_in"
"""The task that takes in whatever waits (evidence.tasks)."""

AT_ONCE = 16
"""Invitations the sweep sends together; whoever has taken a file in passes one on."""

ACTOR = "system:intake"
_HINT_EXPIRES = 60


class NotInQuarantineError(ValidationError):
    """There is nothing to release."""


def begin_intake(blob: Blob) -> None:
    """Have every exhibit of these bytes taken in that is not yet; in the caller's transaction."""
    waiting = Exhibit.objects.filter(blob=blob, intake=None)
    begun = Intake.objects.bulk_create(
        [Intake(exhibit=exhibit) for exhibit in waiting], ignore_conflicts=True
    )
    if begun:
        transaction.on_commit(partial(_invite, len(begun)), robust=True)


def take_in_next() -> bool:
    """Take the file in hand that waits longest, and do what is left to do; whether there was one.

    Safe to call any number of times, by any number of workers.
    """
    intake = _take()
    if intake is None:
        return False
    # Silent for longer than the lease: whoever has it now goes on with it.
    with suppress(LostClaimError):
        _work(intake)
    return True


def tend_intakes(at_most: int = AT_ONCE) -> int:
    """Invite workers to what waits and nobody holds, as the sweep does; returns how many wait."""
    free = Intake.objects.free()[:at_most].count()
    _invite(free)
    return free


def take_in_again(intakes: IntakeQuerySet, step: IntakeStep) -> int:
    """Have files that are taken in go through the steps from this one on again; how many.

    For what came later than they did: a scanner, its newer signatures, a program for OCR. Raises
    ValidationError for the inspection, which a file goes through once.
    """
    if step == IntakeStep.INSPECT:
        raise ValidationError({"step": "The inspection is not done again."})
    with transaction.atomic(), acting(ACTOR, f"taken in again from the {step.label} on"):
        changed = intakes.filter(state=IntakeState.WHOLE).update(
            state=IntakeState.WAITING, step=step, remark="", ended_at=None, attempts=0
        )
        transaction.on_commit(partial(_invite, changed), robust=True)
    return changed


def release(exhibit: Exhibit, *, actor: User, reason: str) -> Intake:
    """Let a file out of quarantine, for a reason that its custody keeps.

    Raises NotInQuarantineError, and ValidationError without a reason.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why the file may be used after all."})
    with transaction.atomic(), acting(actor, reason):
        intake = Intake.objects.select_for_update().filter(exhibit=exhibit).first()
        if intake is None or intake.state != IntakeState.QUARANTINED:
            raise NotInQuarantineError(f"{exhibit} is not in quarantine.")
        # What a later step has to say of it is not released with what an earlier one said.
        following = _after(IntakeStep(intake.step), intake.kind) or IntakeStep.READ
        intake.state, intake.step = IntakeState.WAITING, following
        intake.released_by, intake.released_at, intake.released_why = actor, Now(), reason
        intake.claim = intake.leased_until = intake.ended_at = None
        intake.attempts = 0
        intake.save()
        record_custody(
            exhibit.item,
            CustodyKind.RELEASED,
            actor=actor,
            reason=reason,
            exhibit=exhibit,
            sha256=exhibit.blob_id,
            detail={"finding": intake.finding},
        )
        transaction.on_commit(partial(_invite, 1), robust=True)
    intake.refresh_from_db()
    return intake


def _invite(at_most: int) -> None:
    for _ in range(min(at_most, AT_ONCE)):
        if not hint(TAKE_IN, expires=_HINT_EXPIRES):
            return  # without a broker the file waits visibly, and the next sweep invites


def _take() -> Intake | None:
    with transaction.atomic():
        row = (
            Intake.objects.free()
            # A file that waits for something else does not hold up one that needs nothing.
            .order_by("put_off_times", "begun_at", "pk")
            .select_for_update(skip_locked=True, of=("self",))
            .first()
        )
        if row is None:
            return None
        Intake.objects.filter(pk=row.pk).update(
            claim=uuid.uuid4(), leased_until=_lease(), attempts=F("attempts") + 1
        )
    return Intake.objects.select_related("exhibit__blob", "exhibit__item").get(pk=row.pk)


def _work(intake: Intake) -> None:
    alive = partial(_hold, intake)
    while intake.state == IntakeState.WAITING:
        try:
            if intake.attempts > GIVE_UP_AFTER:
                outcome = _given_up(intake)
            else:
                outcome = STEPS[IntakeStep(intake.step)](intake, alive)
        except BytesMissingError:
            _put_off(intake, "The stored bytes were not found.")
            return
        except PutOffError as error:
            _put_off(intake, str(error))
            return
        _note(intake, outcome)


def _given_up(intake: Intake) -> Outcome:
    said = f"Whoever began its {intake.get_step_display()} was ended, {GIVE_UP_AFTER} times."
    if intake.unseen:
        return Outcome(Found(Finding.NOT_INSPECTED, said))
    unread = intake.step == IntakeStep.READ
    leaves_out = {IntakeStep.OCR, IntakeStep.COMPARE} if unread else ()
    return Outcome(remark=said, leaves_out=frozenset(leaves_out))


def _hold(intake: Intake) -> None:
    """Move the lease on. Raises LostClaimError when the file is in other hands."""
    mine = Intake.objects.filter(pk=intake.pk, claim=intake.claim, state=IntakeState.WAITING)
    if not mine.update(leased_until=_lease()):
        raise LostClaimError(f"Exhibit {intake.pk} was taken by another worker.")


def _note(intake: Intake, outcome: Outcome) -> None:
    """Write what the step came to and move on, all or nothing, if the claim still holds."""
    step = IntakeStep(intake.step)
    with transaction.atomic(), acting(ACTOR, f"{step.label} ended"):
        row = Intake.objects.select_for_update().get(pk=intake.pk)
        if row.claim != intake.claim or row.step != step or row.state != IntakeState.WAITING:
            raise LostClaimError(f"Exhibit {intake.pk} was taken by another worker.")
        row.kind = outcome.kind or row.kind
        row.remark = " ".join(each for each in (row.remark, outcome.remark) if each)
        row.put_off, row.put_off_times = "", 0
        row.attempts = 1  # still in hand
        row.leased_until = _lease()
        for name, value in outcome.sets:
            setattr(row, name, value)
        if outcome.found is not None:
            row.state = IntakeState.QUARANTINED
            row.finding, row.said = outcome.found.finding.value, outcome.found.said
        elif (following := _after(step, row.kind, outcome.leaves_out)) is not None:
            row.step = following
        else:
            row.state = IntakeState.WHOLE
        if row.state != IntakeState.WAITING:
            row.claim = row.leased_until = None
            row.ended_at = Now()
        row.save()
        outcome.write()
        if outcome.found is not None:
            forget_text(intake.exhibit)
        _enter(intake.exhibit, step, outcome)
    row.refresh_from_db()
    for name in ("state", "step", "kind", "attempts", "claim"):
        setattr(intake, name, getattr(row, name))


def _after(
    step: IntakeStep, kind: str, leaves_out: Collection[IntakeStep] = ()
) -> IntakeStep | None:
    """The next step that is done with a file of this kind; None after the last."""
    later = list(IntakeStep)[list(IntakeStep).index(step) + 1 :]
    return next((each for each in later if each not in leaves_out and called_for(each, kind)), None)


def _enter(exhibit: Exhibit, step: IntakeStep, outcome: Outcome) -> None:
    """The step in the custody of the file; what is only derived from the file is not there."""
    if outcome.found is not None:
        kind, why = CustodyKind.QUARANTINED, outcome.found.said
    elif outcome.entered is not None:
        kind, why = outcome.entered, outcome.why
    else:
        return
    record_custody(
        exhibit.item,
        kind,
        actor=ACTOR,
        reason=why,
        exhibit=exhibit,
        sha256=exhibit.blob_id,
        detail={"finding": outcome.found.finding.value} if outcome.found else {},
    )


def _put_off(intake: Intake, said: str) -> None:
    """Keep it for a later sweep, when the lease is over, and say so where the file is shown."""
    with transaction.atomic(), acting(ACTOR, "a step was put off"):
        Intake.objects.filter(pk=intake.pk, claim=intake.claim).update(
            put_off=said,
            put_off_times=F("put_off_times") + 1,
            attempts=0,
            claim=None,
            leased_until=_lease(),
        )


def _lease() -> CombinedExpression:
    return Now() + Value(LEASE, output_field=DurationField())
