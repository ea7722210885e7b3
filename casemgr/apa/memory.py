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


class Recent(Generic[Kept]):
    """Values by a text that says all they follow from; forgets all when it holds too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[str, Kept] = {}

    def of(self, place: str) -> Kept | None:
        """What is remembered under the text, if anything."""
        return self._kept.get(place)

    def keep(self, place: str, value: Kept) -> Kept:
        """Remember a value, and give it back."""
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[place] = value
        return value

    def forget(self) -> None:
        """Start afresh, as a measurement must."""
        self._kept.clear()
