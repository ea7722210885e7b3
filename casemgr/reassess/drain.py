"""Follow recorded changes to the cases they touch, and mark those stale."""

from django.db import connection, transaction
from django.db.models import QuerySet

from casemgr.actions.notices import tell_of_bytes
from casemgr.ledger.change import Change
from casemgr.models import StaleMark
from casemgr.reassess.affected import affected_cases
from evidence.models import BytesState

BATCH = 5_000


def drain(limit: int = BATCH) -> int:
    """Turn up to ``limit`` undrained changes into stale marks; returns how many were drained.

    Two drains at once take different changes. Taking and marking, and telling people of files not
    whole, is one transaction: a killed worker leaves the queue as it was.
    """
    with transaction.atomic():
        taken = _take(limit)
        changes = Change.objects.filter(seq__in=taken).order_by("seq")
        newest = affected_cases(changes.iterator(chunk_size=1_000))
        StaleMark.objects.bulk_create(
            StaleMark(case_id=case_id, change_seq=seq) for case_id, seq in sorted(newest.items())
        )
        if failing := _found_not_whole(changes):
            tell_of_bytes(failing)
    return len(taken)


def _found_not_whole(changes: QuerySet[Change]) -> set[str]:
    """The SHA-256 of stored bytes that a reading found not whole, which is news."""
    readings = changes.filter(table="evidence_blob", op="U", payload__was__has_key="state")
    found = readings.exclude(payload__row__state=BytesState.WHOLE)
    return set(found.values_list("key", flat=True))


def drain_all() -> int:
    """Drain until nothing is left; returns how many changes there were."""
    total = 0
    while drained := drain():
        total += drained
    return total


def _take(limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            # Materialized: as a subquery of the DELETE it may be run again for every row, and
            # each run would take as many anew.
            "WITH taken AS MATERIALIZED ("
            " SELECT change_seq FROM casemgr_undrainedchange ORDER BY change_seq"
            " LIMIT %s FOR UPDATE SKIP LOCKED)"
            " DELETE FROM casemgr_undrainedchange queue USING taken"
            " WHERE queue.change_seq = taken.change_seq RETURNING queue.change_seq",
            [limit],
        )
        return sorted(seq for (seq,) in cursor.fetchall())
