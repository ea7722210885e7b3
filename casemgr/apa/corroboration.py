"""Who says it independently, and who merely repeats whom: the origins of an element as a graph.

Read off the views that the grade is read off, so that the graph and the grade cannot disagree:
its origins that count are the keys of `ElementView.origins`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casemgr.apa.bearing import all_matters
from casemgr.apa.derivation import origin_label
from casemgr.apa.leaves import Bench
from casemgr.apa.origins import Origin, Provenance, Root, root_outside
from casemgr.apa.record import Record
from casemgr.apa.report import CaseReport
from casemgr.apa.sufficiency import Entry
from casemgr.apa.timeline import as_of, clock
from casemgr.apa.view import ElementView, Matters, Setting
from casemgr.words import BearsOn, Completeness, Stance
from evidence.words import DerivationKind, SourceRole

IRRELEVANT = "it was answered as irrelevant to the element"
LATE = "it came after the decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One origin. ``counts`` false: nothing that stands on this side goes back to it.

    ``source``: key of who speaks, None where the item itself is all that is known.
    """

    origin: Origin
    label: str
    source: str | None
    role: SourceRole | None
    interested: bool
    counts: bool
    items: tuple[str, ...]  # linked items that go back to it, in order of key


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One item. ``linked`` false: it stands behind one that is. ``left_out``: why it is."""

    key: str
    linked: bool
    interested: bool
    left_out: str
    voices: tuple[Origin, ...]  # what it goes back to


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An item comes from another item or from a voice; ``kind`` None: the voice says it itself."""

    child: str
    item: str | None
    voice: Origin | None
    kind: DerivationKind | None

    @property
    def repeats(self) -> bool:
        """Whether the child adds no voice of its own by this."""
        return self.kind is not None and self.kind.collapses


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """All that is said for an element, or all that is said against it."""

    stance: Stance
    voices: tuple[Voice, ...]
    items: tuple[Spoken, ...]
    ways: tuple[Way, ...]

    @property
    def origins(self) -> int:
        """How many independent voices count."""
        return sum(voice.counts for voice in self.voices)

    def others(self, key: str) -> tuple[tuple[Spoken, ...], tuple[Spoken, ...]]:
        """Linked items that count beside this one: of other voices, and of the same.

        An item that shares one voice and adds another stands among those of other voices.
        """
        mine = {o for item in self.items if item.key == key for o in item.voices}
        rest = [i for i in self.items if i.linked and not i.left_out and i.key != key]
        same = tuple(item for item in rest if set(item.voices) <= mine)
        return tuple(item for item in rest if item not in same), same


def corroboration(record: Record, report: CaseReport, codes: Iterable[str]) -> dict[str, "Graph"]:
    """The graph of each element of these codes; ``report``: the assessment of the same record.

    A group shows what the parts that carry it show. Codes the law does not have are left out.
    """
    record = as_of(record)
    setting = Setting(record, record.completeness is Completeness.FULL, clock(record))
    bench, matters = Bench(setting), all_matters(setting)
    carried = {each.code: each.carried_by for each in report.elements}
    elements = {each.code: each for each in record.authority.elements}

    def leaves(code: str) -> list[str]:
        if not elements[code].is_group:
            return [code]
        return [leaf for part in carried.get(code, ()) for leaf in leaves(part)]

    def graph(code: str) -> Graph:
        views = [bench.view(elements[leaf], matters.get(leaf, Matters())) for leaf in leaves(code)]
        return Graph(
            code=code,
            supports=_Gathering(bench, Stance.SUPPORTS).side(views),
            contradicts=_Gathering(bench, Stance.CONTRADICTS).side(views),
        )

    return {code: graph(code) for code in codes if code in elements}


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """One element: what is said for it, and what against it."""

    code: str
    supports: Side
    contradicts: Side


Placed = tuple[Entry, str]
"""An item as it bears on the element, and why it is left out; empty where it counts."""


class _Gathering:
    """One side put together, entry by entry."""

    def __init__(self, bench: Bench, stance: Stance) -> None:
        self.bench = bench
        self.stance = stance
        self.record = bench.setting.record
        self.roots: dict[Origin, Root] = {}
        self.interested: set[Origin] = set()
        self.counted: dict[Origin, int] = {}
        self.items: dict[str, Spoken] = {}
        self.ways: dict[tuple[str, str | None, Origin | None, str], Way] = {}

    def side(self, views: Sequence[ElementView]) -> Side:
        """All entries of the views, what stands behind them, and the voices they go back to."""
        for view in views:
            for entry, left_out in self._placed(view):
                self._linked(entry, left_out)
            if self.stance is Stance.SUPPORTS:
                for origin, weight in view.origins.items():
                    self.counted[origin] = max(weight, self.counted.get(origin, 0))
        for key in list(self.items):
            self._behind(key)
        return Side(
            stance=self.stance,
            voices=tuple(self._voice(origin) for origin in sorted(self.roots, key=self._rank)),
            items=tuple(self.items[key] for key in sorted(self.items)),
            ways=tuple(self.ways[way] for way in sorted(self.ways, key=repr)),
        )

    def _placed(self, view: ElementView) -> Iterable[Placed]:
        if self.stance is Stance.SUPPORTS:
            yield from ((entry, "") for entry in view.supports)
            yield from ((entry, because) for entry, _, because in view.struck)
            return
        standing = {id(entry) for entry in view.contrary}
        for entry in view.contradicts:
            yield entry, "" if id(entry) in standing else IRRELEVANT
        known = {(entry.key, entry.link.why) for entry in view.contradicts}
        for link in self.bench.links.get(view.element.code, ()):
            unseen = (link.item, link.why) not in known and link.bears_on is not BearsOn.MOTIVE
            if link.stance is Stance.CONTRADICTS and unseen:
                provenance = self.bench.provenances[link.item]
                interested = provenance.interested
                entry = Entry(link, provenance, (), False, interested)
                yield entry, provenance.struck_because or LATE

    def _linked(self, entry: Entry, left_out: str) -> None:
        before = self.items.get(entry.key)
        if before is not None and before.linked and not before.left_out:
            return
        self.items[entry.key] = Spoken(
            key=entry.key,
            linked=True,
            interested=entry.interested,
            left_out=left_out,
            voices=self._voices_of(entry.provenance),
        )
        if not left_out and self.stance is Stance.CONTRADICTS:
            for weighed in entry.weighed:
                self.counted[weighed.root.origin] = max(
                    weighed.weight, self.counted.get(weighed.root.origin, 0)
                )

    def _voices_of(self, provenance: Provenance) -> tuple[Origin, ...]:
        for stand in provenance.stands:
            self._heard(stand.root)
        return tuple(sorted({stand.root.origin for stand in provenance.stands}))

    def _heard(self, root: Root) -> None:
        self.roots.setdefault(root.origin, root)
        if root.interested:
            self.interested.add(root.origin)

    def _behind(self, key: str) -> None:
        """What the item comes from, however far up, with the ways there."""
        provenance = self.bench.provenances[key]
        collapses = False
        for derivation in provenance.item.derived_from:
            collapses |= derivation.kind.collapses
            parent = derivation.item if derivation.item in self.record.items else None
            voice = None
            if parent is None:
                root = root_outside(derivation, self.record.sources)
                self._heard(root)
                voice = root.origin
            self._way(key, parent, voice, derivation.kind)
            if parent is not None and parent not in self.items:
                above = self.bench.provenances[parent]
                self.items[parent] = Spoken(
                    key=parent,
                    linked=False,
                    interested=above.interested,
                    left_out=above.struck_because,
                    voices=self._voices_of(above),
                )
                self._behind(parent)
        if not collapses:
            for origin in self.items[key].voices:
                self._way(key, None, origin, None)

    def _way(
        self, child: str, item: str | None, voice: Origin | None, kind: DerivationKind | None
    ) -> None:
        way = Way(child=child, item=item, voice=voice, kind=kind)
        self.ways[child, item, voice, str(kind)] = way

    def _voice(self, origin: Origin) -> Voice:
        root = self.roots[origin]
        return Voice(
            origin=origin,
            label=origin_label(root),
            source=root.label if root.role is not None else None,
            role=root.role,
            interested=origin in self.interested,
            counts=origin in self.counted,
            items=tuple(
                sorted(
                    item.key
                    for item in self.items.values()
                    if item.linked and origin in item.voices
                )
            ),
        )

    def _rank(self, origin: Origin) -> tuple[bool, int, Origin]:
        return (origin not in self.counted, -self.counted.get(origin, 0), origin)
