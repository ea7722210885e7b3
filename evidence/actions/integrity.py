"""Reading stored bytes again: whether every exhibit still is what was received.

Every reading moves ``Blob.checked_at`` on, and no more. Only news enters the custody: bytes that
are not whole any more, or whole again, and every reading that a person asked for. An entry a night
for every file would bury the entries that people read.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as hour_of_day
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DurationField, F, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now
from django.utils import timezone

from access.actor import Actor, acting
from evidence.actions.custody import record_custody
from evidence.jobs.parts import LEASE
from evidence.models import Blob, BytesState, CustodyKind, Exhibit
from evidence.nudge import hint, nudge
from evidence.storage import (
    BytesMissingError,
    BytesUnreadableError,
    StoreAwayError,
    exhibit_store,
)

READ_AGAIN = "evidence.read_again"
"""The task that goes on with the nightly reading (evidence.tasks)."""

ACTOR = "system:integrity"
BUDGET = 25.0
"""Seconds one run of the nightly reading takes; the sweep asks for the next one."""

SAMPLE = 16
"""Exhibits of a random sample, beside all that are known not to be whole."""

_HINT_EXPIRES = 60
_STILL_HERE = LEASE.total_seconds() / 4

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What lay under a SHA-256 when it was read. ``found``: the SHA-256 of other bytes."""

    sha256: str
    state: BytesState
    began: datetime
    found: str = ""


def read_bytes_again(sha256: str, alive: Callable[[], None] = lambda: None) -> Reading:
    """Read what is stored under this SHA-256 from the disk; ``alive`` is called on the way.

    Raises StoreAwayError where not one exhibit is stored: that is a folder not mounted, and says
    nothing of any exhibit.
    """
    began = timezone.now()
    try:
        found = exhibit_store().read_again(sha256, alive)
    except StoreAwayError as error:
        log.error("exhibit_store_away", reason=str(error))
        raise
    except BytesUnreadableError:
        return Reading(sha256, BytesState.UNREADABLE, began)
    except BytesMissingError:
        return Reading(sha256, BytesState.MISSING, began)
    return reading_of(sha256, found, began)


def reading_of(sha256: str, found: str, began: datetime) -> Reading:
    """The reading that came upon bytes with the SHA-256 ``found``."""
    if found == sha256:
        return Reading(sha256, BytesState.WHOLE, began)
    return Reading(sha256, BytesState.DIFFERS, began, found)


def note_reading(
    reading: Reading,
    *,
    occasion: str,
    asked: Exhibit | None = None,
    actor: Actor | str = ACTOR,
) -> bool:
    """Write down what was found; whether it was news.

    News enters the custody of every exhibit of these bytes, is an error in the log when they are
    not whole, and has the cases that rest on them assessed again. A reading that began before
    another one that is written down already says nothing new. ``asked``: the exhibit for which
    ``actor`` asked, whose custody then has this reading in any case, with ``occasion`` as the
    reason; other teams that hold the same bytes learn what was found, and not who asked or why.
    """
    found_by = occasion if asked is None else "a reading that someone asked for"
    with transaction.atomic(), acting(actor, occasion):
        blob = Blob.objects.select_for_update().get(pk=reading.sha256)
        was, since = BytesState(blob.state), blob.failing_since
        news = _move_on(blob, reading)
        exhibits = list(Exhibit.objects.filter(blob=blob).select_related("item"))
        for exhibit in exhibits:
            if asked is not None and exhibit.pk == asked.pk:
                _enter(exhibit, reading, was, actor=actor, reason=occasion)
            elif news:
                _enter(exhibit, reading, was, actor=ACTOR, reason=_said(reading, found_by))
        if news:
            transaction.on_commit(nudge, robust=True)
    if reading.state != BytesState.WHOLE:
        log.error(
            "exhibit_not_whole",
            sha256=reading.sha256,
            state=reading.state.value,
            found=reading.found,
            exhibits=len(exhibits),
            since=(since or reading.began).isoformat(),
        )
    elif news:
        log.warning("exhibit_whole_again", sha256=reading.sha256, exhibits=len(exhibits))
    return news


def check_exhibit(exhibit: Exhibit, *, actor: Actor, reason: str) -> Reading:
    """Read the bytes of one exhibit because someone asks; its custody has what was found.

    Raises ValidationError without a reason and for bytes that were never here; StoreAwayError.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why the bytes are to be read again."})
    if exhibit.blob.size is None:
        raise ValidationError(f"The bytes of {exhibit} are not held here: attach the file first.")
    reading = read_bytes_again(exhibit.blob_id)
    note_reading(reading, occasion=reason, asked=exhibit, actor=actor)
    return reading


def read_next(before: datetime, occasion: str) -> Reading | None:
    """Read the bytes that were longest not read, if that was before ``before``; None: none are.

    Safe to call any number of times, by any number of workers: each takes other bytes, and those
    of a killed worker are free again after a minute. Raises StoreAwayError.
    """
    with transaction.atomic():
        blob = (
            Blob.objects.due(before)
            .free()
            .order_by(F("checked_at").asc(nulls_first=True), "sha256")
            .select_for_update(skip_locked=True)
            .first()
        )
        if blob is None:
            return None
        Blob.objects.filter(pk=blob.pk).update(leased_until=_lease())
    reading = read_bytes_again(blob.pk, _holding(blob.pk))
    note_reading(reading, occasion=occasion)
    return reading


def go_on_reading(seconds: float = BUDGET) -> int:
    """Go on with tonight's reading of everything for so long; returns how many were read.

    Raises StoreAwayError.
    """
    before, until, done = night_began(), time.monotonic() + seconds, 0
    while time.monotonic() < until and read_next(before, "the nightly reading"):
        done += 1
    return done


def read_sample(size: int = SAMPLE, seconds: float = 2 * BUDGET) -> int:
    """Read again what is known not to be whole, and ``size`` others by chance; how many it was.

    What was restored from a backup is found whole here, without waiting for the night. Raises
    StoreAwayError.
    """
    until, done = time.monotonic() + seconds, 0
    failing = Blob.objects.not_whole().order_by("checked_at").values_list("pk", flat=True)
    by_chance = Blob.objects.held().order_by("?").values_list("pk", flat=True)
    for sha256 in dict.fromkeys([*failing[: 4 * SAMPLE], *by_chance[:size]]):
        if time.monotonic() >= until:
            break
        note_reading(read_bytes_again(sha256), occasion="a sample")
        done += 1
    return done


def tend_reading() -> bool:
    """Ask a worker to go on with the nightly reading if any is left, as the sweep does."""
    left = Blob.objects.due(night_began()).free().exists()
    return left and hint(READ_AGAIN, expires=_HINT_EXPIRES)


def night_began(now: datetime | None = None) -> datetime:
    """The newest moment at which it was ``RECHECK_HOUR`` in ``DECISION_TIME_ZONE``."""
    zone = ZoneInfo(settings.DECISION_TIME_ZONE)
    here = (now or timezone.now()).astimezone(zone)
    today = datetime.combine(here.date(), hour_of_day(settings.RECHECK_HOUR), zone)
    if today <= here:
        return today
    return datetime.combine(here.date() - timedelta(days=1), today.timetz())


def _move_on(blob: Blob, reading: Reading) -> bool:
    """Let the row say what the reading found, unless a newer one spoke; whether that is news."""
    if blob.checked_at is not None and reading.began < blob.checked_at:
        return False
    news = (blob.state, blob.found_sha256) != (reading.state, reading.found)
    blob.state, blob.found_sha256 = reading.state, reading.found
    blob.checked_at = reading.began
    if reading.state == BytesState.WHOLE:
        blob.whole_at, blob.failing_since = reading.began, None
    else:
        blob.failing_since = blob.failing_since or reading.began
    blob.leased_until = None
    blob.save(
        update_fields=[
            "state", "found_sha256", "checked_at", "whole_at", "failing_since", "leased_until",
        ]
    )  # fmt: skip
    return news


_KINDS = {
    BytesState.WHOLE: CustodyKind.VERIFIED,
    BytesState.DIFFERS: CustodyKind.MISMATCH,
    BytesState.MISSING: CustodyKind.MISSING,
    BytesState.UNREADABLE: CustodyKind.MISSING,
}
_FOUND = {
    BytesState.WHOLE: "The stored bytes have the recorded SHA-256 again",
    BytesState.DIFFERS: "The stored bytes have another SHA-256 than the recorded one",
    BytesState.MISSING: "No bytes are stored under the recorded SHA-256",
    BytesState.UNREADABLE: "The stored bytes cannot be read",
}


def _said(reading: Reading, occasion: str) -> str:
    return f"{_FOUND[reading.state]}: found by {occasion}."


def _enter(
    exhibit: Exhibit, reading: Reading, was: BytesState, *, actor: Actor | str, reason: str
) -> None:
    record_custody(
        exhibit.item,
        _KINDS[reading.state],
        actor=actor,
        reason=reason,
        exhibit=exhibit,
        sha256=reading.sha256 if reading.state == BytesState.WHOLE else reading.found,
        detail={
            "expected": reading.sha256,
            "found": reading.sha256 if reading.state == BytesState.WHOLE else reading.found,
            "state": reading.state.value,
            "was": was.value,
        },
    )


def _holding(sha256: str) -> Callable[[], None]:
    """Moves the lease on every so often while a large file is read."""
    last = time.monotonic()

    def hold() -> None:
        nonlocal last
        if time.monotonic() - last > _STILL_HERE:
            Blob.objects.filter(pk=sha256).update(leased_until=_lease())
            last = time.monotonic()

    return hold


def _lease() -> CombinedExpression:
    # The database's clock, which all workers share.
    return Now() + Value(LEASE, output_field=DurationField())
