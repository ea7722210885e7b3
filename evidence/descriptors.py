"""What is said of a source's quality, factor by factor, and the descriptor it makes in words.

The factors are those that Intelligence Community Directive 206 (Sourcing Requirements for
Disseminated Analytic Products) asks a source descriptor to speak of, in our own words. Unverified:
nobody has held this list against the directive's text; counsel should before relying on it.
"""

from collections.abc import Mapping
from typing import NamedTuple

LONGEST = 500
"""Characters of one factor: a descriptor is read beside every item."""


class Factor(NamedTuple):
    """One thing that bears on a source's quality: its name, its label, what to say of it."""

    name: str
    label: str
    asks: str


FACTORS = (
    Factor("access_to_fact", "Access to the fact",
           "Where it stood to see, hear or read what it tells; through whom, if not itself."),
    Factor("expertise", "Expertise",
           "What it knows of the subject, and how one knows that."),
    Factor("motivation", "Motivation and possible bias",
           "Why it speaks, what it gains or loses, toward whom it leans."),
    Factor("validation", "Validation",
           "How it was checked that the source is who it says, and by whom."),
    Factor("track_record", "Accuracy and completeness so far",
           "What of it was confirmed or refuted before; what it is known to leave out."),
    Factor("deception", "Possible denial and deception",
           "Who could have fed it, hidden from it, or forged it; what speaks for or against that."),
    Factor("currency", "Age and currency",
           "When its knowledge dates from, and whether it still holds."),
    Factor("technical", "Technical elements of collection",
           "What instrument or method took it, with its limits; sampling, gaps, conversions."),
)  # fmt: skip


def composed(said: Mapping[str, str]) -> str:
    """The factors stated, as one text in the order of ``FACTORS``; empty where nothing is.

    >>> composed({"expertise": "Ten years on the beat", "access_to_fact": "Was there."})
    'Access to the fact: Was there. Expertise: Ten years on the beat.'
    """
    return " ".join(
        f"{factor.label}: {_as_sentence(words)}"
        for factor in FACTORS
        if (words := " ".join(said.get(factor.name, "").split()))
    )


def _as_sentence(words: str) -> str:
    return words if words[-1] in ".!?…" else f"{words}."
