"""Designees with all who own them and whom they own, as FollowTheMoney entities.

Facts of the outside world only: no notes, reasons, grades or cases. Of the items that support a
stake those are named that the reader sees and that are public; the others are counted.
"""

from collections.abc import Iterable

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


def _network(start: set[int]) -> _Network:
    """Everyone reached by stakes in either direction, one query for each step away."""
    live = OwnershipStake.objects.as_of(today()).select_related("owner", "owned")
    reached, edge = set(start), set(start)
    rows: dict[int, OwnershipStake] = {}
    while edge:
        beside = [*live.filter(owner__in=edge), *live.filter(owned__in=edge)]
        rows |= {row.pk: row for row in beside}
        edge = {pk for row in beside for pk in (row.owner_id, row.owned_id)} - reached
        reached |= edge
        if len(reached) > MOST_WRITTEN:
            raise NetworkTooLargeError
    return _Network(reached, sorted(rows.values(), key=lambda row: row.pk))


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
