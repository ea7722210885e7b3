"""Citations of evidence inside what people write: ``E-0012``, or ``E-0012 at 4`` for the place.

Text in, parts out; nothing here knows the database. A key is recognized when it is one of those
given; a word in the form of a key that is none of them is told apart, so that a slip of the pen
is seen.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_PLACE = r"(?:(?:pp?\.|page|paras?\.|¶{1,2}|§{1,2}|lines?|rows?) ?)?\d[\w:–-]*(?:\.\d+)*"
_FORM = r"E-[A-Z0-9][A-Z0-9-]*[A-Z0-9]|E-[0-9]"
# A key is a word of its own: not part of a longer one, nor of an address.
_BEFORE, _AFTER = r"(?<![\w/-])", r"(?![\w/]|-\w)"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text; a citation where ``key`` is set, to the place ``at``."""

    text: str
    key: str = ""
    at: str = ""
    known: bool = True


def parts(text: str, known: Collection[str]) -> list[Part]:
    """The text in order, its citations told apart.

    >>> [part.key for part in parts("As E-1 at 4 says, E-9 errs.", {"E-1"}) if part.key]
    ['E-1', 'E-9']
    >>> parts("See E-1 at p. 4.", {"E-1"})[1]
    Part(text='E-1 at p. 4', key='E-1', at='p. 4', known=True)
    """
    return list(_parts(text, known))


def cited(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Keys of the known items a text cites, each once, in the order of the text."""
    found = (part.key for part in _parts(text, known) if part.key and part.known)
    return tuple(dict.fromkeys(found))


def unknown(text: str, known: Collection[str]) -> tuple[str, ...]:
    """What reads like a key and is none of the known ones.

    >>> unknown("E-1 and E-12, not RE-12 or e-mail", {"E-1"})
    ('E-12',)
    """
    found = (part.key for part in _parts(text, known) if part.key and not part.known)
    return tuple(dict.fromkeys(found))


def _parts(text: str, known: Collection[str]) -> Iterator[Part]:
    # The longest first, for one key may begin another.
    names = sorted(known, key=lambda key: (-len(key), key))
    named = "|".join([*map(re.escape, names), _FORM])
    at = 0
    for found in re.finditer(rf"{_BEFORE}(?P<key>{named}){_AFTER}(?: at (?P<at>{_PLACE}))?", text):
        if found.start() > at:
            yield Part(text[at : found.start()])
        key = found["key"]
        yield Part(found[0], key, found["at"] or "", key in known)
        at = found.end()
    if at < len(text):
        yield Part(text[at:])
