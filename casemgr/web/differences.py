"""What differs between two texts, word by word. Text in, parts out."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


def differences(before: str, after: str) -> list[Stretch]:
    """The two texts as one, what went before what came.

    >>> [(each.kind, each.text) for each in differences("It is so.", "It was so.")]
    [('same', 'It '), ('removed', 'is'), ('added', 'was'), ('same', ' so.')]
    """
    old, new = _words(before), _words(after)
    found: list[Stretch] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found.append(Stretch("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(Stretch("removed", "".join(old[a:b])))
        if d > c:
            found.append(Stretch("added", "".join(new[c:d])))
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)
