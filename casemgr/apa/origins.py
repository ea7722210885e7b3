"""Independence: who really says it.

Derivation is followed from each item to its roots. An item that relays, copies, translates or
summarizes stands for the *set* of its roots and inherits every weakness on the way, except the
one its derivation cures. Roots are then gathered into origins: one witness is one origin however
often it speaks; an institution's separate records are one observation each; unnamed officials of
one government are one. Derivation is never closed transitively over shared children: an article
that relays A and B does not make A and B the same witness.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from casemgr.apa import weights
from casemgr.apa.memory import Memory
from casemgr.apa.quality import (
    access,
    grading_weight,
    hand_weight,
    integrity_weight,
    is_graded,
    struck_by_itself,
    translation_weight,
)
from casemgr.apa.record import Derivation, Item, Record, Source
from evidence.words import (
    Access,
    ClaimState,
    DerivationKind,
    Ended,
    Interest,
    SourceRole,
)

INSTITUTIONS = frozenset(
    {
        SourceRole.DECIDING_AUTHORITY,
        SourceRole.US_GOVERNMENT,
        SourceRole.FOREIGN_GOVERNMENT,
        SourceRole.INTERNATIONAL_BODY,
        SourceRole.COURT,
        SourceRole.PUBLIC_RECORD,
    }
)
CLOSED = frozenset({Access.PRIVILEGED, Access.CLASSIFIED, Access.WITHHELD})

Origin = tuple[str, str]


class Root(NamedTuple):
    """Where a chain of derivation ends: an item with no parent, or a source outside the record."""

    id: tuple[str, str]
    origin: Origin
    label: str
    role: SourceRole | None
    interested: bool
    anonymous: bool

    @property
    def official_record(self) -> bool:
        """A named institution's own record."""
        return self.role in INSTITUTIONS and not self.anonymous

    @property
    def own_words(self) -> bool:
        """The respondent's own statement or document."""
        return self.role is SourceRole.RESPONDENT


class Stand(NamedTuple):
    """An item standing for one root, with the weaknesses inherited along the way.

    ``quality`` is the product of the four item factors; ``shown`` the day of the newest state
    the item shows; ``ended``: it shows a state that has ended.
    """

    root: Root
    hand: int
    grading: int
    integrity: int
    translation: int
    shown: date | None
    ended: bool
    closed: bool

    @property
    def quality(self) -> int:
        """Product of hand, grading, integrity and translation, scale ONE ** 4."""
        return self.hand * self.grading * self.integrity * self.translation


class Provenance(NamedTuple):
    """What is known of one item's origin, integrity and openness, whatever element it bears on."""

    item: Item
    source: Source | None
    stands: tuple[Stand, ...]
    struck: str | None  # doctrine that struck it
    struck_because: str
    graded: bool
    contradicted: bool
    analyzes_interested_only: bool
    rests_on: frozenset[Origin]  # origins of what it analyzes; it falls when all are struck
    verified: bool  # it verifies another item, or a figure in it was verified from raw data
    interested: bool  # every root gains by the finding
    low: bool  # ungraded, or graded low on every root
    flawed: bool  # held with a gap, a loss or as a citation only, on every root
    unread: bool  # without a certified translation, on every root
    closed: bool  # closed to the designee, and no summary stated or, in a live file, known


# Of an item that derives from nothing: what it was traced under, and its provenance.
_UNDERIVED: Memory[tuple[tuple[Source | None, bool, bool], Provenance]] = Memory()


class Provenances:
    """Where every item of a record comes from, traced when it is first asked for.

    ``live``: silence is a gap, not "not stated". ``withheld_struck``: material withheld from a
    court that reviews in full does not count.
    """

    def __init__(self, record: Record, *, live: bool, withheld_struck: bool) -> None:
        self._record = record
        self._live = live
        self._withheld_struck = withheld_struck
        self._traced: dict[str, Provenance] = {}

    def __getitem__(self, key: str) -> Provenance:
        known = self._traced.get(key)
        if known is None:
            known = self._traced[key] = self._trace(self._record.items[key])
        return known

    def _trace(self, item: Item) -> Provenance:
        sources, live = self._record.sources, self._live
        source = sources.get(item.source) if item.source else None
        circumstances = (source, live, self._withheld_struck)
        if not item.derived_from:
            remembered = _UNDERIVED.of(item)
            if remembered is None or remembered[0] != circumstances:
                traced = _provenance(item, source, (), sources, live, self._withheld_struck)
                remembered = _UNDERIVED.keep(item, (circumstances, traced))
            return remembered[1]
        parents = tuple(
            (d, self[d.item] if d.item and d.item in self._record.items else None)
            for d in item.derived_from
        )
        return _provenance(item, source, parents, sources, live, self._withheld_struck)


Parents = tuple[tuple[Derivation, Provenance | None], ...]


def _provenance(
    item: Item,
    source: Source | None,
    parents: Parents,
    sources: Mapping[str, Source],
    live: bool,
    withheld_struck: bool,
) -> Provenance:
    own = _own_stand(item, source, live)
    collapsing = tuple(pair for pair in parents if pair[0].kind.collapses)
    stands = _inherit(own, collapsing, sources, live) if collapsing else (own,)
    analyzed = _analyzed(parents, sources)
    struck, because = struck_by_itself(item, live, withheld_struck)
    if struck is None:
        struck, because = _struck_with_parents(parents)
    graded = is_graded(item, live) and all(
        parent is None or parent.graded for _, parent in collapsing
    )
    return Provenance(
        item=item,
        source=source,
        stands=stands,
        struck=struck,
        struck_because=because,
        graded=graded,
        contradicted=any(c.check is ClaimState.CONTRADICTED for c in item.claims)
        or any(parent is not None and parent.contradicted for _, parent in collapsing),
        analyzes_interested_only=bool(analyzed) and all(root.interested for root in analyzed),
        rests_on=frozenset(root.origin for root in analyzed),
        verified=any(d.kind is DerivationKind.VERIFIES for d, _ in parents)
        or any(c.check is ClaimState.VERIFIED for c in item.claims),
        interested=all(stand.root.interested for stand in stands),
        low=not graded or all(stand.grading <= weights.LOW_GRADING for stand in stands),
        flawed=all(stand.integrity < weights.ONE for stand in stands),
        unread=all(stand.translation < weights.ONE for stand in stands),
        closed=own.closed
        and (item.summary_given is False or (item.summary_given is None and live)),
    )


def _inherit(
    own: Stand, parents: Parents, sources: Mapping[str, Source], live: bool
) -> tuple[Stand, ...]:
    """The item's stands: one for each root it goes back to, best path first found kept."""
    best: dict[tuple[str, str], Stand] = {}
    standing = [pair for pair in parents if pair[1] is None or pair[1].struck != "integrity"]
    for derivation, parent in standing or parents:
        if parent is not None:
            inherited = [_worse(own, above, derivation.kind, live) for above in parent.stands]
        else:
            inherited = [_at_root(own, root_outside(derivation, sources))]
        for stand in inherited:
            known = best.get(stand.root.id)
            if known is None or _rank(stand) > _rank(known):
                best[stand.root.id] = stand
    return tuple(best[root] for root in sorted(best))


def _rank(stand: Stand) -> tuple[int, bool, date]:
    return (stand.quality, not stand.ended, stand.shown or date.min)


def _at_root(own: Stand, root: Root) -> Stand:
    return Stand(
        root,
        own.hand,
        own.grading,
        own.integrity,
        own.translation,
        own.shown,
        own.ended,
        own.closed,
    )


def _worse(own: Stand, above: Stand, kind: DerivationKind, live: bool) -> Stand:
    """A copy is never better than what it copies, save in what the derivation cures.

    Its own date bounds that of an undated original, but in a live file never stands in for it.
    """
    translated = kind is DerivationKind.TRANSLATES
    shown = above.shown or (None if live else own.shown)
    if own.shown and above.shown:
        shown = min(own.shown, above.shown)
    return Stand(
        root=above.root,
        hand=min(own.hand, above.hand),
        grading=min(own.grading, above.grading),
        integrity=min(own.integrity, above.integrity),
        translation=own.translation if translated else min(own.translation, above.translation),
        shown=shown,
        ended=own.ended or above.ended,
        closed=own.closed,
    )


def _own_stand(item: Item, source: Source | None, live: bool) -> Stand:
    shown = item.occurred.end if item.occurred and item.occurred.end else item.dated_on
    return Stand(
        root=_root_of(item, source),
        hand=hand_weight(item, live),
        grading=grading_weight(item, live),
        integrity=integrity_weight(item, live),
        translation=translation_weight(item, live),
        shown=shown.last() if shown else None,
        ended=item.ended is Ended.BEFORE_DECISION,
        closed=access(item, live) in CLOSED,
    )


def _struck_with_parents(
    parents: Parents,
) -> tuple[str | None, str]:
    """A copy of an altered or withdrawn item falls with it; an analysis when all it rests on does.

    A certified translation cures its original's missing translation; a public copy cures closure.
    """
    copies = [p for d, p in parents if d.kind.collapses]
    analyzed = [p for d, p in parents if d.kind is DerivationKind.ANALYZES]
    for basis, how in ((copies, "copies"), (analyzed, "analyzes")):
        if basis and all(p is not None and p.struck == "integrity" for p in basis):
            names = ", ".join(p.item.key for p in basis if p is not None)
            return "integrity", f"it {how} {names}, which cannot be relied on"
    unread = [
        d.kind is not DerivationKind.TRANSLATES and p is not None and p.struck == "untranslated"
        for d, p in parents
        if d.kind.collapses
    ]
    if unread and all(unread):
        return "untranslated", "what it copies has no translation at all"
    return None, ""


def _analyzed(parents: Parents, sources: Mapping[str, Source]) -> tuple[Root, ...]:
    """Roots of everything the item analyzes."""
    roots: list[Root] = []
    for derivation, parent in parents:
        if derivation.kind is not DerivationKind.ANALYZES:
            continue
        if parent is None:
            roots.append(root_outside(derivation, sources))
        else:
            roots.extend(stand.root for stand in parent.stands)
    return tuple(roots)


def _root_of(item: Item, source: Source | None) -> Root:
    if source is None:
        return Root(("item", item.key), ("item", item.key), item.key, None, False, False)
    government = _anonymous_officials_of(source)
    if government:
        origin: Origin = ("officials", government)
    elif source.role in INSTITUTIONS:
        origin = ("item", item.key)
    else:
        origin = ("source", source.key)
    return Root(
        ("item", item.key),
        origin,
        source.key,
        source.role,
        is_interested(source),
        source.anonymous,
    )


def root_outside(derivation: Derivation, sources: Mapping[str, Source]) -> Root:
    """The root of a chain that leaves the record: a source, or an item not in it on this day."""
    if derivation.source is None:
        key = derivation.item or ""
        return Root(("item", key), ("item", key), key, None, False, False)
    source = sources.get(derivation.source, Source(key=derivation.source))
    government = _anonymous_officials_of(source)
    origin = ("officials", government) if government else ("source", source.key)
    return Root(
        ("source", source.key),
        origin,
        source.key,
        source.role,
        is_interested(source),
        source.anonymous,
    )


def _anonymous_officials_of(source: Source) -> str | None:
    if not source.anonymous:
        return None
    if source.of_government:
        return source.of_government.lower()
    if source.role in (SourceRole.US_GOVERNMENT, SourceRole.DECIDING_AUTHORITY):
        return "us"
    return "foreign" if source.role is SourceRole.FOREIGN_GOVERNMENT else None


def is_interested(source: Source) -> bool:
    """Whether the source gains by the finding, as declared or by its role."""
    if source.interest is Interest.DEFAULT:
        return source.role is SourceRole.AFFECTED_PARTY
    return source.interest is Interest.INTERESTED
