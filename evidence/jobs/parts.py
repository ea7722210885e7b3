"""Taking a part of a job in hand, noting what of it ended, and giving it back."""

import threading
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import DurationField, F, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now

from access.actor import acting
from evidence.models import Job, JobPart, JobState

LEASE = timedelta(seconds=60)
"""How long a worker may be silent before its part is free again; a step takes a few seconds."""

GIVE_UP_AFTER = 3
"""A part that was taken so often without anything of it ending has something that kills workers."""


class LostClaimError(Exception):
    """Someone else has the part by now: undo what was done and leave it to them."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A part in hand: what is left of it, and how often it was taken in vain before."""

    part_id: int
    claim: uuid.UUID
    left: tuple[str, ...]
    in_vain: int

    @property
    def suspect(self) -> str | None:
        """The key that seems to end whoever works on it: the first one left, time and again."""
        return self.left[0] if self.in_vain >= GIVE_UP_AFTER else None


def take_part(job: Job) -> Taken | None:
    """Hold the first free part of the job; None when none is free. Two workers get two parts."""
    with transaction.atomic():
        part = (
            JobPart.objects.free()
            .filter(job=job)
            .order_by("number")
            .select_for_update(skip_locked=True, of=("self",))
            .first()
        )
        if part is None:
            return None
        taken = Taken(part.pk, uuid.uuid4(), tuple(part.left), part.attempts)
        JobPart.objects.filter(pk=part.pk).update(
            claim=taken.claim, leased_until=_lease(), attempts=F("attempts") + 1
        )
        with acting("system:jobs", "a worker began"):
            Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(
                state=JobState.RUNNING, started_at=Now()
            )
    return taken


def note(
    taken: Taken,
    done: Collection[str] = (),
    failures: Mapping[str, str] | None = None,
    tally: Mapping[str, int] | None = None,
) -> None:
    """Note what of the part has ended, in the transaction that did it.

    ``failures`` says what went wrong by key; ``tally`` is added to the part's counts. The lease
    begins anew. Raises LostClaimError when the part is in other hands by now.
    """
    mine = JobPart.objects.filter(pk=taken.part_id, claim=taken.claim)
    part = mine.select_for_update().first()
    if part is None:
        raise LostClaimError(f"Part {taken.part_id} was taken by another worker.")
    failed = dict(failures or {})
    ended = {*done, *failed}
    counts = dict(part.tally)
    for name, number in (tally or {}).items():
        counts[name] = counts.get(name, 0) + number
    JobPart.objects.filter(pk=part.pk).update(
        left=[key for key in part.left if key not in ended],
        done=part.done + len(done),
        failed=part.failed + len(failed),
        failures={**part.failures, **failed},
        tally=counts,
        attempts=0,
        leased_until=_lease(),
    )


def give_back(taken: Taken) -> None:
    """Hold the part no longer; what is left of it is free at once."""
    JobPart.objects.filter(pk=taken.part_id, claim=taken.claim).update(
        claim=None, leased_until=None
    )


def put_off(taken: Taken) -> None:
    """Leave the part until its lease is over: what it needs does not answer now.

    It stays visibly unfinished, and this does not count as taken in vain.
    """
    JobPart.objects.filter(pk=taken.part_id, claim=taken.claim).update(
        attempts=0, leased_until=_lease()
    )


@contextmanager
def holding(taken: Taken) -> Iterator[None]:
    """Keep the lease alive for as long as the block runs: for a step that may outlast it.

    A killed process stops doing so with its work. A step that hangs for ever keeps its part, as
    the person who follows the job sees.
    """
    ended = threading.Event()

    def beat() -> None:
        try:
            while not ended.wait(LEASE.total_seconds() / 3):
                JobPart.objects.filter(pk=taken.part_id, claim=taken.claim).update(
                    leased_until=_lease()
                )
        finally:
            connection.close()  # this thread's own

    beating = threading.Thread(target=beat, name="lease", daemon=True)
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join()


def _lease() -> CombinedExpression:
    # The database's clock, which all workers share.
    return Now() + Value(LEASE, output_field=DurationField())
