"""Designees with all who own them and whom they own, as FollowTheMoney entities.

Facts of the outside world only: no notes, reasons, grades or cases. Of the items that support a
stake those are named that the reader sees and that are public; the others are counted.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from access.models import User
from designations.clock import today
from designations.exchange.ftm.parties import Called, Numbered
from designations.exchange.ftm.writing import Held, Named, Paper, Written, id_of, write
from designations.models import Designee, OwnershipStake
from designations.words import DesigneeType
from evidence.models import EvidenceItem, StakeSupport
from evidence.words import Access, EvidenceKind, Privilege

MOST_WRITTEN = 5_000


class NetworkTooLargeError(Exception):
    """More designees hang together than one file is made for."""

    def __init__(self) -> None:
        super().__init__(
            f"More than {MOST_WRITTEN:,} designees hang together by ownership: write out a part."
        )


def written_out(designees: Iterable[Designee], user: User) -> Written:
    """The designees and their network of ownership as of today, in an order that stays.

    Raises NetworkTooLargeError.
    """
    stakes = _network({designee.pk for designee in designees})
    rows = Designee.objects.filter(pk__in=stakes.reached).prefetch_related("names", "identifiers")
    papers, of_stake, kept_back = _papers(stakes.rows, user)
    written = write(
        [_named(row) for row in rows.order_by("key")],
        [
            Held(
                owner=row.owner.key,
                owned=row.owned.key,
                pct_min=row.pct_min,
                pct_max=row.pct_max,
                held=row.held,
                papers=tuple(sorted(id_of(key) for key in of_stake.get(row.pk, ()))),
            )
            for row in stakes.rows
        ],
        papers,
    )
    if not kept_back:
        return written
    said = f"{kept_back} supporting item{'' if kept_back == 1 else 's'} not public, or not yours"
    return Written(written.entities, (*written.left_out, said))


class _Network:
    def __init__(self, reached: set[int], rows: list[OwnershipStake]) -> None:
        self.reached, self.rows = reached, rows


# Each step follows an index; UNION keeps a circle from going round.
_REACHED = """
    WITH RECURSIVE beside (here, there) AS NOT MATERIALIZED (
        SELECT owner_id, owned_id, entered_on, ended_on FROM designations_ownershipstake
        UNION ALL
        SELECT owned_id, owner_id, entered_on, ended_on FROM designations_ownershipstake
    ), reached (id) AS (
        SELECT unnest(%(start)s::bigint[])
        UNION
        SELECT beside.there FROM reached JOIN beside ON beside.here = reached.id
         WHERE (entered_on IS NULL OR entered_on <= %(day)s)
           AND (ended_on IS NULL OR ended_on > %(day)s)
    )
    SELECT id FROM reached LIMIT %(most)s
"""


def _network(start: set[int]) -> _Network:
    """Everyone reached by the stakes of today in either direction, and those stakes."""
    asked: dict[str, Any] = {"start": list(start), "day": today(), "most": MOST_WRITTEN + 1}
    with connection.cursor() as cursor:
        cursor.execute(_REACHED, asked)
        reached = {pk for (pk,) in cursor.fetchall()}
    if len(reached) > MOST_WRITTEN:
        raise NetworkTooLargeError
    live = OwnershipStake.objects.as_of(today()).select_related("owner", "owned")
    return _Network(reached, list(live.filter(owner__in=reached).order_by("pk")))


def _named(row: Designee) -> Named:
    return Named(
        row.key,
        row.name,
        DesigneeType(row.type),
        tuple(Called(each.name, each.kind) for each in row.names.all()),
        tuple(
            Numbered(each.scheme, each.value, each.country.upper())
            for each in row.identifiers.all()
        ),
    )


def _papers(
    stakes: list[OwnershipStake], user: User
) -> tuple[list[Paper], dict[int, set[str]], int]:
    supports = StakeSupport.objects.filter(stake__in=stakes)
    seen = EvidenceItem.objects.visible_to(user).present_on(today())
    items = {
        item.pk: item
        for item in seen.filter(pk__in=supports.values("item")).select_related("source")
        if _is_public(item)
    }
    of_stake: dict[int, set[str]] = {}
    kept_back = set()
    for stake, item in supports.values_list("stake_id", "item_id"):
        if item in items:
            of_stake.setdefault(stake, set()).add(items[item].key)
        else:
            kept_back.add(item)
    papers = [_paper(item) for item in sorted(items.values(), key=lambda item: item.key)]
    return papers, of_stake, len(kept_back)


def _is_public(item: EvidenceItem) -> bool:
    """As docs/docket-format.md derives the access of an item that states none."""
    if item.access:
        return item.access == Access.PUBLIC.value
    held_back = item.classified_reference or item.markings
    return not held_back and item.privilege in ("", Privilege.NONE.value)


def _paper(item: EvidenceItem) -> Paper:
    return Paper(
        key=item.key,
        title=item.title or item.key,
        citation=item.citation,
        dated=item.dated,
        language=item.language,
        publisher=item.source.name if item.source and not item.source.anonymous else "",
        press=item.kind == EvidenceKind.PRESS_REPORT.value,
    )
