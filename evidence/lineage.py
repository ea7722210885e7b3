"""What items come from and what comes from them, however far, on whatever day it was so.

Whoever reads an item's assessment reads of its whole lineage: origins are named in the groups
that corroborate, and in the digests. So questions of sight are asked of all of it.
"""

from collections.abc import Callable, Collection, Iterable

from django.db import connection

from access.models import Team
from evidence.models import DERIVATION_LOCK

Resting = Callable[[Collection[int]], Iterable[Team]]
"""Teams whose work rests on some of these items."""

_asked: list[Resting] = []


def ask_also(resting: Resting) -> None:
    """Have ``teams_resting_on`` ask ``resting`` too.

    Evidence knows of no cases; what is built on it says here who relies on what.
    """
    if resting not in _asked:
        _asked.append(resting)


def teams_resting_on(item_ids: Collection[int]) -> list[Team]:
    """Teams whose work rests on some of these items, each once."""
    found = {team.pk: team for resting in _asked for team in resting(item_ids)}
    return [found[pk] for pk in sorted(found)]


def lock_lineage() -> None:
    """Keep every chain of derivation as it is until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DERIVATION_LOCK])


def with_origins(item_ids: Collection[int]) -> list[int]:
    """The items and every item they come from, however far up."""
    return _reached(
        "WITH RECURSIVE reached (id) AS ("
        " SELECT unnest(%s::bigint[]) UNION"
        " SELECT parent_item_id FROM evidence_derivation JOIN reached ON child_id = reached.id"
        " WHERE parent_item_id IS NOT NULL) SELECT id FROM reached ORDER BY id",
        item_ids,
    )


def with_derivatives(item_ids: Collection[int]) -> list[int]:
    """The items and every item that comes from them, however far down."""
    return _reached(
        "WITH RECURSIVE reached (id) AS ("
        " SELECT unnest(%s::bigint[]) UNION"
        " SELECT child_id FROM evidence_derivation JOIN reached ON parent_item_id = reached.id)"
        " SELECT id FROM reached ORDER BY id",
        item_ids,
    )


def _reached(query: str, item_ids: Collection[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(query, [list(item_ids)])
        return [pk for (pk,) in cursor.fetchall()]
