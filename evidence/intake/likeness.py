"""What a text is known by, so that one that is much the same is found without reading all others.

MinHash by one permutation (Li, Owen, Zhang 2012) with rotation for empty bins (Shrivastava, Li
2014), over shingles of four words. The parameters are part of what is stored: change one, and
every print has to be made anew (``manage.py take_in_again read``).
"""

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from itertools import groupby

SHINGLE = 4
"""Words that are taken together: what two texts share by chance is shorter."""

BINS = 128
"""Numbers a print has; the likeness is off by 0.04 in the middle of the scale."""

ROWS = 4
"""Numbers of a band: 32 bands of 4 find a likeness of 0.7 in 9,998 of 10,000 cases, of 0.2 in 5
of 100."""

FEWEST = 24
"""Shingles of a text that is compared at all: a sentence is like many others."""

MUCH = 0.7
"""From here on two texts are much the same; taste."""

SKETCH = 8
"""Numbers by which one page is known."""

MOST_PAGES = 2000

# Scripts written without spaces: each character is taken for a word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_BITS = 31  # so that a number fits a signed column of four bytes
_MASK = (1 << _BITS) - 1
_STEP = 0x3C6EF372  # what a borrowed number is moved by for each bin between


@dataclass(frozen=True, slots=True)
class Print:
    """What one text is known by."""

    signature: tuple[int, ...]
    places: tuple[str, ...]
    """The pages, in order; of a file without pages there is one place without a name."""
    sketches: tuple[int, ...]
    """``SKETCH`` numbers a place, padded with -1."""

    @property
    def bands(self) -> tuple[int, ...]:
        """Numbers of which two texts have one in common when they may be much the same."""
        return tuple(
            _hashed(array("q", (at, *self.signature[at : at + ROWS])).tobytes()) >> 1
            for at in range(0, BINS, ROWS)
        )


def print_of(passages: Iterable[tuple[str, str]]) -> Print | None:
    """The print of (place, text) in the order of the file; None for too short a text."""
    bins = [-1] * BINS
    places: list[str] = []
    sketches: list[int] = []
    seen: set[int] = set()
    for place, shingles in _shingled(passages):
        hashes = {_hashed(shingle.encode()) for shingle in shingles}
        seen |= hashes
        for value in hashes:
            which, number = value % BINS, (value // BINS) & _MASK
            if bins[which] < 0 or number < bins[which]:
                bins[which] = number
        if hashes and len(places) < MOST_PAGES:
            places.append(place)
            smallest = nsmallest(SKETCH, {value & _MASK for value in hashes})
            sketches += smallest + [-1] * (SKETCH - len(smallest))
    if len(seen) < FEWEST:
        return None
    return Print(_without_gaps(bins), tuple(places), tuple(sketches))


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of their shingles that two texts have in common, estimated by two signatures."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / BINS


def like_places(
    one: tuple[Sequence[str], Sequence[int]], other: tuple[Sequence[str], Sequence[int]]
) -> list[str]:
    """Places of the first text, each by (places, sketches), that the second text has as well."""
    at: dict[int, list[int]] = {}
    for page, sketch in enumerate(_sketches(other[1])):
        for number in sketch:
            at.setdefault(number, []).append(page)
    found = []
    for place, sketch in zip(one[0], _sketches(one[1]), strict=True):
        common = Counter(page for number in sketch for page in at.get(number, ()))
        if common and 2 * max(common.values()) >= len(sketch):
            found.append(place)
    return found


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared; a Chinese character is a word.

    >>> words_of("The Company, 深圳!")
    ['the', 'company', '深', '圳']
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _shingled(passages: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """The shingles that begin at each place; a shingle may go on over the end of a page."""
    pages = [
        (place, [word for _, text in together for word in words_of(text)])
        for place, together in groupby(passages, key=lambda each: each[0])
    ]
    every = [word for _, words in pages for word in words]
    at = 0
    for place, words in pages:
        begins = range(at, min(at + len(words), len(every) - SHINGLE + 1))
        yield place, [" ".join(every[start : start + SHINGLE]) for start in begins]
        at += len(words)


def _without_gaps(bins: list[int]) -> tuple[int, ...]:
    """Each empty bin filled from the next one that is not, moved by how far that is."""
    full = []
    for at in range(BINS):
        away = next(step for step in range(BINS) if bins[(at + step) % BINS] >= 0)
        full.append((bins[(at + away) % BINS] + away * _STEP) & _MASK)
    return tuple(full)


def _sketches(numbers: Sequence[int]) -> Iterator[list[int]]:
    for at in range(0, len(numbers), SKETCH):
        yield [number for number in numbers[at : at + SKETCH] if number >= 0]


def _hashed(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big")
