"""What the tests of provenance say of items: where they come from, and what is traced of one."""

from casemgr.apa.origins import Provenance, Provenances
from casemgr.apa.record import Derivation, Item, Source
from evidence.words import (
    DerivationKind,
)
from tests.casemgr.apa.builders import record

KINDS = DerivationKind


def of(*keys: str, kind: DerivationKind = KINDS.COPIES) -> tuple[Derivation, ...]:
    """Derived from items."""
    return tuple(Derivation(kind=kind, item=key) for key in keys)


def by(*keys: str, kind: DerivationKind = KINDS.RELAYS) -> tuple[Derivation, ...]:
    """Derived from sources outside the record."""
    return tuple(Derivation(kind=kind, source=key) for key in keys)


def traced(
    *items: Item, sources: tuple[Source, ...] = (), live: bool = True, withheld: bool = False
) -> Provenance:
    """Where the last of the items comes from."""
    given = record(items=items, sources=sources)
    return Provenances(given, live=live, withheld_struck=withheld)[items[-1].key]


def origins(found: Provenance) -> list[tuple[str, str]]:
    """The origins an item stands for, in order."""
    return [stand.root.origin for stand in found.stands]
