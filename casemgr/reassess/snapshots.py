"""Keeping the record that an assessment or a signature rests on."""

import hashlib
import json

from casemgr.apa.digest import plain
from casemgr.apa.record import Record
from casemgr.models import Snapshot


def keep_snapshot(record: Record) -> Snapshot:
    """Store the record under its digest, if it is not there yet.

    The as-of day is left out, so that a record on which nothing moved is kept once.
    """
    values = plain(record)
    values.pop("as_of", None)
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    snapshot = Snapshot(digest=hashlib.sha256(text.encode()).hexdigest(), record=values)
    Snapshot.objects.bulk_create([snapshot], ignore_conflicts=True)
    return snapshot
