"""Which objects of a bundle stand together: under a report, or left over, by their author."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.exchange.stix.reading import StixObject
from evidence.exchange.stix.saying import ids_in, refs_of
from evidence.exchange.stix.words import BESIDE, HEADS, HOLDING

RELATIONS = ("relationship", "sighting")


@dataclass(frozen=True, slots=True)
class Sheaf:
    """Objects that become one item; without a head they are what no report holds."""

    head: StixObject | None
    author: str
    held: tuple[StixObject, ...]
    about: tuple[StixObject, ...] = ()
    """Relationships from this head to another; they are told by the item they start from."""


def author_of(each: StixObject) -> str:
    """The identifier of who made it; empty where that is not said."""
    return next(iter(ids_in(each.data, "created_by_ref")), "")


def sheaves(objects: Sequence[StixObject]) -> tuple[Sheaf, ...]:
    """The objects by the item they become; reports first, each object left over exactly once."""
    known = {each.id: each for each in objects}
    heads = [each for each in objects if each.type in HOLDING]
    holds = {head.id: _held(head, known) for head in heads}
    _take_what_joins(objects, holds, known)
    taken = {each for held in holds.values() for each in held}
    heads += [
        each
        for each in objects
        if each.type in HEADS and each.id not in holds and each.id not in taken
    ]
    at_heads = _between_heads(objects, {head.id for head in heads}, taken)
    found = [
        Sheaf(
            head,
            author_of(head),
            tuple(known[each] for each in holds.get(head.id, ())),
            tuple(at_heads.get(head.id, ())),
        )
        for head in heads
    ]
    told = {each.id for about in at_heads.values() for each in about}
    return (*found, *_left_over(objects, taken | told | {head.id for head in heads}))


def _held(head: StixObject, known: Mapping[str, StixObject]) -> dict[str, None]:
    """What a report refers to, and what that refers to in turn; not the inside of another one."""
    held: dict[str, None] = {}
    left = deque(ref for _, ref in refs_of(head.data))
    while left:
        ref = left.popleft()
        each = known.get(ref)
        if each is None or ref in held or ref == head.id or each.type in (*HOLDING, *BESIDE):
            continue
        held[ref] = None
        left.extend(inner for _, inner in refs_of(each.data))
    return held


def _take_what_joins(
    objects: Iterable[StixObject],
    holds: Mapping[str, dict[str, None]],
    known: Mapping[str, StixObject],
) -> None:
    """A relationship belongs to a report that holds both its ends, even if it is not listed."""
    for each in objects:
        if each.type in RELATIONS:
            ends = {ref for _, ref in refs_of(each.data)}
            for held in holds.values():
                if ends and ends <= held.keys():
                    held[each.id] = None


def _between_heads(
    objects: Iterable[StixObject], heads: set[str], taken: set[str]
) -> dict[str, list[StixObject]]:
    found: dict[str, list[StixObject]] = {}
    for each in objects:
        if each.type == "relationship" and each.id not in taken:
            source = next(iter(ids_in(each.data, "source_ref")), "")
            target = next(iter(ids_in(each.data, "target_ref")), "")
            if source in heads and target.partition("--")[0] in HEADS:
                found.setdefault(source, []).append(each)
    return found


def _left_over(objects: Sequence[StixObject], taken: set[str]) -> Iterator[Sheaf]:
    authors = {author_of(each) for each in objects} - {""}
    left = [
        each
        for each in objects
        if each.id not in taken and each.type not in BESIDE and each.id not in authors
    ]
    if not left and not taken:
        # A file of nothing but authors says at least that they are.
        left = [each for each in objects if each.id in authors]
    makers = {each.id: author_of(each) for each in left}
    observables = {each.id for each in left if each.modified is None}
    for each in left:
        # An observable has no author of its own: it is of whoever first refers to it.
        for _, ref in refs_of(each.data):
            if ref in observables and not makers[ref]:
                makers[ref] = makers[each.id]
    for author in dict.fromkeys(makers.values()):
        yield Sheaf(None, author, tuple(each for each in left if makers[each.id] == author))
