"""Starting a job, stopping it, taking it up again, and seeing that it has ended."""

from collections.abc import Collection, Sequence
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now

from access.actor import acting
from access.models import Team, User
from evidence.jobs.invite import invite
from evidence.models import Job, JobKind, JobPart, JobState


class NotNowError(ValidationError):
    """The job stands where this cannot be done."""


def start_job(
    kind: JobKind,
    keys: Sequence[str],
    *,
    team: Team | None,
    markings: Collection[str],
    part_size: int,
    actor: User,
    reason: str,
    subject: str = "",
) -> Job:
    """Cut the work on ``keys`` into parts of ``part_size`` and ask workers to take them.

    ``subject`` is the key of the one thing worked on, ``markings`` are those of everything worked
    on. Raises NotNowError while one of this kind is active on the subject in the team.
    """
    with transaction.atomic(), acting(actor, reason):
        # Two starts at once: the second one waits here, and then finds the first one's job.
        if team:
            Team.objects.select_for_update().get(pk=team.pk)
        _none_active(kind, team, subject)
        job = Job.objects.create(
            kind=kind,
            team=team,
            subject=subject,
            markings=sorted(markings),
            total=len(keys),
            asked_by=actor,
            reason=reason,
        )
        JobPart.objects.bulk_create(
            JobPart(job=job, number=number, left=list(keys[start : start + part_size]))
            for number, start in enumerate(range(0, len(keys), part_size), start=1)
        )
        transaction.on_commit(partial(invite, job), robust=True)
    return job


def cancel_job(job: Job, *, actor: User, reason: str) -> Job:
    """Take nothing more in hand. What a worker holds now is still brought to its end.

    Raises NotNowError for a job that has ended.
    """
    with transaction.atomic(), acting(actor, reason):
        job = _locked(job)
        if not job.is_active:
            raise NotNowError(f"{job.key} is not running, so it cannot be cancelled.")
        job.state = JobState.CANCELLED
        job.ended_at = Now()
        job.save(update_fields=["state", "ended_at"])
    job.refresh_from_db()
    return job


def resume_job(job: Job, *, actor: User, reason: str) -> Job:
    """Go on where a cancelled job stopped, and try again what failed.

    Raises NotNowError for a job that is running, or of which nothing is left to do.
    """
    with transaction.atomic(), acting(actor, reason):
        job = _locked(job)
        if job.is_active:
            raise NotNowError(f"{job.key} is already running.")
        parts = list(JobPart.objects.select_for_update().filter(job=job))
        if not any(part.left or part.failures for part in parts):
            raise NotNowError(f"Nothing is left to do in {job.key}: start a new one.")
        _none_active(JobKind(job.kind), job.team, job.subject)
        for part in parts:
            part.left = [*part.left, *part.failures]
            part.failures, part.failed, part.attempts = {}, 0, 0
        JobPart.objects.bulk_update(parts, ["left", "failures", "failed", "attempts"])
        job.state = JobState.WAITING
        job.ended_at = None
        job.save(update_fields=["state", "ended_at"])
        transaction.on_commit(partial(invite, job), robust=True)
    return job


def settle(job: Job) -> bool:
    """Mark the job finished if nothing of it is left; whether it was this call that did."""
    with transaction.atomic(), acting("system:jobs", "nothing of it is left"):
        ended = Job.objects.active().with_nothing_left().filter(pk=job.pk)
        return bool(ended.update(state=JobState.FINISHED, ended_at=Now()))


def tend_jobs() -> int:
    """What the sweep does: end what is through, invite to what is free; how many are active.

    Here a job whose worker was killed, or whose messages were lost, goes on.
    """
    active = 0
    for job in Job.objects.active():
        if not settle(job):
            invite(job)
            active += 1
    return active


def _locked(job: Job) -> Job:
    return Job.objects.select_for_update(of=("self",)).select_related("team").get(pk=job.pk)


def _none_active(kind: JobKind, team: Team | None, subject: str) -> None:
    there = Job.objects.active().filter(kind=kind, team=team, subject=subject).first()
    if there:
        raise NotNowError(f"{there.key} is already under way: follow that one, or cancel it first.")
