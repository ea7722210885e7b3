"""What was computed of a frozen object is remembered for as long as the object lives.

Variants of one record (another day, an origin struck, one link changed) share their items and
links; what depends on the object alone is computed once. Nothing is ever stale, because the
objects cannot change, and the memory of an object goes with it.
"""

from typing import Generic, TypeVar
from weakref import ref

Kept = TypeVar("Kept")


class Memory(Generic[Kept]):
    """Values by the identity of the frozen object they were computed from."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[ref[object], Kept]] = {}

    def of(self, subject: object) -> Kept | None:
        """What is remembered of this very object, if anything."""
        known = self._kept.get(id(subject))
        return known[1] if known is not None and known[0]() is subject else None

    def keep(self, subject: object, value: Kept) -> Kept:
        """Remember a value, and give it back."""
        place, kept = id(subject), self._kept
        kept[place] = (ref(subject, lambda _: kept.pop(place, None)), value)
        return value
