"""What a JSON Schema cannot say about an authority: its tree, its references, its dates.

Each check yields ``(path, reason)`` with the path inside the authority, so that a caller can
put its own file and line to it. ``tree_problems`` holds for a docket file's own authority as
well; ``library_problems`` asks more of the library's files.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from designations.days import Period
from designations.library.document import Path
from designations.library.model import Authority, Element
from designations.words import ElementKind

Found = tuple[Path, str]

# The kinds whose support grows old: what the designee is, what it is about to do, and
# findings that must rest on the most recent information.
AGING_KINDS = frozenset({ElementKind.STATUS, ElementKind.FORWARD, ElementKind.TIMING})
_CODED = ("elements", "considerations", "prerequisites", "consequences", "provisions")


def tree_problems(authority: Authority) -> Iterator[Found]:
    """Codes used twice, missing parents, cycles, groups without members, dangling references."""
    for name in _CODED:
        yield from _doubled(name, [entry.code for entry in getattr(authority, name)])
    yield from _tree(authority.elements)
    codes = {element.code for element in authority.elements}
    for name in ("considerations", "prerequisites"):
        for number, entry in enumerate(getattr(authority, name)):
            if entry.element is not None and entry.element not in codes:
                yield (name, number, "element"), f"there is no element {entry.element!r}"
    if authority.in_force is not None and _backwards(authority.in_force):
        yield ("in_force",), "ends before it begins"
    for number, element in enumerate(authority.elements):
        if element.period is not None and _backwards(element.period):
            yield ("elements", number, "period"), "ends before it begins"


def library_problems(authority: Authority) -> Iterator[Found]:
    """What the library asks beyond a sound tree: quotation, freshness, counts, statuses."""
    yield from tree_problems(authority)
    for number, element in enumerate(authority.elements):
        if not element.is_group and element.kind is None:
            yield ("elements", number), "needs a kind: it is judged itself (or a join: a group)"
        if element.is_group and element.kind is not None:
            yield ("elements", number, "kind"), "a group has a join and no kind"
        if element.fresh_days is not None and element.kind not in AGING_KINDS:
            yield ("elements", number, "fresh_days"), "only on status, forward and timing"
        if not element.is_group and not element.text:
            yield ("elements", number), "needs its text"
    for name in ("elements", "prerequisites", "consequences", "provisions"):
        for number, entry in enumerate(getattr(authority, name)):
            if entry.quoted and not (entry.verified and entry.source and entry.text):
                yield (name, number, "quoted"), "a quotation needs verified: true and a source"
    menu = sum(consequence.menu for consequence in authority.consequences)
    if authority.minimum_consequences > menu:
        yield (
            ("minimum_consequences",),
            (f"asks for {authority.minimum_consequences}, but only {menu} are on the menu"),
        )
    for number, status in enumerate(authority.statuses):
        if _backwards(status.period):
            yield ("statuses", number, "period"), "ends before it begins"
    for number, clash in overlaps([status.period for status in authority.statuses]):
        yield ("statuses", number, "period"), f"overlaps the period of statuses[{clash}]"


def version_overlaps(versions: Sequence[Authority]) -> Iterator[tuple[int, str]]:
    """Versions of one authority in force on the same day: ``(number, reason)``."""
    dated = [(number, v.in_force) for number, v in enumerate(versions) if v.in_force is not None]
    for later, earlier in overlaps([period for _, period in dated]):
        number, other = dated[later][0], versions[dated[earlier][0]]
        yield number, f"in force on days on which {other.version} is in force too"


def overlaps(periods: Sequence[Period]) -> Iterator[tuple[int, int]]:
    """Pairs of periods (the later-written first) that share a day."""
    spans = [_span(period) for period in periods]
    for number, (first, last) in enumerate(spans):
        for earlier in range(number):
            if first <= spans[earlier][1] and spans[earlier][0] <= last:
                yield number, earlier


def _span(period: Period) -> tuple[date, date]:
    return (
        period.start.first() if period.start else date.min,
        period.end.last() if period.end else date.max,
    )


def _backwards(period: Period) -> bool:
    first, last = _span(period)
    return last < first


def _doubled(name: str, codes: Iterable[str]) -> Iterator[Found]:
    seen: Counter[str] = Counter()
    for number, code in enumerate(codes):
        seen[code] += 1
        if seen[code] == 2:  # once is enough to say it
            yield (name, number, "code"), f"{code!r} is used twice: codes are unique"


def _tree(elements: Sequence[Element]) -> Iterator[Found]:
    by_code = {element.code: element for element in elements}
    parents = {element.parent for element in elements}
    for number, element in enumerate(elements):
        place: Path = ("elements", number)
        if element.is_group and element.code not in parents:
            yield (*place, "join"), "is a group (it has a join) but no element names it as parent"
        if element.parent is None:
            continue
        parent = by_code.get(element.parent)
        if parent is None:
            yield (*place, "parent"), f"there is no element {element.parent!r}"
        elif not parent.is_group:
            yield (*place, "parent"), f"{element.parent!r} is not a group: give it a join"
        if _in_circle(element, by_code):
            yield (*place, "parent"), "is, through its parents, a part of itself"


def _in_circle(element: Element, by_code: dict[str, Element]) -> bool:
    visited = set()
    step: Element | None = element
    while step is not None and step.code not in visited:
        visited.add(step.code)
        step = by_code.get(step.parent) if step.parent else None
    return step is not None and step.code == element.code
