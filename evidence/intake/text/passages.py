"""Passages of text with the place they stand at, gathered up to a limit."""

from dataclasses import dataclass, field

MOST_IN_ONE = 20_000
"""Characters of a passage; a longer page or sheet becomes several."""

MOST = 4_000_000
"""Characters read of one file; the rest is said not to be."""


class EnoughError(Exception):
    """As much was gathered as is kept."""


@dataclass(slots=True)
class Passages:
    """What was gathered: (place, text), in the order of the file."""

    most: int = MOST
    kept: list[tuple[str, str]] = field(default_factory=list)
    remark: str = ""
    pictures: int = 0
    """Pages without text that are pictures of a page; an image is one."""
    _size: int = 0

    def add(self, place: str, text: str) -> None:
        """Keep the text of one place. Raises EnoughError once there is as much as is kept."""
        text = _clean(text)
        while text.strip():
            piece, text = _cut(text)
            room = self.most - self._size
            if len(piece) > room:
                self._keep(place, piece[:room])
                self.remark = f"Only the first {self.most:,} characters of its text were read."
                raise EnoughError
            self._keep(place, piece)

    def _keep(self, place: str, text: str) -> None:
        if text.strip():
            self.kept.append((place[:100], text))
            self._size += len(text)


def _cut(text: str) -> tuple[str, str]:
    """The first passage and the rest, parted between words."""
    if len(text) <= MOST_IN_ONE:
        return text, ""
    at = max(text.rfind(space, MOST_IN_ONE // 2, MOST_IN_ONE) for space in "\n ")
    at = at + 1 if at > 0 else MOST_IN_ONE
    return text[:at], text[at:]


def _clean(text: str) -> str:
    # The database takes neither a zero nor half a character.
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()
