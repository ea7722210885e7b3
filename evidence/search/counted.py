"""The counts of a list: at once where there is little, else remembered, else asked for later.

Counting reads every item that the reader may see. Over a few thousand that is done before anybody
notices; over a few hundred thousand it takes longer than a page may, so the page comes without and
asks for them. What was counted is kept for as long as nothing changes.
"""

from collections.abc import Callable
from typing import Any, Protocol

from access.models import User
from evidence.search.asked import Asked
from evidence.search.facets import counts

FEW = 5_000
"""Items that are counted at once, in some tens of milliseconds."""

Counted = dict[str, dict[str, int]]


class Memory(Protocol):
    """A place for what is true of the present state of all rows, for one reader."""

    def recall(self) -> Any:
        """What was kept for this state; None for nothing."""

    def keep(self, found: Any) -> None:
        """Have it recalled until something changes."""


MemoryOf = Callable[[User, str], Memory]
"""The memory of a reader for what the words name."""

_given: list[MemoryOf] = []


def remember_with(memory_of: MemoryOf) -> None:
    """Keep counts in such memories.

    Evidence keeps no history and cannot tell whether something changed; whoever does says here how.
    """
    _given[:] = [memory_of]


def counted(user: User, asked: Asked, *, wait: bool) -> Counted | None:
    """The counts of every facet and of the list; None where they take longer than a page may.

    ``wait`` counts however long it takes.
    """
    some = asked.items(user).order_by().values("pk")[: FEW + 1]
    if some.count() <= FEW:
        return counts(asked.base(user), asked.chosen)
    memory = _memory(user, asked)
    kept: Counted | None = memory.recall() if memory else None
    if kept is not None or not wait:
        return kept
    found = counts(asked.base(user), asked.chosen)
    if memory:
        memory.keep(found)
    return found


def _memory(user: User, asked: Asked) -> Memory | None:
    """Nothing is kept of a search by words: the text of files is found and is no change."""
    if asked.words or not _given:
        return None
    narrowed = sorted((name, sorted(values)) for name, values in asked.chosen.items() if values)
    what = f"facets of evidence: {narrowed} from {asked.dated_from} to {asked.dated_to}"
    return _given[0](user, what)
