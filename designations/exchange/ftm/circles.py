"""Parties that own one another in a circle."""

from collections.abc import Iterable


def circles(stakes: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Groups of parties of which each owns, directly or through others, every other.

    ``stakes`` are pairs of owner and owned. Tarjan's strongly connected components, without
    recursion, for a chain may be as long as the file.

    >>> circles([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])
    [('a', 'b', 'c')]
    """
    below: dict[str, list[str]] = {}
    for owner, owned in stakes:
        below.setdefault(owner, []).append(owned)
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    waiting: set[str] = set()
    found: list[tuple[str, ...]] = []

    def enter(party: str) -> None:
        order[party] = low[party] = len(order)
        path.append(party)
        waiting.add(party)
        work.append((party, iter(below.get(party, ()))))

    for root in below:
        work: list[tuple[str, Iterable[str]]] = []
        if root not in order:
            enter(root)
        while work:
            at, rest = work[-1]
            after = next(iter(rest), None)
            if after is None:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[at])
                if low[at] == order[at]:
                    group = path[path.index(at) :]
                    del path[len(path) - len(group) :]
                    waiting.difference_update(group)
                    if len(group) > 1:
                        found.append(tuple(sorted(group)))
            elif after not in order:
                enter(after)
            elif after in waiting:
                low[at] = min(low[at], order[after])
    return sorted(found)
