"""Taking files in: each step done once, whoever is killed; what is found sets a file aside.

The steps themselves are pure and run in a process of their own (evidence.intake).
"""

import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DurationField, F, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now

from access.actor import acting
from access.models import User
from evidence.actions.custody import record_custody
from evidence.intake.findings import Finding, Found
from evidence.intake.guard import StepFailedError, guarded
from evidence.jobs.parts import GIVE_UP_AFTER, LEASE, LostClaimError
from evidence.models import Blob, CustodyKind, Exhibit, Intake, IntakeState, IntakeStep, Passage
from evidence.nudge import hint
from evidence.storage import BytesDifferError, BytesMissingError, exhibit_store

TAKE_IN = "evidence.take_in"
"""The task that takes in whatever waits (evidence.tasks)."""

AT_ONCE = 16
"""Invitations the sweep sends together; whoever has taken a file in passes one on."""

ACTOR = "system:intake"
_HINT_EXPIRES = 60


class NotInQuarantineError(ValidationError):
    """There is nothing to release."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step came to, to be written when the claim still holds."""

    found: Found | None = None
    kind: str = ""
    remark: str = ""
    passages: tuple[tuple[str, str], ...] = ()
    """(place, text) of the words in the file."""


Alive = Callable[[], None]
Step = Callable[[Intake, Alive], Outcome]


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
        intake.state, intake.step = IntakeState.WAITING, IntakeStep.READ
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
            .order_by("begun_at", "pk")
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
            _put_off(intake)
            return
        _note(intake, outcome)


def _given_up(intake: Intake) -> Outcome:
    said = f"Whoever began its {intake.get_step_display()} was ended, {GIVE_UP_AFTER} times."
    if intake.step == IntakeStep.INSPECT:
        return Outcome(Found(Finding.NOT_INSPECTED, said))
    return Outcome(remark=said)


def _inspect(intake: Intake, alive: Alive) -> Outcome:
    exhibit = intake.exhibit
    try:
        file = exhibit_store().open_verified(exhibit.blob_id)
    except BytesDifferError:
        said = "The stored bytes no longer have the SHA-256 they were received with."
        return Outcome(Found(Finding.ALTERED, said))
    with file:
        try:
            result = guarded("inspect", file, exhibit.filename, alive=alive)
        except StepFailedError as error:
            return Outcome(Found(Finding.NOT_INSPECTED, f"It could not be inspected. {error}"))
    found = Found(Finding(result["finding"]), result["said"]) if result["finding"] else None
    return Outcome(found, kind=result["kind"])


def _read(intake: Intake, alive: Alive) -> Outcome:
    exhibit = intake.exhibit
    with exhibit_store().open(exhibit.blob_id) as file:
        try:
            result = guarded("read", file, exhibit.filename, alive=alive)
        except StepFailedError as error:
            return Outcome(remark=f"Its text could not be read. {error}")
    passages = tuple((place, text) for place, text in result["passages"])
    return Outcome(remark=result["remark"], passages=passages)


STEPS: dict[IntakeStep, Step] = {IntakeStep.INSPECT: _inspect, IntakeStep.READ: _read}
_ORDER = list(IntakeStep)
_WENT_WELL = {
    IntakeStep.INSPECT: "nothing was found against it",
    IntakeStep.READ: "its text was read",
}


def _hold(intake: Intake) -> None:
    """Move the lease on. Raises LostClaimError when the file is in other hands."""
    mine = Intake.objects.filter(pk=intake.pk, claim=intake.claim, state=IntakeState.WAITING)
    if not mine.update(leased_until=_lease()):
        raise LostClaimError(f"Exhibit {intake.pk} was taken by another worker.")


def _note(intake: Intake, outcome: Outcome) -> None:
    """Write what the step came to and move on, all or nothing, if the claim still holds."""
    step = IntakeStep(intake.step)
    following = _ORDER[_ORDER.index(step) + 1 :]
    with transaction.atomic(), acting(ACTOR, f"{step.label} ended"):
        row = Intake.objects.select_for_update().get(pk=intake.pk)
        if row.claim != intake.claim or row.step != step or row.state != IntakeState.WAITING:
            raise LostClaimError(f"Exhibit {intake.pk} was taken by another worker.")
        row.kind = outcome.kind or row.kind
        row.remark = outcome.remark
        row.attempts = 1  # still in hand
        row.leased_until = _lease()
        if outcome.found is not None:
            row.state = IntakeState.QUARANTINED
            row.finding, row.said = outcome.found.finding.value, outcome.found.said
        elif following:
            row.step = following[0]
        else:
            row.state = IntakeState.WHOLE
        if row.state != IntakeState.WAITING:
            row.claim = row.leased_until = None
            row.ended_at = Now()
        row.save()
        if step == IntakeStep.READ:
            _keep(intake.exhibit, outcome.passages)
        _enter(intake.exhibit, step, outcome)
    row.refresh_from_db()
    for name in ("state", "step", "attempts", "claim"):
        setattr(intake, name, getattr(row, name))


def _keep(exhibit: Exhibit, passages: Iterable[tuple[str, str]]) -> None:
    """These are the words of the file, in place of any it had."""
    Passage.objects.filter(exhibit=exhibit).delete()
    Passage.objects.bulk_create(
        [
            Passage(exhibit=exhibit, number=number, place=place, text=text)
            for number, (place, text) in enumerate(passages, start=1)
        ],
        batch_size=200,
    )


def _enter(exhibit: Exhibit, step: IntakeStep, outcome: Outcome) -> None:
    """The step in the custody of the file."""
    if outcome.found is None:
        kind = CustodyKind.INSPECTED if step == IntakeStep.INSPECT else CustodyKind.READ
        why = outcome.remark or _WENT_WELL[step]
    else:
        kind, why = CustodyKind.QUARANTINED, outcome.found.said
    record_custody(
        exhibit.item,
        kind,
        actor=ACTOR,
        reason=why,
        exhibit=exhibit,
        sha256=exhibit.blob_id,
        detail={"finding": outcome.found.finding.value} if outcome.found else {},
    )


def _put_off(intake: Intake) -> None:
    """The bytes are not where this worker looks: keep it for a later sweep, and say so."""
    with transaction.atomic(), acting(ACTOR, "the bytes were not found"):
        Intake.objects.filter(pk=intake.pk, claim=intake.claim).update(
            remark="The stored bytes were not found; it is tried again.",
            attempts=0,
        )


def _lease() -> CombinedExpression:
    return Now() + Value(LEASE, output_field=DurationField())
