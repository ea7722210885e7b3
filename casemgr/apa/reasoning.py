"""What the reasoning of a written finding is, read from its text alone."""

import re

from casemgr.words import Reasoning

_WORD = re.compile(r"[a-z0-9]+")
_FILLER = frozenset(
    _WORD.findall("""
    a an and as at be been by for has have in is it its of on or that the this to was were with
    accordingly therefore we find finds found conclude concludes determine determines determined
    entity designee company element standard requirement met satisfied
    """)
)
RESTATED_SHARE = 85  # of a hundred words that say anything, those already in the standard


def words(text: str) -> str:
    """What two findings share when one was pasted from the other, wherever the lines break."""
    return " ".join(text.lower().split())


def reasoning_of(text: str, standard: str) -> Reasoning:
    """Tell no reasons, a restated standard and an explanation apart.

    A finding restates the standard when nearly all of its words that say anything (filler and
    words of conclusion aside) are words of the standard.

    >>> reasoning_of("", "involved in activities")
    <Reasoning.NONE: 'none'>
    >>> reasoning_of("The entity is involved in the activities.", "involved in activities")
    <Reasoning.RESTATES_STANDARD: 'restates-standard'>
    """
    if not text.strip():
        return Reasoning.NONE
    words = [word for word in _WORD.findall(text.casefold()) if word not in _FILLER]
    if not words:
        return Reasoning.RESTATES_STANDARD
    known = set(_WORD.findall(standard.casefold()))
    restated = sum(word in known for word in words)
    if restated * 100 >= RESTATED_SHARE * len(words):
        return Reasoning.RESTATES_STANDARD
    return Reasoning.EXPLAINED
