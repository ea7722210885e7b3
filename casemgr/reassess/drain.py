"""Follow recorded changes to the cases they touch, and mark those stale."""

from django.db import connection, transaction

from casemgr.ledger.change import Change
from casemgr.models import StaleMark
from casemgr.reassess.affected import affected_cases

BATCH = 5_000


def drain(limit: int = BATCH) -> int:
    """Turn up to ``limit`` undrained changes into stale marks; returns how many were drained.

    Two drains at once take different changes. Taking and marking is one transaction: a killed
    worker leaves the queue as it was.
    """
    with transaction.atomic():
        taken = _take(limit)
        changes = Change.objects.filter(seq__in=taken).order_by("seq")
        newest = affected_cases(changes.iterator(chunk_size=1_000))
        StaleMark.objects.bulk_create(
            StaleMark(case_id=case_id, change_seq=seq) for case_id, seq in sorted(newest.items())
        )
    return len(taken)


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
