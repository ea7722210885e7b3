"""Figures over all cases, kept for as long as nothing changed.

What is computed is a function of the rows, and every change of a row has a number (MODEL: the
change table). So the number of the newest change names the state that was computed from: nothing
expires, nothing has to be told, and what is shown is never older than the last change.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from access.models import User
from access.optional_cache import cache

Figures = TypeVar("Figures")

_KEPT_SECONDS = 24 * 3600
_EVERY_TEAM = "*"

# A transaction at work may have written under a number below the newest that can be seen; while
# there is one, the newest number does not name a state. It holds a lock on the table of changes
# until it ends. One that is at work and holds none can write only higher numbers from here on; one
# that was at work when the newest number was read and has ended since may have written any.
_STATE = """
WITH held AS MATERIALIZED (
    SELECT pid, transactionid, relation, mode FROM pg_locks
     WHERE granted AND (locktype = 'transactionid' OR locktype = 'relation' AND database =
           (SELECT oid FROM pg_database WHERE datname = current_database()))
)
SELECT (SELECT oid FROM pg_database WHERE datname = current_database()),
       (SELECT max(seq) FROM casemgr_change),
       NOT EXISTS (
           SELECT FROM pg_snapshot_xip(pg_current_snapshot()) AS at_work(number)
             LEFT JOIN held ON held.transactionid = at_work.number::xid AND mode = 'ExclusiveLock'
            WHERE held.pid IS NULL OR EXISTS (
                  SELECT FROM held AS writing WHERE writing.pid = held.pid
                     AND writing.relation = 'casemgr_change'::regclass
                     AND writing.mode = 'RowExclusiveLock'))
"""


@dataclass(frozen=True, slots=True)
class Memory:
    """Where figures on one state are kept; ``settled``: the newest change does name a state."""

    key: str
    settled: bool

    def recall(self) -> Any:
        """What was kept for this state; None for nothing."""
        return cache.get(self.key) if self.settled else None

    def keep(self, found: Any) -> None:
        """Have it recalled until something changes."""
        if self.settled:
            cache.set(self.key, found, _KEPT_SECONDS)


def memory_of(user: User | AnonymousUser, what: str, day: date | None = None) -> Memory:
    """The memory, in the present state, of everyone who sees what the user sees. One query.

    ``what`` names the figures and everything they were narrowed by; ``day``: the day they are of,
    where one counts.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        database, newest, settled = cursor.fetchone() or (0, 0, False)
    key = "figures:" + _digest(database, newest, str(day), _scope(user), what)
    return Memory(key, settled)


def remembered(
    user: User | AnonymousUser, what: str, day: date, compute: Callable[[], Figures]
) -> Figures:
    """``compute()``, or what it gave before to somebody who sees the same cases."""
    memory = memory_of(user, what, day)
    found: Figures | None = memory.recall()
    if found is None:
        found = compute()
        memory.keep(found)
    return found


def _scope(user: User | AnonymousUser) -> list[str]:
    """Everything on which it depends which cases the user sees (access.scope)."""
    if not isinstance(user, User):
        return []
    teams = [_EVERY_TEAM] if user.reads_all_teams() else sorted(user.team_keys())
    return [*teams, "/", *sorted(user.cleared_markings)]


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
