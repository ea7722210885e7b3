"""Which elements an item may bear on, by the words they share. Pure, and never more than a hint.

The words of an element are those of the law and of the evidence that bears on it already. A word
counts the more the fewer elements have it (its inverse frequency); a case whose designee the item
names comes before the others. Every suggestion says what it rests on, and the analyst decides.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

NAMED = 4.0
"""What it adds that the item names the designee of the case; taste."""
SAME_KIND = 1.5
"""What it adds that evidence of the same kind bears on the element already; taste."""
OF_EVIDENCE = 0.5
"""What a word counts that only evidence on the element has, and the law does not; taste."""
TERMS_SHOWN = 6

_SMALL = frozenset(
    ("about", "after", "all", "also", "and", "any", "are", "because", "been", "but", "for", "from",
     "had", "has", "have", "into", "its", "more", "new", "not", "one", "other", "our", "out",
     "over", "publicly", "report", "reported", "reports", "said", "says", "see", "shall", "such",
     "than", "that", "the", "their", "them", "there", "these", "they", "this", "those", "through",
     "under", "was", "were", "what", "when", "where", "which", "who", "will", "with", "would")
)  # fmt: skip
_ENDINGS = (
    "izations", "ization", "ations", "ation", "ings", "ions", "ments", "ment", "ities", "ity",
    "ing", "ion", "ies", "ive", "ers", "er", "ed", "es", "ly", "s", "e", "y",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """An element one may link to. ``law`` and ``evidence``: the words of each."""

    id: int
    law: str
    evidence: str = ""
    named: bool = False
    same_kind: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score and the words it shares, the weightiest first."""

    candidate: Candidate
    score: float
    terms: tuple[str, ...]


def rank(words: str, candidates: Sequence[Candidate], most: int) -> list[Ranked]:
    """The candidates that share anything with the words, best first; equal ones as given.

    >>> found = rank("smuggled chips", [Candidate(1, "export of chips"), Candidate(2, "a vote")], 5)
    >>> [(each.candidate.id, each.terms) for each in found]
    [(1, ('chips',))]
    """
    asked = stems(words)
    of_law = [stems(candidate.law) for candidate in candidates]
    of_all = [
        {*law, *stems(candidate.evidence)}
        for law, candidate in zip(of_law, candidates, strict=True)
    ]
    having = Counter(stem for stems_of_one in of_all for stem in stems_of_one)
    found = []
    for candidate, law, both in zip(candidates, of_law, of_all, strict=True):
        weights = {
            stem: (1.0 if stem in law else OF_EVIDENCE)
            * math.log(1 + len(candidates) / having[stem])
            for stem in asked
            if stem in both
        }
        if not weights and not candidate.named:
            continue
        # Long texts share words by chance: the square root evens that out.
        score = sum(weights.values()) / math.sqrt(max(len(both), 25) / 25)
        score += NAMED * candidate.named + SAME_KIND * bool(candidate.same_kind)
        terms = sorted(weights, key=lambda stem: (-weights[stem], stem))[:TERMS_SHOWN]
        found.append(Ranked(candidate, score, tuple(asked[stem] for stem in terms)))
    return sorted(found, key=lambda each: -each.score)[:most]


def stems(text: str) -> Mapping[str, str]:
    """The stems of a text's words, each with the word as it first stands there."""
    found: dict[str, str] = {}
    for word in _words(text):
        found.setdefault(stem(word), word)
    return found


def stem(word: str) -> str:
    """A word without its ending, so that "distilled" and "distillation" are one.

    >>> stem("distillation"), stem("distilled"), stem("chips")
    ('distill', 'distill', 'chip')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _words(text: str) -> Iterable[str]:
    for word in re.findall(r"[^\W\d_][\w-]{2,}", text.casefold()):
        if word not in _SMALL:
            yield word
